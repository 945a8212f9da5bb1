//! The built page: files of a folder (or inside the binary), with the headers a strict page needs.

use std::path::{Component, Path, PathBuf};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::{
    app::Portal,
    problem::{Code, Problem},
};

/// What the page may load and do: itself, and WebAssembly. No inline script or style, no other origin, no framing.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str =
    "camera=(self), clipboard-read=(self), clipboard-write=(self), microphone=(), geolocation=(), payment=(), usb=()";

/// The built page inside the binary.
#[cfg(feature = "embed-page")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../page/dist"]
struct Embedded;

/// Where the page's files come from.
#[derive(Debug, Clone)]
pub enum Page {
    /// A folder, read at every request.
    Folder(PathBuf),
    /// The files built into the binary (feature `embed-page`).
    #[cfg(feature = "embed-page")]
    Embedded,
    /// Only the API.
    None,
}

impl Page {
    /// The folder, if one is set; otherwise what the binary holds.
    ///
    /// # Errors
    /// When a folder is set and holds no `index.html`.
    pub fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        match folder {
            Some(folder) if folder.join("index.html").is_file() => Ok(Self::Folder(folder.to_owned())),
            Some(folder) => {
                anyhow::bail!("server.page_dir: no index.html in {}; build the page first", folder.display())
            }
            #[cfg(feature = "embed-page")]
            None => Ok(Self::Embedded),
            #[cfg(not(feature = "embed-page"))]
            None => Ok(Self::None),
        }
    }

    async fn file(&self, name: &str) -> std::io::Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => match tokio::fs::read(folder.join(name)).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error)
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::NotFound
                            | std::io::ErrorKind::NotADirectory
                            | std::io::ErrorKind::IsADirectory
                    ) =>
                {
                    Ok(None)
                }
                Err(error) => Err(error),
            },
            #[cfg(feature = "embed-page")]
            Self::Embedded => Ok(Embedded::get(name).map(|file| file.data.into_owned())),
            Self::None => Ok(None),
        }
    }
}

/// Everything that is not the API: `GET` of a page or one of its files.
pub async fn serve(State(portal): State<Portal>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(Code::NotFound).into_response();
    }
    let path = request.uri().path();
    let Some(name) = file_name(path) else { return not_found(&portal, request.headers()).await };
    match portal.page.file(&name).await {
        Ok(Some(bytes)) => answer(StatusCode::OK, &name, bytes, request.headers()),
        Ok(None) if path == "/" && matches!(portal.page, Page::None) => {
            "This is the Gatepass portal's API. The page is not part of this server; see /api/openapi.json.\n"
                .into_response()
        }
        Ok(None) => not_found(&portal, request.headers()).await,
        Err(error) => Problem::internal(error).into_response(),
    }
}

/// The middleware that puts the page's policy and the other security headers on every answer.
pub async fn security_headers(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let api = ["/api/", "/tool/v1/", "/health", "/ready", "/metrics"]
        .iter()
        .any(|prefix| request.uri().path().starts_with(prefix));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS_POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if portal.config.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The file behind a path: several small pages, each with its own HTML file. `None` for paths that try to leave the folder.
fn file_name(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let first = path.split('/').next().unwrap_or(path);
    match (first, path) {
        ("", "") => return Some("index.html".to_owned()),
        ("account", _) => return Some("account.html".to_owned()),
        ("tool" | "authenticator" | "mailbox", page) if !page.trim_end_matches('/').contains('/') => {
            return Some(format!("{first}.html"));
        }
        _ => {}
    }
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/'));
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    (plain && inside && !hidden).then(|| path.to_owned())
}

async fn not_found(portal: &Portal, headers: &HeaderMap) -> Response {
    let wants_html = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    if wants_html && let Ok(Some(bytes)) = portal.page.file("404.html").await {
        return answer(StatusCode::NOT_FOUND, "404.html", bytes, headers);
    }
    Problem::new(Code::NotFound).into_response()
}

fn answer(status: StatusCode, name: &str, bytes: Vec<u8>, request: &HeaderMap) -> Response {
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("webmanifest") => "application/manifest+json".to_owned(),
        Some("js" | "mjs") => "text/javascript; charset=utf-8".to_owned(),
        Some("html") => "text/html; charset=utf-8".to_owned(),
        Some("css") => "text/css; charset=utf-8".to_owned(),
        _ => mime_guess::from_path(name).first_or_octet_stream().to_string(),
    };
    // Files under /assets carry a hash of their content in the name.
    let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("W/\"{tag}\"");
    let mut response = if request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (status, Body::from(bytes)).into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in
        [(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, caching), (header::ETAG, tag.as_str())]
    {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_path_never_leaves_the_folder() {
        for path in [
            "/../Cargo.toml",
            "/assets/../../x",
            "/..%2fx",
            "/.env",
            "/assets/.git/config",
            "//etc/passwd",
            "/a\\b",
            "/assets//x/../y",
        ] {
            assert_eq!(file_name(path), None, "{path}");
        }
    }

    #[test]
    fn each_page_has_its_file() {
        for (path, file) in [
            ("/", "index.html"),
            ("/tool", "tool.html"),
            ("/authenticator/", "authenticator.html"),
            ("/account/confirm", "account.html"),
            ("/account", "account.html"),
            ("/mailbox", "mailbox.html"),
            ("/sw.js", "sw.js"),
            ("/assets/tool-abc.js", "assets/tool-abc.js"),
        ] {
            assert_eq!(file_name(path).as_deref(), Some(file));
        }
    }
}
