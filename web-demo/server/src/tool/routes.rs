//! `/tool/v1/…` and the key set.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    brands::Rule,
    permit::Claims,
    service::{self, BrandState, Technician, ToolSerial},
};
use crate::{
    accounts::{self, types::initials},
    app::Portal,
    clock::{Millis, SECOND},
    keys::{KEY_SET_MAX_AGE, SigningKey},
    problem::{Code, Outcome, Problem},
    request::{Body, Source},
    second_factor::Proof,
    storage::entities::account,
};

/// The tool's routes and `/.well-known/jwks.json`.
pub fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(login))
        .routes(routes!(login_code))
        .routes(routes!(session, log_out))
        .routes(routes!(brands))
        .routes(routes!(permits))
        .routes(routes!(redemption))
        .routes(routes!(key_set))
}

/// `Authorization: Bearer …` of a tool session.
impl FromRequestParts<Portal> for Technician {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Outcome<Self> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        match token {
            Some(token) => service::technician(portal, token).await,
            None => Err(Code::NotLoggedIn.into()),
        }
    }
}

/// Body of `POST /tool/v1/login`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Login {
    /// Personal data.
    email: String,
    #[schema(value_type = String)]
    password: Zeroizing<String>,
    /// The tool's serial number: 1 to 64 letters, digits, `.`, `-`, `_`.
    #[schema(example = "GP-000123")]
    tool_serial: String,
}

/// What is wanted after the password.
#[derive(Serialize, ToSchema)]
#[serde(tag = "next", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum NextStep {
    /// A code of the account's authenticator, or a recovery code.
    Code {
        /// Hand it back with the code. Secret.
        ticket: String,
        /// Milliseconds since 1970.
        #[serde(rename = "expiresAt")]
        expires_at: Millis,
    },
    /// The first code of a new authenticator, which is set up with what is in `enrolment`.
    Enrol {
        /// Hand it back with the code. Secret.
        ticket: String,
        /// Milliseconds since 1970.
        #[serde(rename = "expiresAt")]
        expires_at: Millis,
        enrolment: ToolEnrolment,
    },
}

/// What an authenticator needs, shown once. Secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ToolEnrolment {
    /// An SVG document, black on white.
    qr_svg: String,
    /// Base32.
    secret: String,
    issuer: String,
    /// Personal data: the account's name in the authenticator.
    account: String,
}

/// E-mail and password at a tool.
#[utoipa::path(post, path = "/tool/v1/login", tag = "tool", request_body = Login, responses((status = 200, body = NextStep)))]
async fn login(State(portal): State<Portal>, source: Source, Body(body): Body<Login>) -> Outcome<Json<NextStep>> {
    let serial = ToolSerial::read(&body.tool_serial)?;
    let account = accounts::service::authenticate(&portal, source, &body.email, &body.password).await?;
    let ticket = service::begin_login(&portal, &account, &serial).await?;
    let (text, expires_at) = (ticket.ticket.expose().to_owned(), ticket.expires_at);
    Ok(Json(match ticket.enrolment {
        None => NextStep::Code { ticket: text, expires_at },
        Some(enrolment) => NextStep::Enrol {
            ticket: text,
            expires_at,
            enrolment: ToolEnrolment {
                qr_svg: enrolment.qr_svg.to_string(),
                secret: enrolment.secret.to_string(),
                issuer: enrolment.issuer,
                account: enrolment.account,
            },
        },
    }))
}

/// Body of `POST /tool/v1/login/code`: the ticket and exactly one of `code` and `recoveryCode`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LoginCode {
    #[schema(value_type = String)]
    ticket: Zeroizing<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    recovery_code: Option<String>,
}

/// A technician, as a tool shows one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TechnicianView {
    /// Personal data.
    full_name: String,
    /// For the icon: of the first and the last name.
    #[schema(example = "AS")]
    initials: String,
    /// Personal data.
    workshop: String,
}

impl From<&account::Model> for TechnicianView {
    fn from(account: &account::Model) -> Self {
        Self {
            full_name: account.full_name.clone(),
            initials: initials(&account.full_name),
            workshop: account.workshop.clone(),
        }
    }
}

/// A tool session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ToolToken {
    /// For `Authorization: Bearer`. Secret.
    token: String,
    /// Milliseconds since 1970.
    expires_at: Millis,
    technician: TechnicianView,
    /// After an enrolment, shown once. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_codes: Option<Vec<String>>,
    recovery_codes_left: u64,
}

/// The code at a tool.
#[utoipa::path(post, path = "/tool/v1/login/code", tag = "tool", request_body = LoginCode, responses((status = 200, body = ToolToken)))]
async fn login_code(
    State(portal): State<Portal>,
    source: Source,
    Body(body): Body<LoginCode>,
) -> Outcome<Json<ToolToken>> {
    let proof = Proof::one_of(body.code, body.recovery_code)?;
    let done = service::finish_login(&portal, &body.ticket, &proof, source).await?;
    Ok(Json(ToolToken {
        token: done.token.expose().to_owned(),
        expires_at: done.expires_at,
        technician: TechnicianView::from(&done.account),
        recovery_codes: done.recovery_codes.map(|codes| codes.iter().map(|code| code.to_string()).collect()),
        recovery_codes_left: done.recovery_codes_left,
    }))
}

/// The tool session as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ToolSession {
    technician: TechnicianView,
    /// Milliseconds since 1970.
    expires_at: Millis,
}

/// Who is logged in at this tool.
#[utoipa::path(get, operation_id = "tool_session", path = "/tool/v1/session", tag = "tool", security(("tool" = [])), responses((status = 200, body = ToolSession)))]
async fn session(technician: Technician) -> Json<ToolSession> {
    Json(ToolSession {
        technician: TechnicianView::from(&technician.account),
        expires_at: technician.session.expires_at,
    })
}

/// Log out at this tool.
#[utoipa::path(delete, operation_id = "tool_log_out", path = "/tool/v1/session", tag = "tool", security(("tool" = [])), responses((status = 204)))]
async fn log_out(State(portal): State<Portal>, technician: Technician) -> Outcome<StatusCode> {
    service::log_out(&portal, &technician).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a brand stands for this session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum BrandStateView {
    /// A permit is given without more.
    Open,
    /// A permit wants a fresh code.
    CodeWanted,
    /// There is nothing to open.
    NoGateway,
}

/// A vehicle brand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BrandView {
    #[schema(example = "vag")]
    id: String,
    name: String,
    secure_gateway: bool,
    rule: Rule,
    state: BrandStateView,
}

/// The brands and how each stands.
#[utoipa::path(get, path = "/tool/v1/brands", tag = "tool", security(("tool" = [])), responses((status = 200, body = Vec<BrandView>)))]
async fn brands(State(portal): State<Portal>, _technician: Technician) -> Json<Vec<BrandView>> {
    let view = |brand: &super::brands::Brand| BrandView {
        id: brand.id.clone(),
        name: brand.name.clone(),
        secure_gateway: brand.secure_gateway,
        rule: brand.rule,
        state: match BrandState::of(brand) {
            BrandState::Open => BrandStateView::Open,
            BrandState::CodeWanted => BrandStateView::CodeWanted,
            BrandState::NoGateway => BrandStateView::NoGateway,
        },
    };
    Json(portal.brands.iter().map(view).collect())
}

/// Body of `POST /tool/v1/permits`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PermitWanted {
    /// A brand's id.
    #[schema(example = "vag")]
    brand: String,
    /// A fresh code, where the brand's rule asks for one.
    #[serde(default)]
    code: Option<String>,
}

/// A permit.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PermitView {
    /// JWT (RFC 7519), EdDSA, verifiable with `/.well-known/jwks.json`.
    permit: String,
    jti: Uuid,
    brand: String,
    /// Milliseconds since 1970.
    expires_at: Millis,
}

/// A permit to open one brand's gateway with this tool, once, within minutes.
#[utoipa::path(post, path = "/tool/v1/permits", tag = "tool", security(("tool" = [])), request_body = PermitWanted, responses((status = 200, body = PermitView)))]
async fn permits(
    State(portal): State<Portal>,
    source: Source,
    technician: Technician,
    Body(body): Body<PermitWanted>,
) -> Outcome<Json<PermitView>> {
    let issued = service::issue(&portal, &technician, &body.brand, body.code, source).await?;
    let Claims { jti, brand, exp, .. } = issued.claims;
    Ok(Json(PermitView { permit: issued.permit, jti, brand, expires_at: millis(exp) }))
}

/// Body of `POST /tool/v1/permits/redemption`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Redemption {
    permit: String,
}

/// A permit that is spent now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Redeemed {
    jti: Uuid,
    brand: String,
    /// The tool the permit was made for.
    tool_serial: String,
}

/// Spend a permit. It works once; the permit itself is the proof, no session is needed.
#[utoipa::path(post, path = "/tool/v1/permits/redemption", tag = "tool", request_body = Redemption, responses((status = 200, body = Redeemed)))]
async fn redemption(
    State(portal): State<Portal>,
    source: Source,
    Body(body): Body<Redemption>,
) -> Outcome<Json<Redeemed>> {
    let Claims { jti, brand, tool, .. } = service::redeem(&portal, &body.permit, source).await?;
    Ok(Json(Redeemed { jti, brand, tool_serial: tool }))
}

/// The portal's public keys (RFC 7517).
#[derive(Serialize, ToSchema)]
struct KeySet {
    keys: Vec<PublicKey>,
}

/// An Ed25519 public key (RFC 8037).
#[derive(Serialize, ToSchema)]
struct PublicKey {
    /// Always `OKP`.
    kty: &'static str,
    /// Always `Ed25519`.
    crv: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    usage: &'static str,
    /// Always `EdDSA`.
    alg: &'static str,
    kid: String,
    /// 32 bytes, base64url.
    x: String,
}

impl From<&SigningKey> for PublicKey {
    fn from(key: &SigningKey) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            usage: "sig",
            alg: "EdDSA",
            kid: key.kid().to_owned(),
            x: URL_SAFE_NO_PAD.encode(key.public()),
        }
    }
}

/// The keys that verify permits: those that sign, will sign, or signed a permit that may still be alive.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "tool", responses((status = 200, body = KeySet)))]
async fn key_set(State(portal): State<Portal>) -> Response {
    let set = KeySet {
        keys: portal.keys.keys().published(portal.clock.now()).map(|key| PublicKey::from(key.as_ref())).collect(),
    };
    let mut response = Json(set).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={}", KEY_SET_MAX_AGE / SECOND)) {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response
}

fn millis(seconds: u64) -> Millis {
    Millis::try_from(seconds).unwrap_or(Millis::MAX).saturating_mul(SECOND)
}
