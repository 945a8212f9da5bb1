//! What operators see: the log, the metrics, and whether the portal is up and ready.

use std::{
    io::IsTerminal,
    net::SocketAddr,
    sync::OnceLock,
    time::{Duration, Instant},
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde::Serialize;
use subtle::ConstantTimeEq;
use tracing_subscriber::EnvFilter;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::Portal,
    config::{Log, LogFormat},
    mail,
    problem::{Code, Outcome, Problem, Reported},
    request::is_local,
    storage,
};

/// The header that names a request, in the answer and in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// `/health`, `/ready`, `/metrics`.
pub fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(ready)).routes(routes!(metrics_text))
}

/// Starts the log on standard output.
///
/// # Errors
/// When the filter cannot be read, or a log was started before.
pub fn start_logging(config: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.filter)
        .map_err(|_| anyhow::anyhow!("configuration: log.filter: not a tracing filter"))?;
    let colours = std::io::stdout().is_terminal();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours);
    match config.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    }
    .map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}

/// Tells the person at the terminal why the program stops, cause by cause.
#[allow(clippy::print_stderr, reason = "the last word of a command-line program belongs on standard error")]
pub fn complain(error: &anyhow::Error) {
    eprintln!("gatepass: {error:#}");
}

/// The process' one recorder of metrics.
///
/// # Panics
/// Never: the buckets are constants.
pub fn metrics_recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER
        .get_or_init(|| {
            let buckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
            let recorder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets)
                .expect("the list of buckets is not empty")
                .build_recorder();
            let handle = recorder.handle();
            // Another recorder may be there in a test binary; ours then stays empty, which is no reason to stop.
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::debug!("a metrics recorder was set before");
            }
            metrics::describe_histogram!("gatepass_http_request_seconds", "Time to answer a request");
            metrics::describe_counter!("gatepass_http_requests_total", "Requests by route and status");
            metrics::describe_counter!("gatepass_problems_total", "Problem documents by code");
            metrics::describe_counter!("gatepass_mails_total", "Mails by outcome");
            metrics::describe_gauge!("gatepass_outbox_waiting", "Mails that wait to go out");
            handle
        })
        .clone()
}

/// The outermost middleware: gives the request an id, logs one line when it is answered, counts it. The line holds the
/// route's pattern, never the address as asked for: paths and queries can carry what a log must not hold.
pub async fn request_log(mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7();
    let id_text = id.to_string();
    if let Ok(value) = HeaderValue::from_str(&id_text) {
        request.headers_mut().insert(REQUEST_ID, value);
    }
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str).to_owned();
    let start = Instant::now();
    let mut response = {
        use tracing::Instrument;
        next.run(request).instrument(tracing::info_span!("request", id = %id_text)).await
    };
    let took = start.elapsed();
    let status = response.status().as_u16();
    let reported = response.extensions_mut().remove::<Reported>();
    let code = reported.as_ref().map_or("", |reported| reported.code);
    if let Some(cause) = reported.as_ref().and_then(|reported| reported.cause.as_ref()) {
        tracing::error!(request = %id_text, code, cause = %format!("{cause:#}"), "a request failed");
    }
    // A client may invent methods; a label may not grow with them.
    let known = matches!(
        method,
        Method::GET | Method::HEAD | Method::POST | Method::DELETE | Method::PUT | Method::PATCH | Method::OPTIONS
    );
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %id_text, method = if known { method.as_str() } else { "other" }, route, status, code, millis, "request");
    let labels = [
        ("method", if known { method.as_str() } else { "other" }.to_owned()),
        ("route", route),
        ("status", status.to_string()),
    ];
    metrics::counter!("gatepass_http_requests_total", &labels).increment(1);
    metrics::histogram!("gatepass_http_request_seconds", &labels).record(took.as_secs_f64());
    if !code.is_empty() {
        metrics::counter!("gatepass_problems_total", "code" => code.to_owned()).increment(1);
    }
    if let Ok(value) = HeaderValue::from_str(&id_text) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Answer of `/health`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `up`: the process answers.
    pub status: &'static str,
    /// The version of the program.
    pub version: &'static str,
}

/// Answer of `/ready`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// `ready`, `degraded` (requests are answered, something waits) or `unavailable`.
    pub status: &'static str,
    /// `ok` or `unreachable` (which includes: cannot be written, for example because the disk is full).
    pub database: &'static str,
    /// `ok`, or the class of the last error while mails wait (they go out later).
    pub mail: String,
    /// Mails that wait to go out.
    #[serde(rename = "mailsWaiting")]
    pub mails_waiting: u64,
}

/// Whether the process answers.
#[utoipa::path(get, path = "/health", tag = "operation", responses((status = 200, body = Health)))]
async fn health() -> axum::Json<Health> {
    axum::Json(Health { status: "up", version: env!("CARGO_PKG_VERSION") })
}

/// Whether the portal can do its work. A mail server that does not answer makes it `degraded`, not unavailable: mails wait.
#[utoipa::path(get, path = "/ready", tag = "operation", responses((status = 200, body = Readiness), (status = 503, body = Readiness)))]
async fn ready(State(portal): State<Portal>) -> Response {
    let answers = tokio::time::timeout(Duration::from_secs(3), async {
        storage::probe(&portal.db, portal.clock.now()).await?;
        mail::outbox::standing(&portal.db).await
    })
    .await;
    let (status, readiness) = match answers {
        Ok(Ok(standing)) => {
            let degraded = standing.last_error.is_some();
            let readiness = Readiness {
                status: if degraded { "degraded" } else { "ready" },
                database: "ok",
                mail: standing.last_error.unwrap_or_else(|| "ok".to_owned()),
                mails_waiting: standing.waiting,
            };
            (StatusCode::OK, readiness)
        }
        Ok(Err(error)) => {
            tracing::error!(cause = %error, "the database cannot be read or written");
            (StatusCode::SERVICE_UNAVAILABLE, unavailable())
        }
        Err(_) => {
            tracing::error!("the database does not answer in time");
            (StatusCode::SERVICE_UNAVAILABLE, unavailable())
        }
    };
    (status, axum::Json(readiness)).into_response()
}

fn unavailable() -> Readiness {
    Readiness { status: "unavailable", database: "unreachable", mail: "unknown".to_owned(), mails_waiting: 0 }
}

/// Prometheus metrics: for this machine, or with the token of `metrics.token`.
#[utoipa::path(get, path = "/metrics", tag = "operation", responses((status = 200, body = String, content_type = "text/plain")))]
async fn metrics_text(
    State(portal): State<Portal>,
    info: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let allowed = match &portal.config.metrics.token {
        // Compared in constant time; the token comes from the configuration.
        Some(token) => headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
            .is_some_and(|given| bool::from(given.ct_eq(token.expose().as_bytes()))),
        None => is_local(&headers, info.as_ref().map(|extension| &extension.0)),
    };
    if !allowed {
        return Err(Problem::new(Code::NotFound));
    }
    let standing = mail::outbox::standing(&portal.db).await?;
    metrics::gauge!("gatepass_outbox_waiting").set(f64::from(u32::try_from(standing.waiting).unwrap_or(u32::MAX)));
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], portal.metrics.render()).into_response())
}
