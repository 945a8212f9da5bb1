//! HTTP in and out; no rule is decided here.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use gatepass_core::identity::profile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    service::{self, Login, Registration},
    sessions::{self, LoggedIn, Session},
    types::EmailAddress,
};
use crate::{
    app::Portal,
    mail::Letter,
    problem::{Outcome, Problem},
    request::{Body, Source},
    second_factor::Proof,
    storage::entities::{account, session},
};

/// Everything under `/api/v1` about accounts.
pub fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(confirm))
        .routes(routes!(confirm_again))
        .routes(routes!(log_in, current, log_out))
        .routes(routes!(log_in_with_code))
        .routes(routes!(log_out_everywhere))
        .routes(routes!(ask_for_reset))
        .routes(routes!(complete_reset))
        .routes(routes!(change_password))
        .routes(routes!(ask_for_new_email))
        .routes(routes!(confirm_new_email))
}

/// Nothing to say.
#[derive(Debug, Serialize, ToSchema)]
struct Nothing {}

/// The languages of page and mail.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Language {
    /// Svenska.
    Sv,
    /// English.
    En,
}

impl From<Language> for profile::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Sv => Self::Swedish,
            Language::En => Self::English,
        }
    }
}

/// An account as its owner sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AccountView {
    /// UUID.
    id: Uuid,
    /// Personal data: the address.
    email: String,
    /// Personal data: the name as printed on the document.
    full_name: String,
    /// Personal data: the workshop's name.
    workshop: String,
    /// The language of mails.
    language: Language,
    /// Whether the technician's identity was verified.
    verified: bool,
}

impl From<account::Model> for AccountView {
    fn from(account: account::Model) -> Self {
        Self {
            id: account.id,
            email: account.email,
            full_name: account.full_name,
            workshop: account.workshop,
            language: if account.language == profile::Language::Swedish.code() { Language::Sv } else { Language::En },
            verified: account.verified_at.is_some(),
        }
    }
}

/// How far a login has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SessionState {
    /// All that is asked for was given.
    LoggedIn,
    /// The password was right; a code of the authenticator is wanted.
    CodeWanted,
}

impl From<session::State> for SessionState {
    fn from(state: session::State) -> Self {
        match state {
            session::State::LoggedIn => Self::LoggedIn,
            session::State::CodeWanted => Self::CodeWanted,
        }
    }
}

/// The browser's session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionView {
    /// How far the login has come.
    state: SessionState,
    /// To be sent as `x-csrf-token` with every POST and DELETE.
    csrf_token: String,
    /// Only when logged in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    account: Option<AccountView>,
}

impl SessionView {
    fn new(state: session::State, csrf_token: String, account: account::Model) -> Self {
        let account = (state == session::State::LoggedIn).then(|| account.into());
        Self { state: state.into(), csrf_token, account }
    }
}

fn begun(login: Login) -> Response {
    let cookie = login.started.cookie();
    ([(SET_COOKIE, cookie)], Json(SessionView::new(login.state, login.started.csrf(), login.account))).into_response()
}

/// Wish for an account.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Register {
    /// Personal data: where mails go.
    email: String,
    /// At least 12 characters; refused when easy to guess or made from one's own data.
    password: String,
    /// Personal data: the name as printed on the document.
    full_name: String,
    /// Personal data: the workshop's name.
    workshop: String,
    /// The language of mails.
    language: Language,
}

/// Registers an account. The answer is the same for an address that has one.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts", request_body = Register, responses((status = 202, body = Nothing)))]
async fn register(
    State(portal): State<Portal>,
    source: Source,
    Body(body): Body<Register>,
) -> Outcome<(StatusCode, Json<Nothing>)> {
    let registration = Registration::parse(&body.email, &body.full_name, &body.workshop, body.language.into())?;
    service::register(&portal, source, registration, &body.password).await?;
    Ok((StatusCode::ACCEPTED, Json(Nothing {})))
}

/// The token from a link's fragment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkToken {
    /// What follows `#token=`.
    token: String,
}

/// An address that was proved.
#[derive(Serialize, ToSchema)]
struct ProvedEmail {
    /// Personal data: the address.
    email: String,
}

/// Confirms the address of a new account.
#[utoipa::path(post, path = "/api/v1/accounts/confirmation", tag = "accounts", request_body = LinkToken, responses((status = 200, body = ProvedEmail)))]
async fn confirm(State(portal): State<Portal>, Body(body): Body<LinkToken>) -> Outcome<Json<ProvedEmail>> {
    Ok(Json(ProvedEmail { email: service::confirm(&portal, &body.token).await? }))
}

/// An address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Email {
    /// Personal data: the address.
    email: String,
}

impl Email {
    fn parse(&self) -> Outcome<EmailAddress> {
        EmailAddress::parse(&self.email).map_err(|why| Problem::field("email", why))
    }
}

/// Sends the link to confirm again. The answer is the same for every address.
#[utoipa::path(post, path = "/api/v1/accounts/confirmation/resend", tag = "accounts", request_body = Email, responses((status = 202, body = Nothing)))]
async fn confirm_again(
    State(portal): State<Portal>,
    source: Source,
    Body(body): Body<Email>,
) -> Outcome<(StatusCode, Json<Nothing>)> {
    service::ask_for_mail(&portal, source, &body.parse()?, Letter::ConfirmAgain).await?;
    Ok((StatusCode::ACCEPTED, Json(Nothing {})))
}

/// Address and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LogIn {
    /// Personal data: the address.
    email: String,
    /// The password.
    password: String,
}

/// Logs in. With an active second factor the session waits for a code.
#[utoipa::path(post, path = "/api/v1/session", tag = "accounts", request_body = LogIn, responses((status = 200, body = SessionView)))]
async fn log_in(
    State(portal): State<Portal>,
    source: Source,
    headers: HeaderMap,
    Body(body): Body<LogIn>,
) -> Outcome<Response> {
    service::log_in(&portal, source, &headers, &body.email, &body.password).await.map(begun)
}

/// A code of the authenticator, or a recovery code: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LogInCode {
    /// The code that the authenticator shows.
    #[schema(nullable = false)]
    code: Option<String>,
    /// One of the recovery codes.
    #[schema(nullable = false)]
    recovery_code: Option<String>,
}

/// Completes a login with a code.
#[utoipa::path(post, path = "/api/v1/session/code", tag = "accounts", request_body = LogInCode, responses((status = 200, body = SessionView)), security(("session" = [], "csrf" = [])))]
async fn log_in_with_code(
    State(portal): State<Portal>,
    source: Source,
    session: Session,
    Body(body): Body<LogInCode>,
) -> Outcome<Response> {
    let proof = Proof::one_of(body.code, body.recovery_code)?;
    service::log_in_with_code(&portal, source, session, &proof).await.map(begun)
}

/// The browser's session.
#[utoipa::path(get, path = "/api/v1/session", tag = "accounts", responses((status = 200, body = SessionView)), security(("session" = [])))]
async fn current(session: Session) -> Json<SessionView> {
    Json(SessionView::new(session.row.state, session.csrf, session.account))
}

/// Logs this browser out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "accounts", responses((status = 204)), security(("session" = [], "csrf" = [])))]
async fn log_out(State(portal): State<Portal>, session: Session) -> Outcome<Response> {
    service::log_out(&portal, &session).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, sessions::forget())]).into_response())
}

/// Logs out everywhere, at diagnostic tools too.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "accounts", responses((status = 204)), security(("session" = [], "csrf" = [])))]
async fn log_out_everywhere(State(portal): State<Portal>, LoggedIn(session): LoggedIn) -> Outcome<Response> {
    service::log_out_everywhere(&portal, &session).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, sessions::forget())]).into_response())
}

/// Sends a link to set a new password. The answer is the same for every address.
#[utoipa::path(post, path = "/api/v1/password-reset", tag = "accounts", request_body = Email, responses((status = 202, body = Nothing)))]
async fn ask_for_reset(
    State(portal): State<Portal>,
    source: Source,
    Body(body): Body<Email>,
) -> Outcome<(StatusCode, Json<Nothing>)> {
    service::ask_for_mail(&portal, source, &body.parse()?, Letter::ResetPassword).await?;
    Ok((StatusCode::ACCEPTED, Json(Nothing {})))
}

/// A new password with the link's token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompleteReset {
    /// What follows `#token=`.
    token: String,
    /// The new password.
    password: String,
}

/// Sets a new password and logs out everywhere.
#[utoipa::path(post, path = "/api/v1/password-reset/complete", tag = "accounts", request_body = CompleteReset, responses((status = 200, body = ProvedEmail)))]
async fn complete_reset(State(portal): State<Portal>, Body(body): Body<CompleteReset>) -> Outcome<Json<ProvedEmail>> {
    Ok(Json(ProvedEmail { email: service::reset_password(&portal, &body.token, &body.password).await? }))
}

/// The password and its successor.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ChangePassword {
    /// The password now.
    current_password: String,
    /// The password from now on.
    new_password: String,
}

/// Changes the password and logs out everywhere else.
#[utoipa::path(post, path = "/api/v1/account/password", tag = "accounts", request_body = ChangePassword, responses((status = 204)), security(("session" = [], "csrf" = [])))]
async fn change_password(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<ChangePassword>,
) -> Outcome<StatusCode> {
    service::change_password(&portal, source, &session, &body.current_password, &body.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new address, with the password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ChangeEmail {
    /// Personal data: the new address.
    new_email: String,
    /// The password.
    password: String,
}

/// Sends a link to a new address; the account moves when it is followed.
#[utoipa::path(post, path = "/api/v1/account/email", tag = "accounts", request_body = ChangeEmail, responses((status = 202, body = Nothing)), security(("session" = [], "csrf" = [])))]
async fn ask_for_new_email(
    State(portal): State<Portal>,
    source: Source,
    LoggedIn(session): LoggedIn,
    Body(body): Body<ChangeEmail>,
) -> Outcome<(StatusCode, Json<Nothing>)> {
    let new = EmailAddress::parse(&body.new_email).map_err(|why| Problem::field("newEmail", why))?;
    service::ask_for_new_email(&portal, source, &session, &new, &body.password).await?;
    Ok((StatusCode::ACCEPTED, Json(Nothing {})))
}

/// Moves the account to the address the link was sent to.
#[utoipa::path(post, path = "/api/v1/account/email/confirmation", tag = "accounts", request_body = LinkToken, responses((status = 200, body = ProvedEmail)))]
async fn confirm_new_email(State(portal): State<Portal>, Body(body): Body<LinkToken>) -> Outcome<Json<ProvedEmail>> {
    Ok(Json(ProvedEmail { email: service::confirm_new_email(&portal, &body.token).await? }))
}
