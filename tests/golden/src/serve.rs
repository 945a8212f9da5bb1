//! The loopback server: the page, the npm package as it is built, the frames, and what the page says of them.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path as Segment, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use crate::store::Store;

/// What one browser is told and says.
#[derive(Debug)]
pub(crate) struct Desk {
    store: Arc<Store>,
    browser: usize,
    texts: Mutex<Vec<String>>,
    failure: Mutex<Option<String>>,
}

impl Desk {
    pub(crate) fn new(store: Arc<Store>, browser: usize) -> Arc<Self> {
        Arc::new(Self { store, browser, texts: Mutex::default(), failure: Mutex::default() })
    }

    /// What the page said of each frame, or why it stopped.
    pub(crate) fn result(&self) -> Result<Vec<String>, String> {
        match self.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(why) => Err(why),
            None => Ok(std::mem::take(&mut *self.texts.lock().unwrap_or_else(PoisonError::into_inner))),
        }
    }
}

/// Everything that a browser asks for.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(|| async { page("text/html", include_str!("../page/index.html")) }))
        .route("/golden.js", get(|| async { page("text/javascript", include_str!("../page/golden.js")) }))
        .route("/text.js", get(|| async { page("text/javascript", include_str!("../page/text.js")) }))
        .route("/gatepass/{*file}", get(package))
        .route("/frames/{group}", get(frames))
        .route("/texts", post(texts))
        .route("/failure", post(failure))
        .layer(DefaultBodyLimit::disable())
        .with_state(desk)
}

fn page(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// Where `node scripts/build.mjs` leaves the package.
fn package_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wasm/npm")
}

async fn package(Segment(file): Segment<String>) -> Response {
    let kind = match file.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match fs::read(package_folder().join(&file)) {
        Ok(bytes) if !file.contains("..") => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The frames of one group in one body: for each the length of its description, the description as JSON, the length of its
/// bytes, the bytes; lengths in four bytes, little end first. Nothing behind the last group.
async fn frames(State(desk): State<Arc<Desk>>, Segment(group): Segment<usize>) -> Response {
    let fetched = tokio::task::spawn_blocking(move || desk.store.fetch(desk.browser, group)).await;
    let Ok(Some(frames)) = fetched else { return StatusCode::NO_CONTENT.into_response() };
    let mut body = Vec::new();
    for frame in frames.iter() {
        let about = serde_json::to_vec(&frame.about).expect("plain data");
        for part in [&about, &frame.bytes] {
            body.extend(u32::try_from(part.len()).expect("frames are small").to_le_bytes());
            body.extend_from_slice(part);
        }
    }
    body.into_response()
}

/// What the page says of one frame, in their order.
async fn texts(State(desk): State<Arc<Desk>>, body: String) -> StatusCode {
    let texts = body.split("\n\n").map(|text| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") });
    desk.texts.lock().unwrap_or_else(PoisonError::into_inner).extend(texts);
    StatusCode::NO_CONTENT
}

async fn failure(State(desk): State<Arc<Desk>>, body: Bytes) -> StatusCode {
    let why = String::from_utf8_lossy(&body).into_owned();
    desk.failure.lock().unwrap_or_else(PoisonError::into_inner).replace(why);
    StatusCode::NO_CONTENT
}
