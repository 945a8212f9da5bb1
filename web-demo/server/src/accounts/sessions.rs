//! Sessions of browsers: rows in the database, a `__Host-` cookie with 256 random bits, a CSRF token derived from it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QuerySelect as _, QueryTrait as _, Set,
    sea_query::{Expr, LockType},
};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    app::Portal,
    clock::{HOUR, MINUTE, Millis},
    problem::{Code, Outcome, Problem},
    request::CSRF_HEADER,
    storage::{
        entities::{
            account, permit,
            session::{self, State},
            tool_login, tool_session,
        },
        together::{self, Write},
    },
    token::{self, Token},
};

/// The cookie. `__Host-`: only over HTTPS (or localhost), only for this host, only for the whole path (RFC 6265bis §4.1.3.2).
pub const COOKIE: &str = "__Host-gatepass";
/// Between password and code, a session lives so long.
const CODE_WANTED_LIFE: Millis = 10 * MINUTE;
/// `last_seen_at` moves at most this often, so that reading does not cost a write each time.
const SEEN_STEP: Millis = MINUTE;

/// A session that was just made: its cookie and CSRF token leave with the answer and are kept nowhere.
#[derive(Debug, Clone)]
pub struct Started {
    token: Token,
}

impl Started {
    /// The `Set-Cookie` header.
    #[must_use]
    pub fn cookie(&self) -> HeaderValue {
        let text = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax", self.token.expose());
        HeaderValue::from_str(&text).unwrap_or_else(|_| forget())
    }

    /// The token that unsafe requests carry in `x-csrf-token`.
    #[must_use]
    pub fn csrf(&self) -> String {
        csrf_of(self.token.expose())
    }
}

/// The `Set-Cookie` header that ends the cookie.
#[must_use]
pub fn forget() -> HeaderValue {
    HeaderValue::from_static("__Host-gatepass=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// A browser that has given the right password; perhaps a code is still wanted. For unsafe methods the extractor also
/// checks the CSRF token.
#[derive(Debug, Clone)]
pub struct Session {
    /// The row.
    pub row: session::Model,
    /// Whose.
    pub account: account::Model,
    /// The token that goes with its cookie.
    pub csrf: String,
}

/// A [`Session`] that is logged in, with a code where one is wanted.
#[derive(Debug, Clone)]
pub struct LoggedIn(pub Session);

impl FromRequestParts<Portal> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Outcome<Self> {
        let presented = cookie(&parts.headers).ok_or(Code::NotLoggedIn)?;
        let session = find(portal, presented).await?.ok_or(Code::NotLoggedIn)?;
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let proof = parts.headers.get(CSRF_HEADER).map(HeaderValue::as_bytes);
        if !reads && !proof.is_some_and(|proof| bool::from(proof.ct_eq(session.csrf.as_bytes()))) {
            return Err(Code::CsrfMissing.into());
        }
        Ok(session)
    }
}

impl FromRequestParts<Portal> for LoggedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Outcome<Self> {
        let session = Session::from_request_parts(parts, portal).await?;
        match session.row.state {
            State::LoggedIn => Ok(Self(session)),
            State::CodeWanted => Err(Code::CodeWanted.into()),
        }
    }
}

/// Makes a session. Call it in the transaction that decided about the login, after [`hold`].
///
/// # Errors
/// When the database does.
pub async fn start(portal: &Portal, db: &impl ConnectionTrait, account: Uuid, state: State) -> Result<Started, DbErr> {
    let (token, now) = (Token::random(), portal.clock.now());
    let life = match state {
        State::LoggedIn => Millis::from(portal.config.accounts.session_hours) * HOUR,
        State::CodeWanted => CODE_WANTED_LIFE,
    };
    session::Entity::insert(session::ActiveModel {
        id: Set(Uuid::now_v7()),
        token_hash: Set(token.hash()),
        account_id: Set(account),
        state: Set(state),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + life),
    })
    .exec_without_returning(db)
    .await?;
    Ok(Started { token })
}

/// Ends the session a request came with, whatever its state. A login calls it: the cookie before a login is never the cookie
/// after it.
///
/// # Errors
/// When the database does.
pub async fn end_presented(db: &impl ConnectionTrait, headers: &HeaderMap) -> Result<(), DbErr> {
    let Some(presented) = cookie(headers) else { return Ok(()) };
    session::Entity::delete_many()
        .filter(session::Column::TokenHash.eq(token::hash(presented)))
        .exec(db)
        .await
        .map(|_| ())
}

/// The account as it is now, locked to the end of the transaction.
///
/// Whoever begins a session and whoever ends them all holds the account first, so that they take turns: a login that is
/// still at its password hash when the password is reset must not come out of it with a session.
///
/// # Errors
/// When the database does.
pub async fn hold(tx: &impl ConnectionTrait, account: Uuid) -> Result<Option<account::Model>, DbErr> {
    // SQLite has one writer at a time and needs no lock of its own.
    account::Entity::find_by_id(account).lock(LockType::NoKeyUpdate).one(tx).await
}

/// [`hold`] among other writes, for an account that must be verified.
pub fn hold_verified(backend: DbBackend, account: Uuid, otherwise: Code) -> Write<Code> {
    let held = account::Entity::find_by_id(account)
        .filter(account::Column::VerifiedAt.is_not_null())
        .select_only()
        .expr(together::hit("verified"))
        .lock(LockType::NoKeyUpdate)
        .build(backend);
    Write::must("verified", held, otherwise)
}

/// [`hold`], and whether the password still is the one that `checked` was checked against.
///
/// # Errors
/// When the database does.
pub async fn hold_unchanged(tx: &impl ConnectionTrait, checked: &account::Model) -> Result<bool, DbErr> {
    let now = hold(tx, checked.id).await?;
    Ok(now.is_some_and(|now| now.password_changed_at == checked.password_changed_at))
}

/// Ends one session; says whether it was still there.
///
/// # Errors
/// When the database does.
pub async fn end(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    Ok(session::Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

/// What outlives the end of all sessions: where the wish for it came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keep {
    /// The browser's session.
    pub session: Option<Uuid>,
    /// The login at a tool that is about to become a session.
    pub tool_login: Option<Uuid>,
}

/// Ends every session of an account, in browsers and at tools, every login at a tool that waits for a code, and every permit
/// that was not used, except what is to be kept.
///
/// # Errors
/// [`Code::NotLoggedIn`], [`Code::TicketInvalid`] when what is to be kept was ended meanwhile: then whatever the
/// transaction did must not happen either. Else when the database does.
pub async fn end_all(tx: &impl ConnectionTrait, now: Millis, account: Uuid, keep: Keep) -> Outcome<()> {
    hold(tx, account).await?;
    let mut sessions = session::Entity::delete_many().filter(session::Column::AccountId.eq(account));
    if let Some(id) = keep.session {
        if session::Entity::find_by_id(id).one(tx).await?.is_none() {
            return Err(Code::NotLoggedIn.into());
        }
        sessions = sessions.filter(session::Column::Id.ne(id));
    }
    if let Some(id) = keep.tool_login
        && tool_login::Entity::find_by_id(id).one(tx).await?.is_none()
    {
        return Err(Code::TicketInvalid.into());
    }
    sessions.exec(tx).await?;
    end_at_tools(tx, now, account, keep.tool_login).await?;
    Ok(())
}

/// Ends every session of an account at tools, every permit that was not used, and every login there that waits for a code,
/// except `keep`. A permit opens a gateway without a session: it must not outlive the one it was given to.
///
/// # Errors
/// When the database does.
pub async fn end_at_tools(
    tx: &impl ConnectionTrait,
    now: Millis,
    account: Uuid,
    keep: Option<Uuid>,
) -> Result<(), DbErr> {
    permit::Entity::update_many()
        .col_expr(permit::Column::UsedAt, Expr::value(now))
        .filter(permit::Column::AccountId.eq(account))
        .filter(permit::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    tool_session::Entity::delete_many().filter(tool_session::Column::AccountId.eq(account)).exec(tx).await?;
    let mut logins = tool_login::Entity::delete_many().filter(tool_login::Column::AccountId.eq(account));
    if let Some(id) = keep {
        logins = logins.filter(tool_login::Column::Id.ne(id));
    }
    logins.exec(tx).await?;
    Ok(())
}

async fn find(portal: &Portal, presented: &str) -> Result<Option<Session>, DbErr> {
    let (db, now) = (&portal.db, portal.clock.now());
    let found = session::Entity::find().filter(session::Column::TokenHash.eq(token::hash(presented))).one(db).await?;
    let Some(mut row) = found else { return Ok(None) };
    let idle = Millis::from(portal.config.accounts.session_idle_minutes) * MINUTE;
    if row.expires_at <= now || row.last_seen_at.saturating_add(idle) <= now {
        end(db, row.id).await?;
        return Ok(None);
    }
    let Some(account) = account::Entity::find_by_id(row.account_id).one(db).await? else { return Ok(None) };
    if row.last_seen_at + SEEN_STEP <= now {
        row.last_seen_at = now;
        let change = session::ActiveModel { last_seen_at: Set(now), ..Default::default() };
        session::Entity::update_many().set(change).filter(session::Column::Id.eq(row.id)).exec(db).await?;
    }
    Ok(Some(Session { row, account, csrf: csrf_of(presented) }))
}

/// The cookie's value. With two of that name, which no browser of ours sends, none counts.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value);
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// HMAC-SHA256 keyed with the cookie: who has the one can compute the other, nobody else can.
fn csrf_of(token: &str) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(token.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(b"gatepass csrf v1");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}
