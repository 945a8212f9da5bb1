//! Checking what a person offers as second factor.

use gatepass_core::otp::{self, Algorithm, Digits, Format, Period, Rejection, TotpParams, Window};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryResult, QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Expr, Query},
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
        together::{self, Write},
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
    /// Another authenticator in the place of the active one.
    Replacement,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::ToolLogin => "tool_login",
            Self::Permit => "permit",
            Self::RecoveryCodes => "recovery_codes",
            Self::Removal => "removal",
            Self::Replacement => "replacement",
        }
    }
}

/// A proof that was right, in a transaction that still is open. It is spent by what it allows: [`Passed::commit_with`] the
/// writes that do it, or [`Passed::spend`] it and go on in the transaction. Without either nothing happened, and the code
/// still is good.
#[derive(Debug)]
#[must_use = "a proof counts only when its transaction is committed"]
pub struct Passed {
    attempt: Try,
    tx: DatabaseTransaction,
    spending: Option<Write<()>>,
    account: account::Model,
    recovery_codes_left: u64,
}

/// A proof that is spent when its transaction is committed.
#[derive(Debug)]
#[must_use = "a proof counts only when its transaction is committed"]
pub struct Spent {
    attempt: Try,
    tx: DatabaseTransaction,
}

impl Passed {
    /// Whose proof it was.
    #[must_use]
    pub fn account(&self) -> &account::Model {
        &self.account
    }

    /// Recovery codes that are left after this.
    #[must_use]
    pub fn recovery_codes_left(&self) -> u64 {
        self.recovery_codes_left
    }

    /// Spends the proof and makes the writes, all of it or nothing.
    ///
    /// # Errors
    /// The code of the first write that does not find its row; as [`check()`] when the code was spent meanwhile.
    pub async fn commit_with(self, writes: Vec<Write<Code>>) -> Outcome<()> {
        let spending = self.spending.map(|write| write.map(|()| None));
        let last = self.attempt.counts.right(&self.tx).map(Write::any);
        let all = spending.into_iter().chain(writes.into_iter().map(|write| write.map(Some))).chain(last).collect();
        match together::write(&self.tx, all).await? {
            Ok(()) => {
                self.tx.commit().await?;
                self.attempt.portal.outbox.wake();
                Ok(())
            }
            Err(Some(code)) => Err(code.into()),
            Err(None) => Err(self.attempt.spent_meanwhile(self.tx).await?),
        }
    }

    /// Spends the proof, to go on in its transaction.
    ///
    /// # Errors
    /// As [`check()`] when the code was spent meanwhile.
    pub async fn spend(self) -> Outcome<Spent> {
        match together::write(&self.tx, self.spending.into_iter().collect()).await? {
            Ok(()) => Ok(Spent { attempt: self.attempt, tx: self.tx }),
            Err(()) => Err(self.attempt.spent_meanwhile(self.tx).await?),
        }
    }
}

impl Spent {
    /// The transaction.
    #[must_use]
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Makes it so.
    ///
    /// # Errors
    /// When the database does; then nothing happened.
    pub async fn commit(self) -> Outcome<()> {
        together::execute(&self.tx, self.attempt.counts.right(&self.tx).into()).await?;
        self.tx.commit().await?;
        self.attempt.portal.outbox.wake();
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

/// What a code is judged by.
struct Known {
    recovery_codes_left: u64,
    account: Option<account::Model>,
    factor: Option<second_factor::Model>,
}

impl Known {
    /// The statements that read it.
    fn reads(backend: DbBackend, account: Uuid) -> Vec<Statement> {
        vec![
            unused(account).select_only().column_as(recovery_code::Column::Id.count(), "left").build(backend),
            account::Entity::find_by_id(account).build(backend),
            of(account, second_factor::State::Active).build(backend),
        ]
    }

    /// From their rows.
    fn from_rows(rows: Vec<QueryResult>) -> Result<Self, DbErr> {
        let mut rows = rows.into_iter();
        let left = rows.next().map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default();
        let account = rows.next().map(|row| account::Model::from_query_result(&row, "")).transpose()?;
        let factor = rows.next().map(|row| second_factor::Model::from_query_result(&row, "")).transpose()?;
        Ok(Self { recovery_codes_left: u64::try_from(left).unwrap_or_default(), account, factor })
    }
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
    let attempt = Try::new(portal, Kind::Code, account, source, purpose);
    let (tx, rows) = attempt.count(Known::reads(portal.db.get_database_backend(), account)).await?;
    let Known { recovery_codes_left, account, factor } = Known::from_rows(rows)?;
    let verdict = match factor {
        Some(row) => judge(portal, &tx, row, code).await?,
        None => Err("no_second_factor"),
    };
    match (verdict, account) {
        // What it was good for is recorded by whoever does it, in the same transaction.
        (Ok(spending), Some(account)) => {
            Ok(Passed { attempt, tx, spending: Some(spending), account, recovery_codes_left })
        }
        (Ok(_), None) => Err(attempt.refuse(tx, "no_second_factor").await?),
        (Err(reason), _) => Err(attempt.refuse(tx, reason).await?),
    }
}

/// What spends a right code, or why it is not right. Of any number of parallel posts of one code, on any number of portals,
/// one finds the row with an older step (RFC 6238 §5.2).
async fn judge(
    portal: &Portal,
    tx: &DatabaseTransaction,
    row: second_factor::Model,
    code: &str,
) -> Outcome<Result<Write<()>, &'static str>> {
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
    let accepted = match otp::verify(&secret, &params, code, seconds, Window::ONE, last_step) {
        Ok(accepted) => accepted,
        Err(rejection) => return Ok(Err(rejection.code())),
    };
    let step = i64::try_from(accepted.step).map_err(Problem::internal)?;
    let mut spend = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .col_expr(second_factor::Column::Drift, Expr::value(accepted.drift.saturating_add(row.shift)))
        .filter(second_factor::Column::Id.eq(row.id))
        .filter(second_factor::Column::State.eq(second_factor::State::Active))
        .filter(second_factor::Column::LastStep.lt(step));
    QueryTrait::query(&mut spend).returning(Query::returning().expr(together::hit("step")));
    Ok(Ok(Write::must("step", spend.build(tx.get_database_backend()), ())))
}

async fn check_recovery_code(
    portal: &Portal,
    account: Uuid,
    source: Source,
    typed: &str,
    purpose: Purpose,
) -> Outcome<Passed> {
    let attempt = Try::new(portal, Kind::Recovery, account, source, purpose);
    let now = attempt.now;
    attempt.count(Vec::new()).await?.0.commit().await?;
    // The hash takes its time, outside of any transaction. What cannot be a code is refused without one: that tells
    // nothing but its form.
    let hash = match RecoveryCode::read(typed) {
        Some(code) => Some(portal.passwords.run(move || code.hash(account)).await?.map_err(Problem::internal)?),
        None => None,
    };
    let tx = storage::begin(&portal.db).await?;
    let Some(hash) = hash else {
        return Err(attempt.refuse(tx, "recovery_malformed").await?);
    };
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::Hash.eq(hash.to_vec()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(&tx)
        .await?;
    let rows = together::query(&tx, Known::reads(tx.get_database_backend(), account)).await?;
    let known = Known::from_rows(rows)?;
    let (1, Some(owner), Some(_)) = (spent.rows_affected, known.account, known.factor) else {
        return Err(attempt.refuse(tx, "recovery_wrong").await?);
    };
    // The way out of the hard stop: whoever holds a recovery code is the owner.
    throttle::clear(&tx, &counts::account_scope(Kind::Code, account)).await?;
    let left = known.recovery_codes_left;
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
    Ok(Passed { attempt, tx, spending: None, account: owner, recovery_codes_left: left })
}

/// One try of a second factor: whose, from where, what for, when.
#[derive(Debug)]
struct Try {
    portal: Portal,
    counts: Counts,
    account: Uuid,
    purpose: Purpose,
    now: Millis,
}

impl Try {
    fn new(portal: &Portal, kind: Kind, account: Uuid, source: Source, purpose: Purpose) -> Self {
        let counts = Counts::new(portal, kind, account, source);
        Self { portal: portal.clone(), counts, account, purpose, now: portal.clock.now() }
    }

    /// Counts the try and hands back the transaction to judge it in, with the rows of these statements.
    ///
    /// # Errors
    /// The answer to a try that must not be judged.
    async fn count(&self, reads: Vec<Statement>) -> Outcome<(DatabaseTransaction, Vec<QueryResult>)> {
        let (tx, counted, rows) = self.counts.begin_reading(&self.portal, self.now, reads).await?;
        let refusal = match counted {
            Counted::Go => return Ok((tx, rows)),
            Counted::SourcePauses(verdict) => {
                // As below.
                if counts::may_notify(&tx, self.now, "source_paused", self.account).await? {
                    let details = json!({ "scope": "source", "purpose": self.purpose.code() });
                    audit::record(&tx, self.now, Event::Throttled, None, Some(self.account), details).await?;
                }
                verdict.problem()
            }
            Counted::AccountPauses(verdict) => {
                // A try that is not judged is noted once an hour: a flood of tries is no flood of rows.
                let (notice, reason) =
                    if verdict == Verdict::Stopped { ("code_stopped", "stopped") } else { ("code_pausing", "pausing") };
                if counts::may_notify(&tx, self.now, notice, self.account).await? {
                    self.record_refusal(&tx, reason).await?;
                }
                refusal(Some(verdict), &self.portal)
            }
        };
        tx.commit().await?;
        Err(refusal)
    }

    /// Records why a counted try was refused, tells the owner where the owner should know, commits, and hands back the
    /// answer.
    async fn refuse(&self, tx: DatabaseTransaction, reason: &'static str) -> Outcome<Problem> {
        self.record_refusal(&tx, reason).await?;
        let pause = self.counts.pause(&tx, self.now).await?;
        // Everybody who gets here knows the password, or has the owner's session.
        let letter = match pause {
            Some(Verdict::Stopped) => Some(("stopped", Letter::CodesStopped)),
            Some(_) => Some(("pausing", Letter::CodesRefused)),
            None if reason == Rejection::Reused.code() => Some(("reused", Letter::CodeReused)),
            None => None,
        };
        if let Some((name, letter)) = letter
            && counts::may_notify(&tx, self.now, name, self.account).await?
        {
            tell(&self.portal, &tx, self.now, self.account, letter, json!({})).await?;
        }
        tx.commit().await?;
        self.portal.outbox.wake();
        Ok(refusal(pause, &self.portal))
    }

    /// A code that was good when it was judged, and was not when it was to be spent: nothing of its transaction may stay
    /// but the count.
    async fn spent_meanwhile(&self, tx: DatabaseTransaction) -> Outcome<Problem> {
        tx.rollback().await?;
        let (tx, _) = self.count(Vec::new()).await?;
        self.refuse(tx, Rejection::Reused.code()).await
    }

    async fn record_refusal(&self, tx: &DatabaseTransaction, reason: &'static str) -> Result<(), DbErr> {
        let details = json!({ "reason": reason, "purpose": self.purpose.code() });
        audit::record(tx, self.now, Event::CodeRefused, None, Some(self.account), details).await
    }
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
