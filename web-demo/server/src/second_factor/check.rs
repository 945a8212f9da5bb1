//! Checking what a person offers as second factor.

use gatepass_core::otp::{self, Algorithm, Digits, Format, Period, Rejection, TotpParams, Window};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, Select, Statement, sea_query::Expr,
};
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    recovery::RecoveryCode,
    seal::{self, Place, SealError},
    throttle::{self as counts, Counted, Counts, Kind},
};
use crate::{
    app::Portal,
    audit::{self, Event},
    clock::Millis,
    keys::KeyError,
    mail::{Letter, Mail},
    problem::{Code, Outcome, Problem},
    request::Source,
    storage::{
        self,
        entities::{account, recovery_code, second_factor},
        together,
    },
    throttle::{self, Verdict},
};

/// What a person offers.
pub enum Proof {
    /// The code the authenticator shows.
    Code(Zeroizing<String>),
    /// One of the recovery codes.
    Recovery(Zeroizing<String>),
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Proof::Code(…)",
            Self::Recovery(_) => "Proof::Recovery(…)",
        })
    }
}

impl Proof {
    /// From a body with exactly one of the two; each at most 64 bytes, which no code exceeds.
    ///
    /// # Errors
    /// [`Code::BodyInvalid`] when there is none or both.
    pub fn one_of(code: Option<String>, recovery_code: Option<String>) -> Outcome<Self> {
        match (code.map(Zeroizing::new), recovery_code.map(Zeroizing::new)) {
            (Some(code), None) => Ok(Self::Code(code)),
            (None, Some(code)) => Ok(Self::Recovery(code)),
            _ => Err(Code::BodyInvalid.into()),
        }
    }
}

/// What the code is for; stands in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Login in the browser.
    Login,
    /// Login at a tool.
    ToolLogin,
    /// A permit for a brand that wants a fresh code.
    Permit,
    /// New recovery codes.
    RecoveryCodes,
    /// Removal of the second factor.
    Removal,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::ToolLogin => "tool_login",
            Self::Permit => "permit",
            Self::RecoveryCodes => "recovery_codes",
            Self::Removal => "removal",
        }
    }
}

/// A proof that was right and is spent, in a transaction that still is open. Do in [`Passed::tx`] what the proof allows and
/// then [`Passed::commit`]; without the commit nothing happened, and the code is still good.
#[derive(Debug)]
#[must_use = "a proof counts only when its transaction is committed"]
pub struct Passed {
    portal: Portal,
    tx: DatabaseTransaction,
    counts: Counts,
    writes: Vec<Statement>,
    recovery_codes_left: u64,
    by_recovery_code: bool,
}

impl Passed {
    fn new(portal: &Portal, tx: DatabaseTransaction, counts: Counts, recovery_codes_left: u64) -> Self {
        Self { portal: portal.clone(), tx, counts, writes: Vec::new(), recovery_codes_left, by_recovery_code: false }
    }

    /// Adds writes that need no answer; they run together before the commit.
    pub fn and(&mut self, writes: impl IntoIterator<Item = Statement>) {
        self.writes.extend(writes);
    }

    /// The transaction.
    #[must_use]
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Recovery codes that are left after this.
    #[must_use]
    pub fn recovery_codes_left(&self) -> u64 {
        self.recovery_codes_left
    }

    /// Whether a recovery code was given instead of a code.
    #[must_use]
    pub fn by_recovery_code(&self) -> bool {
        self.by_recovery_code
    }

    /// Makes it so.
    ///
    /// # Errors
    /// When the database does; then nothing happened.
    pub async fn commit(mut self) -> Outcome<()> {
        self.writes.extend(self.counts.right(&self.tx));
        together::execute(&self.tx, self.writes).await?;
        self.tx.commit().await?;
        self.portal.outbox.wake();
        Ok(())
    }
}

/// Puts a letter to the account's owner into the outbox. Wake it after the commit.
pub(super) async fn tell(
    portal: &Portal,
    tx: &DatabaseTransaction,
    now: Millis,
    account: Uuid,
    letter: Letter,
    params: Value,
) -> Result<(), DbErr> {
    match account::Entity::find_by_id(account).one(tx).await? {
        Some(account) => portal.outbox.put(tx, now, Mail::to(&account, letter).with(params)).await,
        None => Ok(()),
    }
}

/// The account's authenticator in this state, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &impl ConnectionTrait,
    account: Uuid,
    state: second_factor::State,
) -> Result<Option<second_factor::Model>, DbErr> {
    of(account, state).one(db).await
}

/// The account's active authenticator, and how many recovery codes are left.
async fn find_with_codes_left(
    tx: &DatabaseTransaction,
    account: Uuid,
) -> Result<(Option<second_factor::Model>, u64), DbErr> {
    let backend = tx.get_database_backend();
    let left = unused(account).select_only().column_as(recovery_code::Column::Id.count(), "left").build(backend);
    let factor = of(account, second_factor::State::Active).build(backend);
    let mut rows = together::query(tx, vec![left, factor]).await?.into_iter();
    let left = rows.next().map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default();
    let factor = rows.next().map(|row| second_factor::Model::from_query_result(&row, "")).transpose()?;
    Ok((factor, u64::try_from(left).unwrap_or_default()))
}

fn of(account: Uuid, state: second_factor::State) -> Select<second_factor::Entity> {
    second_factor::Entity::find()
        .filter(second_factor::Column::AccountId.eq(account))
        .filter(second_factor::Column::State.eq(state))
}

fn unused(account: Uuid) -> Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::UsedAt.is_null())
}

/// Recovery codes the account has left.
///
/// # Errors
/// When the database does not answer.
pub async fn recovery_codes_left(db: &impl ConnectionTrait, account: Uuid) -> Result<u64, DbErr> {
    unused(account).count(db).await
}

/// Counts, judges and spends a proof.
///
/// # Errors
/// [`Code::CodeRefused`], the same for a wrong, reused, malformed or locked-out proof and for an account without a second
/// factor, with `Retry-After` when the account pauses after this try; [`Code::Throttled`] when the *source* pauses.
pub async fn check(portal: &Portal, account: Uuid, source: Source, proof: &Proof, purpose: Purpose) -> Outcome<Passed> {
    match proof {
        Proof::Code(code) => check_code(portal, account, source, code, purpose).await,
        Proof::Recovery(code) => check_recovery_code(portal, account, source, code, purpose).await,
    }
}

async fn check_code(portal: &Portal, account: Uuid, source: Source, code: &str, purpose: Purpose) -> Outcome<Passed> {
    let counts = Counts::new(portal, Kind::Code, account, source);
    let now = portal.clock.now();
    let tx = count(portal, &counts, account, now, purpose).await?;
    let (row, recovery_codes_left) = find_with_codes_left(&tx, account).await?;
    let verdict = match row {
        Some(row) => judge(portal, &tx, row, code).await?,
        None => Err("no_second_factor"),
    };
    match verdict {
        // What it was good for is recorded by whoever does it, in the same transaction.
        Ok(()) => Ok(Passed::new(portal, tx, counts, recovery_codes_left)),
        Err(reason) => Err(refuse(portal, tx, &counts, account, now, reason, purpose).await?),
    }
}

/// The right code, or why not. Spends it: of any number of parallel posts of one code, on any number of portals, one
/// finds the row with an older step (RFC 6238 §5.2).
async fn judge(
    portal: &Portal,
    tx: &DatabaseTransaction,
    row: second_factor::Model,
    code: &str,
) -> Outcome<Result<(), &'static str>> {
    let params = params(&row)?;
    let secret = match open(portal, &row) {
        // Sealed anew and the old key retired between our reading and now: the row says where the new one is.
        Err(SealError::Key(KeyError::UnknownVersion(_))) => {
            match find(tx, row.account_id, second_factor::State::Active).await? {
                Some(row) => open(portal, &row).map_err(Problem::internal)?,
                None => return Ok(Err("no_second_factor")),
            }
        }
        opened => opened.map_err(Problem::internal)?,
    };
    let last_step = u64::try_from(row.last_step).ok();
    let there = row.shift.saturating_mul(params.period().seconds().into());
    let seconds = portal.clock.now_seconds().saturating_add_signed(there);
    match otp::verify(&secret, &params, code, seconds, Window::ONE, last_step) {
        Ok(accepted) => {
            let step = i64::try_from(accepted.step).map_err(Problem::internal)?;
            let spent = second_factor::Entity::update_many()
                .col_expr(second_factor::Column::LastStep, Expr::value(step))
                .col_expr(second_factor::Column::Drift, Expr::value(accepted.drift.saturating_add(row.shift)))
                .filter(second_factor::Column::Id.eq(row.id))
                .filter(second_factor::Column::State.eq(second_factor::State::Active))
                .filter(second_factor::Column::LastStep.lt(step))
                .exec(tx)
                .await?;
            Ok(if spent.rows_affected == 1 { Ok(()) } else { Err(Rejection::Reused.code()) })
        }
        Err(rejection) => Ok(Err(rejection.code())),
    }
}

async fn check_recovery_code(
    portal: &Portal,
    account: Uuid,
    source: Source,
    typed: &str,
    purpose: Purpose,
) -> Outcome<Passed> {
    let counts = Counts::new(portal, Kind::Recovery, account, source);
    let now = portal.clock.now();
    count(portal, &counts, account, now, purpose).await?.commit().await?;
    // The hash takes its time, outside of any transaction. What cannot be a code is refused without one: that tells
    // nothing but its form.
    let hash = match RecoveryCode::read(typed) {
        Some(code) => Some(portal.passwords.run(move || code.hash(account)).await?.map_err(Problem::internal)?),
        None => None,
    };
    let tx = storage::begin(&portal.db).await?;
    let Some(hash) = hash else {
        return Err(refuse(portal, tx, &counts, account, now, "recovery_malformed", purpose).await?);
    };
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::Hash.eq(hash.to_vec()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(&tx)
        .await?;
    if spent.rows_affected != 1 || find(&tx, account, second_factor::State::Active).await?.is_none() {
        return Err(refuse(portal, tx, &counts, account, now, "recovery_wrong", purpose).await?);
    }
    // The way out of the hard stop: whoever holds a recovery code is the owner.
    throttle::clear(&tx, &counts::account_scope(Kind::Code, account)).await?;
    let left = recovery_codes_left(&tx, account).await?;
    audit::record(
        &tx,
        now,
        Event::RecoveryCodeUsed,
        Some(account),
        Some(account),
        json!({ "purpose": purpose.code(), "left": left }),
    )
    .await?;
    tell(portal, &tx, now, account, Letter::RecoveryCodeUsed, json!({ "left": left })).await?;
    Ok(Passed { by_recovery_code: true, ..Passed::new(portal, tx, counts, left) })
}

/// Counts a try and hands back the transaction to judge it in.
///
/// # Errors
/// The answer to a try that must not be judged.
async fn count(
    portal: &Portal,
    counts: &Counts,
    account: Uuid,
    now: Millis,
    purpose: Purpose,
) -> Outcome<DatabaseTransaction> {
    let (tx, counted) = counts.begin(portal, now).await?;
    let refusal = match counted {
        Counted::Go => return Ok(tx),
        Counted::SourcePauses(verdict) => {
            let details = json!({ "scope": "source", "purpose": purpose.code() });
            audit::record(&tx, now, Event::Throttled, None, Some(account), details).await?;
            verdict.problem()
        }
        Counted::AccountPauses(verdict) => {
            let reason = if verdict == Verdict::Stopped { "stopped" } else { "pausing" };
            let details = json!({ "reason": reason, "purpose": purpose.code() });
            audit::record(&tx, now, Event::CodeRefused, None, Some(account), details).await?;
            refusal(Some(verdict), portal)
        }
    };
    tx.commit().await?;
    Err(refusal)
}

/// Records why a counted try was refused, tells the owner where the owner should know, commits, and hands back the answer.
async fn refuse(
    portal: &Portal,
    tx: DatabaseTransaction,
    counts: &Counts,
    account: Uuid,
    now: Millis,
    reason: &'static str,
    purpose: Purpose,
) -> Outcome<Problem> {
    audit::record(
        &tx,
        now,
        Event::CodeRefused,
        None,
        Some(account),
        json!({ "reason": reason, "purpose": purpose.code() }),
    )
    .await?;
    let pause = counts.pause(&tx, now).await?;
    // Everybody who gets here knows the password, or has the owner's session.
    let letter = match pause {
        Some(Verdict::Stopped) => Some(("stopped", Letter::CodesStopped)),
        Some(_) => Some(("pausing", Letter::CodesRefused)),
        None if reason == Rejection::Reused.code() => Some(("reused", Letter::CodeReused)),
        None => None,
    };
    if let Some((name, letter)) = letter
        && counts::may_notify(&tx, now, name, account).await?
    {
        tell(portal, &tx, now, account, letter, json!({})).await?;
    }
    tx.commit().await?;
    portal.outbox.wake();
    Ok(refusal(pause, portal))
}

/// The one answer. `Retry-After` follows from the number of tries alone, never from what was tried.
fn refusal(pause: Option<Verdict>, portal: &Portal) -> Problem {
    let seconds = match pause {
        Some(Verdict::Wait(millis)) => Some(throttle::whole_seconds(millis)),
        Some(Verdict::Stopped) => Some(portal.config.throttle.longest_pause_seconds.into()),
        Some(Verdict::Go) | None => None,
    };
    let problem = Problem::new(Code::CodeRefused);
    match seconds {
        Some(seconds) => problem.retry_after(seconds),
        None => problem,
    }
}

/// The shared secret of a row.
pub(super) fn open(portal: &Portal, row: &second_factor::Model) -> Result<gatepass_core::secret::Secret, SealError> {
    seal::open(&portal.keys, Place::of(row), &row.sealed_secret, row.key_version)
}

/// The parameters of a row.
pub(super) fn params(row: &second_factor::Model) -> Outcome<TotpParams> {
    let strange = || Problem::internal(anyhow::anyhow!("second factor {} has parameters that nobody wrote", row.id));
    let algorithm = Algorithm::from_name(&row.algorithm).ok_or_else(strange)?;
    let digits = u8::try_from(row.digits).ok().and_then(|digits| Digits::new(digits).ok()).ok_or_else(strange)?;
    let period = u32::try_from(row.period).ok().and_then(|period| Period::new(period).ok()).ok_or_else(strange)?;
    Ok(TotpParams::new(algorithm, Format::Decimal(digits), period))
}
