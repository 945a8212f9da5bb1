//! `/api/v1/second-factor…`. The code step of the browser's login is [`crate::accounts`]'s.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use zeroize::Zeroizing;

use super::{
    check::Proof,
    enrolment,
    service::{self, State as Standing},
};
use crate::{
    accounts::sessions::{Keep, LoggedIn},
    app::Portal,
    clock::Millis,
    problem::Outcome,
    request::{Body, Source},
};

/// The second factor's routes.
pub fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(status))
        .routes(routes!(enrol))
        .routes(routes!(confirm))
        .routes(routes!(recovery_codes))
        .routes(routes!(removal))
}

/// Whether there is an authenticator.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StateView {
    /// None: logging in takes the password alone.
    None,
    /// Shown, not yet confirmed by a code.
    Pending,
    /// Codes are asked for.
    Active,
}

/// The second factor as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StatusView {
    state: StateView,
    recovery_codes_left: u64,
    /// Milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    activated_at: Option<Millis>,
}

/// The second factor as it stands.
#[utoipa::path(get, path = "/api/v1/second-factor", tag = "second factor", security(("session" = [])), responses((status = 200, body = StatusView)))]
async fn status(State(portal): State<Portal>, LoggedIn(session): LoggedIn) -> Outcome<Json<StatusView>> {
    let (standing, recovery_codes_left) = service::status(&portal, session.account.id).await?;
    let (state, activated_at) = match standing {
        Standing::None => (StateView::None, None),
        Standing::Pending => (StateView::Pending, None),
        Standing::Active { since } => (StateView::Active, Some(since)),
    };
    Ok(Json(StatusView { state, recovery_codes_left, activated_at }))
}

/// Body of `POST /api/v1/second-factor/enrolment`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Enrol {
    /// The account's password, once more.
    #[schema(value_type = String)]
    password: Zeroizing<String>,
    /// Where an authenticator is active: the code it shows, or `recoveryCode`.
    #[serde(default)]
    #[schema(nullable = false)]
    code: Option<String>,
    /// Where an authenticator is active: one of the recovery codes, or `code`.
    #[serde(default)]
    #[schema(nullable = false)]
    recovery_code: Option<String>,
}

/// What an authenticator needs, shown once. Secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EnrolmentView {
    /// An SVG document, black on white.
    qr_svg: String,
    /// Base32.
    secret: String,
    /// The otpauth URI.
    uri: String,
    issuer: String,
    /// Personal data: the account's name in the authenticator.
    account: String,
    /// Milliseconds since 1970.
    expires_at: Millis,
}

/// Begin the enrolment of an authenticator. An earlier one that waits for its code ends; an active one stays until the
/// first code of the new one, and to replace it takes one of its codes or a recovery code (else `code_wanted`).
#[utoipa::path(post, path = "/api/v1/second-factor/enrolment", tag = "second factor", security(("session" = [], "csrf" = [])), request_body = Enrol, responses((status = 200, body = EnrolmentView)))]
async fn enrol(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<Enrol>,
) -> Outcome<Json<EnrolmentView>> {
    let proof = match (body.code, body.recovery_code) {
        (None, None) => None,
        (code, recovery_code) => Some(Proof::one_of(code, recovery_code)?),
    };
    crate::accounts::service::confirm_password(&portal, source, &session, &body.password).await?;
    let enrolment = service::begin_enrolment(&portal, &session.account, source, proof.as_ref()).await?;
    Ok(Json(EnrolmentView {
        qr_svg: enrolment.qr_svg.to_string(),
        secret: enrolment.secret.to_string(),
        uri: enrolment.uri.to_string(),
        issuer: enrolment.issuer,
        account: enrolment.account,
        expires_at: enrolment.expires_at,
    }))
}

/// A code of the authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CodeBody {
    #[schema(value_type = String, example = "123456")]
    code: Zeroizing<String>,
}

/// New recovery codes, shown once. Secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RecoveryCodesView {
    /// Ten codes, each works once: `ABCD-EFGH-IJKL-MNOP`.
    recovery_codes: Vec<String>,
}

impl RecoveryCodesView {
    fn of(codes: &[Zeroizing<String>]) -> Self {
        Self { recovery_codes: codes.iter().map(|code| code.to_string()).collect() }
    }
}

/// Confirm the new authenticator with its first code. All other sessions end.
#[utoipa::path(post, operation_id = "confirm_enrolment", path = "/api/v1/second-factor/enrolment/confirmation", tag = "second factor", security(("session" = [], "csrf" = [])), request_body = CodeBody, responses((status = 200, body = RecoveryCodesView)))]
async fn confirm(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<CodeBody>,
) -> Outcome<Json<RecoveryCodesView>> {
    let keep = Keep { session: Some(session.row.id), tool_login: None };
    let codes = enrolment::confirm(&portal, session.account.id, source, &body.code, keep).await?;
    Ok(Json(RecoveryCodesView::of(&codes)))
}

/// Make new recovery codes; those before stop working.
#[utoipa::path(post, path = "/api/v1/second-factor/recovery-codes", tag = "second factor", security(("session" = [], "csrf" = [])), request_body = CodeBody, responses((status = 200, body = RecoveryCodesView)))]
async fn recovery_codes(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<CodeBody>,
) -> Outcome<Json<RecoveryCodesView>> {
    let codes = service::new_recovery_codes(&portal, session.account.id, source, body.code).await?;
    Ok(Json(RecoveryCodesView::of(&codes)))
}

/// Body of `POST /api/v1/second-factor/removal`: the password and exactly one of `code` and `recoveryCode`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Removal {
    #[schema(value_type = String)]
    password: Zeroizing<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    recovery_code: Option<String>,
}

/// Remove the second factor. All other sessions end.
#[utoipa::path(post, path = "/api/v1/second-factor/removal", tag = "second factor", security(("session" = [], "csrf" = [])), request_body = Removal, responses((status = 204)))]
async fn removal(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<Removal>,
) -> Outcome<StatusCode> {
    let proof = Proof::one_of(body.code, body.recovery_code)?;
    crate::accounts::service::confirm_password(&portal, source, &session, &body.password).await?;
    let keep = Keep { session: Some(session.row.id), tool_login: None };
    service::remove(&portal, session.account.id, source, &proof, keep).await?;
    Ok(StatusCode::NO_CONTENT)
}
