//! What happens when a technician logs in at a tool and asks for a permit.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait, Set,
    sea_query::{Expr, Query},
};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    brands::{Brand, Rule},
    permit::{self, Claims, PermitError},
};
use crate::{
    accounts::{
        sessions::{self, Keep},
        throttle::count_noting,
    },
    app::Portal,
    audit::{self, Event},
    clock::{HOUR, MINUTE, Millis, SECOND},
    problem::{Code, FieldCode, Outcome, Problem},
    request::Source,
    second_factor::{
        self, Proof, Purpose,
        enrolment::{self, Enrolment},
    },
    storage::{
        self,
        entities::{account, permit as permits, tool_login, tool_session},
        together::{self, Write},
    },
    throttle::{self, Policy, Scope, Verdict},
    token::{self, Token},
};

/// How long a ticket waits for its code; as long as a pending enrolment.
pub const TICKET: Millis = 10 * MINUTE;
/// Characters of a tool's serial number at most.
const LONGEST_SERIAL: usize = 64;

/// A tool's serial number: 1 to 64 letters, digits, dots, hyphens and underscores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolSerial(String);

impl ToolSerial {
    /// Reads one.
    ///
    /// # Errors
    /// The field `toolSerial` with what is wrong.
    pub fn read(text: &str) -> Outcome<Self> {
        let text = text.trim();
        let refuse = |why| Err(Problem::field("toolSerial", why));
        if text.is_empty() {
            return refuse(FieldCode::Required);
        }
        if text.len() > LONGEST_SERIAL {
            return refuse(FieldCode::TooLong);
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
            return refuse(FieldCode::UnexpectedCharacter);
        }
        Ok(Self(text.to_owned()))
    }
}

/// After the right password.
#[derive(Debug)]
pub struct Ticket {
    /// Proves the password at the next step.
    pub ticket: Token,
    /// Until when.
    pub expires_at: Millis,
    /// What is wanted next: the first code of a new authenticator, or (`None`) a code of the one there is.
    pub enrolment: Option<Enrolment>,
}

/// A technician logged in at a tool.
#[derive(Debug)]
pub struct Technician {
    /// The tool session.
    pub session: tool_session::Model,
    /// Who.
    pub account: account::Model,
}

/// A tool session that just began.
#[derive(Debug)]
pub struct LoggedIn {
    /// The bearer token.
    pub token: Token,
    /// The end of the session.
    pub expires_at: Millis,
    /// Who.
    pub account: account::Model,
    /// New recovery codes, after an enrolment.
    pub recovery_codes: Option<Vec<Zeroizing<String>>>,
    /// How many are left.
    pub recovery_codes_left: u64,
}

/// Answers a right password with a ticket. `account` is whose password it was.
///
/// # Errors
/// [`Code::NotVerified`]: only verified technicians log in at tools; [`Code::LoginRefused`] when the password was changed
/// since it was checked.
pub async fn begin_login(portal: &Portal, account: &account::Model, serial: &ToolSerial) -> Outcome<Ticket> {
    let now = portal.clock.now();
    if account.verified_at.is_none() {
        audit::record(
            &portal.db,
            now,
            Event::ToolLoginRefused,
            None,
            Some(account.id),
            json!({ "reason": "not_verified" }),
        )
        .await?;
        return Err(Code::NotVerified.into());
    }
    let ticket = Token::random();
    let expires_at = now + TICKET;
    let tx = storage::begin(&portal.db).await?;
    if !sessions::hold_unchanged(&tx, account).await? {
        return Err(Code::LoginRefused.into());
    }
    // Asked while the account is held: a factor that is activated later ends the ticket made here.
    let state = if second_factor::service::is_active(&tx, account.id).await? {
        tool_login::State::Code
    } else {
        tool_login::State::Enrol
    };
    let enrolment = match state {
        tool_login::State::Enrol => Some(enrolment::begin(portal, &tx, account).await?),
        tool_login::State::Code | tool_login::State::Done => None,
    };
    tool_login::Entity::insert(tool_login::ActiveModel {
        id: Set(Uuid::now_v7()),
        ticket_hash: Set(ticket.hash()),
        account_id: Set(account.id),
        tool_serial: Set(serial.0.clone()),
        state: Set(state),
        created_at: Set(now),
        expires_at: Set(expires_at),
    })
    .exec_without_returning(&tx)
    .await?;
    tx.commit().await?;
    Ok(Ticket { ticket, expires_at, enrolment })
}

/// Takes the code (or the first code of a new authenticator) and begins the tool session.
///
/// # Errors
/// [`Code::TicketInvalid`]: unknown, used, too old, or its account is no longer verified or enrolled meanwhile; else as
/// [`second_factor::check()`] and [`enrolment::confirm`].
pub async fn finish_login(portal: &Portal, ticket: &str, proof: &Proof, source: Source) -> Outcome<LoggedIn> {
    let now = portal.clock.now();
    let login = tool_login::Entity::find()
        .filter(tool_login::Column::TicketHash.eq(token::hash(ticket)))
        .one(&portal.db)
        .await?;
    let Some(login) = login.filter(|login| login.state != tool_login::State::Done && now < login.expires_at) else {
        return Err(Code::TicketInvalid.into());
    };
    let owner = login.account_id;
    match (login.state, proof) {
        (tool_login::State::Code, proof) => {
            let passed = second_factor::check(portal, owner, source, proof, Purpose::ToolLogin).await?;
            let Session { token, expires_at, writes } = Session::of(portal, &login, now);
            let (account, recovery_codes_left) = (passed.account().clone(), passed.recovery_codes_left());
            passed.commit_with(writes).await?;
            audit::log(Event::ToolLoggedIn, Some(owner), Some(owner));
            Ok(LoggedIn { token, expires_at, account, recovery_codes: None, recovery_codes_left })
        }
        (tool_login::State::Enrol, Proof::Code(code)) => {
            // Whoever got this ticket before the owner enrolled elsewhere must not put another authenticator in its place.
            let account = account::Entity::find_by_id(owner).one(&portal.db).await?;
            let Some(account) = account.filter(|account| account.verified_at.is_some()) else {
                return Err(Code::TicketInvalid.into());
            };
            if second_factor::service::is_active(&portal.db, owner).await? {
                return Err(Code::TicketInvalid.into());
            }
            let keep = Keep { tool_login: Some(login.id), session: None };
            let codes = enrolment::confirm(portal, owner, source, code, keep).await?;
            let tx = storage::begin(&portal.db).await?;
            let Session { token, expires_at, writes } = Session::of(portal, &login, now);
            together::write(&tx, writes).await??;
            tx.commit().await?;
            audit::log(Event::ToolLoggedIn, Some(owner), Some(owner));
            let recovery_codes_left = u64::try_from(codes.len()).unwrap_or(u64::MAX);
            Ok(LoggedIn { token, expires_at, account, recovery_codes: Some(codes), recovery_codes_left })
        }
        (tool_login::State::Enrol | tool_login::State::Done, _) => Err(Code::CodeRefused.into()),
    }
}

/// A tool session to be.
struct Session {
    token: Token,
    expires_at: Millis,
    /// What makes it so.
    writes: Vec<Write<Code>>,
}

impl Session {
    /// Turns the ticket into a session, once, while its technician is verified.
    fn of(portal: &Portal, login: &tool_login::Model, now: Millis) -> Self {
        let (db, owner) = (&portal.db, login.account_id);
        let mut used = tool_login::Entity::update_many()
            .col_expr(tool_login::Column::State, Expr::value(tool_login::State::Done))
            .filter(tool_login::Column::Id.eq(login.id))
            .filter(tool_login::Column::State.eq(login.state));
        QueryTrait::query(&mut used).returning(Query::returning().expr(together::hit("ticket")));
        let token = Token::random();
        let expires_at = now + Millis::from(portal.config.tool.session_hours) * HOUR;
        let session = Uuid::now_v7();
        let insert = tool_session::Entity::insert(tool_session::ActiveModel {
            id: Set(session),
            token_hash: Set(token.hash()),
            account_id: Set(owner),
            tool_serial: Set(login.tool_serial.clone()),
            created_at: Set(now),
            expires_at: Set(expires_at),
        });
        let details = json!({ "session": session, "tool": login.tool_serial });
        let backend = db.get_database_backend();
        let writes = vec![
            sessions::hold_verified(backend, owner, Code::TicketInvalid),
            Write::must("ticket", used.build(backend), Code::TicketInvalid),
            Write::any(insert.build(backend)),
            Write::any(audit::entry(db, now, Event::ToolLoggedIn, Some(owner), Some(owner), details)),
        ];
        Self { token, expires_at, writes }
    }
}

/// Who holds this bearer token.
///
/// # Errors
/// [`Code::NotLoggedIn`]: unknown, ended or too old.
pub async fn technician(portal: &Portal, token: &str) -> Outcome<Technician> {
    let now = portal.clock.now();
    let session = tool_session::Entity::find()
        .filter(tool_session::Column::TokenHash.eq(token::hash(token)))
        .one(&portal.db)
        .await?;
    let Some(session) = session.filter(|session| now < session.expires_at) else {
        return Err(Code::NotLoggedIn.into());
    };
    let account = account::Entity::find_by_id(session.account_id).one(&portal.db).await?;
    let account = account.ok_or_else(|| Problem::new(Code::NotLoggedIn))?;
    Ok(Technician { session, account })
}

/// Ends the tool session.
///
/// # Errors
/// When the database does not answer.
pub async fn log_out(portal: &Portal, technician: &Technician) -> Outcome<()> {
    let (now, who) = (portal.clock.now(), technician.account.id);
    let tx = storage::begin(&portal.db).await?;
    tool_session::Entity::delete_by_id(technician.session.id).exec(&tx).await?;
    audit::record(&tx, now, Event::ToolLoggedOut, Some(who), Some(who), json!({ "session": technician.session.id }))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// How a brand stands for somebody who is logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrandState {
    /// A permit is given without more.
    Open,
    /// A permit wants a fresh code.
    CodeWanted,
    /// There is nothing to open.
    NoGateway,
}

impl BrandState {
    /// The state that follows from the rule.
    #[must_use]
    pub fn of(brand: &Brand) -> Self {
        match brand.rule {
            Rule::Session => Self::Open,
            Rule::Unlock => Self::CodeWanted,
            Rule::None => Self::NoGateway,
        }
    }
}

/// A permit as handed out.
#[derive(Debug)]
pub struct Issued {
    /// The JWT.
    pub permit: String,
    /// What it says.
    pub claims: Claims,
}

/// Signs a permit for a brand.
///
/// # Errors
/// [`Code::BrandUnknown`], [`Code::NoGateway`], [`Code::NotVerified`]; [`Code::CodeWanted`] when the brand's rule asks for
/// a fresh code and none is given; else as [`second_factor::check()`].
pub async fn issue(
    portal: &Portal,
    technician: &Technician,
    brand: &str,
    code: Option<String>,
    source: Source,
) -> Outcome<Issued> {
    let brand = portal.brands.get(brand).ok_or_else(|| Problem::new(Code::BrandUnknown))?;
    let account = &technician.account;
    if account.verified_at.is_none() {
        return Err(Code::NotVerified.into());
    }
    if brand.rule != Rule::None {
        let scope = Scope::account("permit", &account.id.to_string());
        count_noting(portal, portal.clock.now(), "permit", "account", &scope, Policy::source(&portal.config.throttle))
            .await?;
    }
    match (brand.rule, code) {
        (Rule::None, _) => Err(Code::NoGateway.into()),
        (Rule::Unlock, None) => Err(Code::CodeWanted.into()),
        (Rule::Session, None) => {
            let tx = storage::begin(&portal.db).await?;
            let issued = sign(portal, &tx, technician, brand).await?;
            tx.commit().await?;
            Ok(issued)
        }
        (Rule::Session | Rule::Unlock, Some(code)) => {
            let proof = Proof::Code(Zeroizing::new(code));
            let spent =
                second_factor::check(portal, account.id, source, &proof, Purpose::Permit).await?.spend().await?;
            let issued = sign(portal, spent.tx(), technician, brand).await?;
            spent.commit().await?;
            Ok(issued)
        }
    }
}

async fn sign(portal: &Portal, tx: &impl ConnectionTrait, technician: &Technician, brand: &Brand) -> Outcome<Issued> {
    let now = portal.clock.now();
    // Whoever ends the sessions of an account ends its permits too; one that is signed meanwhile must not escape.
    sessions::hold(tx, technician.account.id).await?;
    if tool_session::Entity::find_by_id(technician.session.id).one(tx).await?.is_none() {
        return Err(Code::NotLoggedIn.into());
    }
    let seconds = portal.clock.now_seconds();
    let life = u64::from(portal.config.tool.permit_seconds).min(permit::LONGEST_LIFE);
    let claims = Claims {
        iss: portal.config.server.public_url.clone(),
        sub: technician.account.id,
        aud: permit::AUDIENCE.to_owned(),
        workshop: technician.account.workshop.clone(),
        brand: brand.id.clone(),
        tool: technician.session.tool_serial.clone(),
        jti: Uuid::now_v7(),
        iat: seconds,
        nbf: seconds,
        exp: seconds.saturating_add(life),
    };
    let key = portal.keys.signing().map_err(Problem::internal)?;
    let signed = permit::sign(&claims, &key).map_err(Problem::internal)?;
    permits::Entity::insert(permits::ActiveModel {
        jti: Set(claims.jti),
        account_id: Set(claims.sub),
        brand: Set(claims.brand.clone()),
        tool_serial: Set(claims.tool.clone()),
        issued_at: Set(now),
        expires_at: Set(i64::try_from(claims.exp).map_err(Problem::internal)?.saturating_mul(SECOND)),
        used_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    let details = json!({ "jti": claims.jti, "brand": claims.brand, "tool": claims.tool, "kid": key.kid() });
    audit::record(tx, now, Event::PermitIssued, Some(claims.sub), Some(claims.sub), details).await?;
    Ok(Issued { permit: signed, claims })
}

/// Spends a permit. The permit itself is the proof: whoever acts on it need not be logged in.
///
/// # Errors
/// [`Code::PermitInvalid`] (altered, not ours, or its row is gone), [`Code::PermitExpired`], [`Code::PermitUsed`];
/// [`Code::NotVerified`] when its technician lost the verification meanwhile; [`Code::Throttled`] when the source tried too
/// many that were refused.
pub async fn redeem(portal: &Portal, text: &str, source: Source) -> Outcome<Claims> {
    let now = portal.clock.now();
    let (scope, policy) = (Scope::source("redemption", source.0), Policy::source(&portal.config.throttle));
    count_noting(portal, now, "redemption", "source", &scope, policy).await?;
    let set = permit::key_set(&portal.keys.keys(), now);
    let claims =
        permit::verify(text, &set, &portal.config.server.public_url, portal.clock.now_seconds()).map_err(|error| {
            match error {
                PermitError::Invalid => Problem::new(Code::PermitInvalid),
                PermitError::Expired => Problem::new(Code::PermitExpired),
            }
        })?;
    let tx = storage::begin(&portal.db).await?;
    let spent = permits::Entity::update_many()
        .col_expr(permits::Column::UsedAt, Expr::value(now))
        .filter(permits::Column::Jti.eq(claims.jti))
        .filter(permits::Column::UsedAt.is_null())
        .exec(&tx)
        .await?;
    let known = spent.rows_affected == 1 || permits::Entity::find_by_id(claims.jti).one(&tx).await?.is_some();
    let verified =
        account::Entity::find_by_id(claims.sub).one(&tx).await?.is_some_and(|account| account.verified_at.is_some());
    let refused = match (known, verified, spent.rows_affected) {
        (false, _, _) => Some(("unknown", Code::PermitInvalid)),
        (true, false, _) => Some(("not_verified", Code::NotVerified)),
        (true, true, 1) => None,
        (true, true, _) => Some(("used", Code::PermitUsed)),
    };
    if let Some((reason, code)) = refused {
        // Once an hour for each permit: whoever sends one again and again fills no table.
        let notice = Scope::account("notice", &format!("permit/{reason}/{}", claims.jti));
        if throttle::count(&tx, now, &notice, Policy::hourly()).await? == Verdict::Go {
            let details = json!({ "jti": claims.jti, "reason": reason });
            audit::record(&tx, now, Event::PermitRefused, None, Some(claims.sub), details).await?;
        }
        tx.commit().await?;
        return Err(code.into());
    }
    let details = json!({ "jti": claims.jti, "brand": claims.brand, "tool": claims.tool });
    audit::record(&tx, now, Event::PermitRedeemed, Some(claims.sub), Some(claims.sub), details).await?;
    throttle::give_back(&tx, &scope, policy).await?;
    tx.commit().await?;
    Ok(claims)
}
