//! The one error that reaches a client: an RFC 9457 problem document with a stable code.
//!
//! A handler returns [`Result<T, Problem>`](Outcome). What a client may know is the [`Code`] with its fixed title and
//! detail, the names of fields that need attention, and after how many seconds to try again. What went wrong inside is the
//! *cause*: it goes to the log and never to the client. Nothing that a client sent is ever repeated.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What every handler returns.
pub type Outcome<T> = Result<T, Problem>;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:ident, $title:literal, $detail:literal;)*) => {
        /// Every problem a client can meet. The strings are part of the API: clients switch on them, translations hang on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code, snake_case.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }

            /// The HTTP status that goes with it.
            #[must_use]
            pub fn status(self) -> StatusCode { match self { $(Self::$variant => StatusCode::$status,)* } }

            /// One short English phrase.
            #[must_use]
            pub fn title(self) -> &'static str { match self { $(Self::$variant => $title,)* } }

            /// One English sentence that says what to do. The page shows its own words by the code.
            #[must_use]
            pub fn detail(self) -> &'static str { match self { $(Self::$variant => $detail,)* } }
        }
    };
}

codes! {
    /// The body is not JSON.
    BodyMalformed = "body_malformed", BAD_REQUEST, "The body is not JSON", "Send one JSON object, UTF-8.";
    /// JSON, but not of the documented shape: wrong type, unknown or missing field.
    BodyInvalid = "body_invalid", UNPROCESSABLE_ENTITY, "The body has the wrong shape", "A field is missing, unknown or of the wrong type; see /api/openapi.json.";
    /// `Content-Type` is not JSON.
    ContentType = "content_type", UNSUPPORTED_MEDIA_TYPE, "The body must be JSON", "Send the header Content-Type: application/json.";
    /// More than 64 KiB.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large", "At most 64 KiB are read.";
    /// The body did not arrive, or the answer took too long.
    TimedOut = "timed_out", REQUEST_TIMEOUT, "The request took too long", "Try again.";
    /// Fields were understood and refused; `fields` says which and why.
    FieldsRefused = "fields_refused", UNPROCESSABLE_ENTITY, "Some fields need attention", "Each entry of fields names a field and the reason.";
    /// No such path.
    NotFound = "not_found", NOT_FOUND, "There is nothing here", "Check the address.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "This method is not offered here", "See /api/openapi.json.";
    /// A path parameter is not of the documented form.
    PathInvalid = "path_invalid", BAD_REQUEST, "The address has the wrong shape", "See /api/openapi.json.";
    /// An unsafe request without proof that our own page sent it.
    CsrfMissing = "csrf_missing", FORBIDDEN, "The request could not be traced to this page", "Reload the page and try again.";
    /// No session, or it has ended.
    NotLoggedIn = "not_logged_in", UNAUTHORIZED, "Nobody is logged in", "Log in and try again.";
    /// The password was right, the second factor's code is still wanted.
    CodeWanted = "code_wanted", FORBIDDEN, "A code is wanted", "Enter the code your authenticator shows.";
    /// E-mail or password: which one is not said.
    LoginRefused = "login_refused", UNAUTHORIZED, "The login was refused", "E-mail address or password is wrong, or the address is not confirmed.";
    /// The current password is wrong.
    PasswordWrong = "password_wrong", FORBIDDEN, "The password is wrong", "Enter your current password.";
    /// A link from a mail: unknown, used, superseded or too old.
    LinkInvalid = "link_invalid", BAD_REQUEST, "The link does not work any more", "Links work once and for a limited time; ask for a new one.";
    /// Too many tries; `Retry-After` says when to come back.
    Throttled = "throttled", TOO_MANY_REQUESTS, "Too many tries", "Wait as long as Retry-After says.";
    /// A code that is wrong, used before, malformed or of a locked account: which one is not said.
    CodeRefused = "code_refused", FORBIDDEN, "The code was refused", "Wait for the next code and try again.";
    /// Only verified technicians log in at tools and get permits.
    NotVerified = "not_verified", FORBIDDEN, "Your identity is not verified yet", "Only verified technicians can log in at a diagnostic tool. Finish the verification of your identity on the portal's page, or ask your workshop's manager or the helpdesk.";
    /// A tool login's ticket: unknown, used, or too old.
    TicketInvalid = "ticket_invalid", UNAUTHORIZED, "This login has ended", "It took too long or was completed already; start again with e-mail and password.";
    /// The code is right for the same secret, read as a simpler authenticator reads it; `fields` says how it is limited.
    AppLimited = "app_limited", UNPROCESSABLE_ENTITY, "Your authenticator app cannot do what is asked of it", "The app ignores a setting of the QR code, so its codes would never be right; fields says which. Use another authenticator app.";
    /// No authenticator waits for its first code.
    EnrolmentMissing = "enrolment_missing", CONFLICT, "No authenticator waits for its first code", "The QR code is valid for ten minutes and until the next one is shown; begin again.";
    /// The account has no second factor.
    SecondFactorMissing = "second_factor_missing", CONFLICT, "There is no authenticator", "Set up an authenticator first.";
    /// No brand has this id.
    BrandUnknown = "brand_unknown", NOT_FOUND, "This brand is not known", "See /tool/v1/brands.";
    /// The brand has no security gateway.
    NoGateway = "no_gateway", CONFLICT, "This brand needs no permit", "There is no security gateway to open.";
    /// Altered, not of this portal, or unknown.
    PermitInvalid = "permit_invalid", BAD_REQUEST, "The permit is not valid", "It was altered or is not of this portal; ask for a new one.";
    /// Its time is over.
    PermitExpired = "permit_expired", BAD_REQUEST, "The permit's time is over", "Ask for a new one.";
    /// A permit works once.
    PermitUsed = "permit_used", CONFLICT, "The permit was used before", "A permit works once; ask for a new one.";
    /// The database, a key or another part is out of order.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something went wrong on our side", "Try again later; the request id helps us to find the cause.";
    /// The portal is working at its limit.
    Busy = "busy", SERVICE_UNAVAILABLE, "Too much at once", "Try again in a moment.";
}

macro_rules! field_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal;)*) => {
        /// Why one field was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FieldCode { $($(#[$doc])* $variant,)* }

        impl FieldCode {
            /// Every code, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code, snake_case.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
        }
    };
}

field_codes! {
    /// Empty after trimming.
    Required = "required";
    /// Fewer characters than the field needs.
    TooShort = "too_short";
    /// More characters or bytes than the field holds.
    TooLong = "too_long";
    /// Not an e-mail address.
    NotAnEmail = "not_an_email";
    /// Holds a character that such a value cannot have.
    UnexpectedCharacter = "unexpected_character";
    /// zxcvbn: guessed in fewer than 10^8 tries (score below 3).
    PasswordWeak = "password_weak";
    /// The password is made from the user's own data.
    PasswordOwnData = "password_own_data";
    /// Same as the one it should replace.
    Unchanged = "unchanged";
    /// The authenticator app computes with SHA1 whatever the QR code says.
    AppSha1Only = "app_sha1_only";
    /// The authenticator app shows six digits whatever the QR code says.
    AppSixDigitsOnly = "app_six_digits_only";
    /// The authenticator app rolls every 30 seconds whatever the QR code says.
    AppThirtySecondsOnly = "app_thirty_seconds_only";
    /// Not one of the values on offer.
    NotOffered = "not_offered";
}

/// See the module. Boxed, so that `Result`s stay small.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: Code,
    fields: BTreeMap<&'static str, FieldCode>,
    retry_after: Option<u64>,
    cause: Option<anyhow::Error>,
}

/// What the log wants to know of a problem; travels beside the response, not in it.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The code the client got.
    pub code: &'static str,
    /// Why, for operators.
    pub cause: Option<std::sync::Arc<anyhow::Error>>,
}

impl Problem {
    /// A problem with nothing but its code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self(Box::new(Inner { code, fields: BTreeMap::new(), retry_after: None, cause: None }))
    }

    /// [`Code::Throttled`] with the seconds to wait, at least one.
    #[must_use]
    pub fn throttled(seconds: u64) -> Self {
        let mut problem = Self::new(Code::Throttled);
        problem.0.retry_after = Some(seconds.max(1));
        problem
    }

    /// The same with the seconds after which to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds.max(1));
        self
    }

    /// The same with fields that need attention.
    #[must_use]
    pub fn with_fields(mut self, fields: BTreeMap<&'static str, FieldCode>) -> Self {
        self.0.fields = fields;
        self
    }

    /// What went wrong inside; for the command line, where the operator is the client.
    #[must_use]
    pub fn into_cause(self) -> anyhow::Error {
        let Inner { code, cause, .. } = *self.0;
        cause.unwrap_or_else(|| anyhow::anyhow!(code.title()))
    }

    /// [`Code::FieldsRefused`] for one field.
    #[must_use]
    pub fn field(name: &'static str, why: FieldCode) -> Self {
        Self::fields(BTreeMap::from([(name, why)]))
    }

    /// [`Code::FieldsRefused`] for several fields at once.
    #[must_use]
    pub fn fields(fields: BTreeMap<&'static str, FieldCode>) -> Self {
        let mut problem = Self::new(Code::FieldsRefused);
        problem.0.fields = fields;
        problem
    }

    /// [`Code::Internal`] with its cause, which only the log sees.
    #[must_use]
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::new(Code::Internal).because(cause)
    }

    /// Adds what the log should say.
    #[must_use]
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(cause: sea_orm::DbErr) -> Self {
        Self::internal(cause)
    }
}

impl From<anyhow::Error> for Problem {
    fn from(cause: anyhow::Error) -> Self {
        Self::internal(cause)
    }
}

/// The body of every answer with a status of 400 and above, `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A URI that names the kind of problem: `urn:gatepass:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:gatepass:problem:fields_refused")]
    pub kind: String,
    /// One short English phrase.
    pub title: &'static str,
    /// The HTTP status, repeated.
    pub status: u16,
    /// The stable code to switch on.
    #[schema(example = "fields_refused")]
    pub code: &'static str,
    /// One English sentence that says what to do.
    pub detail: &'static str,
    /// Field name to the stable code of what is wrong with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::HashMap<String, String>, required = false)]
    pub fields: BTreeMap<&'static str, &'static str>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Inner { code, fields, retry_after, cause } = *self.0;
        let body = ProblemBody {
            kind: format!("urn:gatepass:problem:{}", code.code()),
            title: code.title(),
            status: code.status().as_u16(),
            code: code.code(),
            detail: code.detail(),
            fields: fields.into_iter().map(|(name, why)| (name, why.code())).collect(),
        };
        let mut response = (code.status(), axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Reported { code: code.code(), cause: cause.map(std::sync::Arc::new) });
        response
    }
}
