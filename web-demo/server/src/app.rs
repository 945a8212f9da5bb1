//! The portal as one value, and the one function that composes it into an HTTP service.

use std::{ops::Deref, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware, response::Response};
use metrics_exporter_prometheus::PrometheusHandle;
use sea_orm::DatabaseConnection;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType},
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Ref, RefOr, Response as ApiResponse,
        content::ContentBuilder,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    accounts::{self, passwords::Passwords},
    clock::Clock,
    config::Config,
    keys::Keyring,
    mail::{self, Outbox},
    observe, page,
    page::Page,
    problem::{Code, Problem, ProblemBody},
    request, second_factor, storage,
    tool::{self, Brands},
};

/// Everything a request needs. Cheap to clone; the process holds no state that another process would miss.
#[derive(Debug, Clone)]
pub struct Portal(Arc<Parts>);

/// What a [`Portal`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// What the operator set.
    pub config: Config,
    /// SQLite or PostgreSQL.
    pub db: DatabaseConnection,
    /// The one clock.
    pub clock: Clock,
    /// Mails on their way out.
    pub outbox: Outbox,
    /// Argon2id, a bounded number at a time.
    pub passwords: Passwords,
    /// The keys outside the database.
    pub keys: Keyring,
    /// The vehicle brands and their rules.
    pub brands: Brands,
    /// The built page.
    pub page: Page,
    /// The metrics of this process.
    pub metrics: PrometheusHandle,
}

impl Deref for Portal {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Portal {
    /// Opens everything the configuration names. Nothing runs yet: see [`router`] and [`crate::serve`].
    ///
    /// # Errors
    /// With a text an operator can act on: database, keys, page, mail.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        config.check()?;
        let clock = Clock::new(config.clock.offset_file.clone());
        let page = Page::open(config.server.page_dir.as_deref())?;
        let outbox = Outbox::open(&config.mail)?;
        let passwords = Passwords::new(&config.accounts)?;
        let keys = Keyring::open(&config.keys.folder, clock.clone())?;
        let brands = Brands::load(config.tool.brands_file.as_deref())?;
        let db = storage::open(&config.database).await?;
        let metrics = observe::metrics_recorder();
        Ok(Self(Arc::new(Parts { config, db, clock, outbox, passwords, keys, brands, page, metrics })))
    }
}

/// The HTTP service. Requests pass the layers from the bottom of the list to its top.
pub fn router(portal: &Portal) -> Router {
    let (api, openapi) = api(portal.config.mail.mailbox).split_for_parts();
    let openapi = Arc::new(openapi);
    api.route("/api/openapi.json", axum::routing::get(move || async move { axum::Json(openapi.as_ref().clone()) }))
        .method_not_allowed_fallback(|| async { Problem::new(Code::MethodNotAllowed) })
        .fallback(page::serve)
        .with_state(portal.clone())
        .layer(DefaultBodyLimit::max(request::BODY_LIMIT))
        .layer(middleware::from_fn_with_state(portal.clone(), request::same_origin))
        .layer(middleware::from_fn(time_limit))
        // Files only: an answer that holds a token must not have a length that depends on its content.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/json"))),
        )
        .layer(middleware::from_fn_with_state(portal.clone(), page::security_headers))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(observe::request_log))
}

/// The routes with their documentation. The mailbox is there only where it is configured.
fn api(mailbox: bool) -> OpenApiRouter<Portal> {
    let mut router = OpenApiRouter::with_openapi(ApiDoc::openapi())
        .merge(accounts::routes())
        .merge(second_factor::routes())
        .merge(tool::routes())
        .merge(observe::routes());
    if mailbox {
        router = router.merge(mail::mailbox::routes());
    }
    finish(router)
}

/// The OpenAPI document of every route there can be.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    api(true).into_openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Gatepass portal", description = "Accounts, second factor, tool login, permits. Every answer of 400 and above is a problem document (RFC 9457); switch on its `code`."),
    components(schemas(ProblemBody)),
    modifiers(&Security),
    tags(
        (name = "accounts", description = "Register, confirm, log in, reset, change. Session cookie and x-csrf-token."),
        (name = "second factor", description = "The user's authenticator and recovery codes."),
        (name = "tool", description = "For diagnostic tools: bearer token, no cookie."),
        (name = "operation", description = "For operators."),
        (name = "mailbox", description = "Development only: what would have been sent.")
    )
)]
struct ApiDoc;

struct Security;

impl Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let cookie = ApiKey::Cookie(ApiKeyValue::new(accounts::sessions::COOKIE));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let csrf = ApiKey::Header(ApiKeyValue::new(request::CSRF_HEADER));
        components.add_security_scheme("csrf", SecurityScheme::ApiKey(csrf));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("tool", SecurityScheme::Http(bearer));
    }
}

/// Says of every operation that anything else than the documented answer is a problem document.
fn finish(mut router: OpenApiRouter<Portal>) -> OpenApiRouter<Portal> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut problem = ApiResponse::new("A problem document");
    problem.content.insert("application/problem+json".to_owned(), RefOr::T(content));
    for item in router.get_openapi_mut().paths.paths.values_mut() {
        let operations: [&mut Option<Operation>; 5] =
            [&mut item.get, &mut item.post, &mut item.put, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(problem.clone()));
        }
    }
    router
}

/// No request takes longer than this.
const TIME_LIMIT: Duration = Duration::from_secs(30);

async fn time_limit(request: axum::extract::Request, next: middleware::Next) -> Result<Response, Problem> {
    tokio::time::timeout(TIME_LIMIT, next.run(request)).await.map_err(|_| Problem::new(Code::TimedOut))
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> axum::http::Response<axum::body::Body> {
    use axum::response::IntoResponse;
    // The panic's text may hold data of the request and stays out of the log; its place is printed by the panic hook.
    debug_assert_eq!(Code::Internal.status(), StatusCode::INTERNAL_SERVER_ERROR);
    Problem::internal(anyhow::anyhow!("a handler panicked")).into_response()
}
