//! Tries are counted in the database *before* they are judged: parallel guesses, restarts and further processes all meet
//! the same count. The record behind it: `docs/decisions/throttle.md`.

use std::net::IpAddr;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult, Statement};
use sha2::{Digest, Sha256};

use crate::{
    clock::{HOUR, Millis, SECOND},
    config,
    problem::{Outcome, Problem},
    storage::{statement, together},
};

/// What is counted together: a kind of try, and by whom or from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(String);

impl Scope {
    /// Tries of `kind` against one account or address. `who` is hashed: the table holds no personal data.
    #[must_use]
    pub fn account(kind: &str, who: &str) -> Self {
        Self::new(kind, "account", who)
    }

    /// Tries of `kind` from one network source. An IPv6 source is its /64, which is what one customer gets.
    #[must_use]
    pub fn source(kind: &str, source: IpAddr) -> Self {
        let who = match source {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => v4.to_string(),
                None => {
                    let [a, b, c, d, ..] = v6.segments();
                    format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
                }
            },
        };
        Self::new(kind, "source", &who)
    }

    /// The count of notices that this scope pauses.
    #[must_use]
    pub fn notice(&self) -> Self {
        Self::account("notice", &self.0)
    }

    fn new(kind: &str, by: &str, who: &str) -> Self {
        let hash = Sha256::new()
            .chain_update(kind)
            .chain_update([0])
            .chain_update(by)
            .chain_update([0])
            .chain_update(who)
            .finalize();
        let short: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self(format!("{kind}/{by}/{short}"))
    }
}

/// How many tries, and how long the pauses.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Tries inside one window.
    pub tries: i64,
    /// Length of the window.
    pub window: Millis,
    /// The first pause; each further one is twice as long. A pause lasts at least to the end of its window.
    pub first_pause: Millis,
    /// No pause is longer.
    pub longest_pause: Millis,
    /// Every try moves the window: inside any stretch of its length there are at most [`tries`](Self::tries), and a pause
    /// lasts at least that long.
    pub rolling: bool,
    /// After so many tries without a success there is no further one; [`clear`] opens it again.
    pub hard_stop: Option<i64>,
}

impl Policy {
    /// For one account.
    #[must_use]
    pub fn account(config: &config::Throttle) -> Self {
        Self { tries: config.account_tries.into(), ..Self::source(config) }
    }

    /// For one account, with an end after `throttle.hard_stop` tries in a row: for codes, which can be guessed.
    #[must_use]
    pub fn code(config: &config::Throttle) -> Self {
        Self { hard_stop: Some(config.hard_stop.into()), rolling: true, ..Self::account(config) }
    }

    /// Once an hour: for notices of what may come about often.
    #[must_use]
    pub fn hourly() -> Self {
        Self { tries: 1, window: HOUR, first_pause: HOUR, longest_pause: HOUR, rolling: false, hard_stop: None }
    }

    /// For one network source.
    #[must_use]
    pub fn source(config: &config::Throttle) -> Self {
        Self {
            tries: config.source_tries.into(),
            window: Millis::from(config.window_seconds) * SECOND,
            first_pause: Millis::from(config.first_pause_seconds) * SECOND,
            longest_pause: Millis::from(config.longest_pause_seconds) * SECOND,
            rolling: false,
            hard_stop: None,
        }
    }
}

/// What [`count`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The try is counted and may be judged.
    Go,
    /// Not counted, not to be judged; again after so many milliseconds.
    Wait(Millis),
    /// Not counted; only [`clear`] helps (a recovery code, a reset).
    Stopped,
}

impl Verdict {
    /// [`Verdict::Go`], or the problem to answer with.
    ///
    /// # Errors
    /// [`Code::Throttled`](crate::problem::Code::Throttled) otherwise.
    pub fn or_problem(self) -> Outcome<()> {
        if self == Self::Go { Ok(()) } else { Err(self.problem()) }
    }

    /// The answer to a try that is not to be judged.
    #[must_use]
    pub fn problem(self) -> Problem {
        Problem::throttled(match self {
            Self::Go => 1,
            Self::Wait(millis) => whole_seconds(millis),
            Self::Stopped => 24 * 60 * 60,
        })
    }
}

/// A pause as `Retry-After` says it: rounded up.
#[must_use]
pub fn whole_seconds(pause: Millis) -> u64 {
    u64::try_from(pause.saturating_add(SECOND - 1) / SECOND).unwrap_or(1)
}

/// Until [`clear`].
const FOR_EVER: Millis = Millis::MAX / 2;

/// Counts one try in one statement, unless the scope is pausing. Call it before the try is judged, and outside a
/// transaction that a failure would roll back.
///
/// # Errors
/// When the database does.
pub async fn count(db: &impl ConnectionTrait, now: Millis, scope: &Scope, policy: Policy) -> Result<Verdict, DbErr> {
    if db.query_one_raw(counting(db, now, scope, policy)).await?.is_some() {
        return Ok(Verdict::Go);
    }
    waiting(db, now, scope).await
}

/// Counts one try of each, and then reads, together; what each try found, in their order, and the rows that were read.
///
/// # Errors
/// When the database does.
pub async fn count_each<const N: usize>(
    tx: &DatabaseTransaction,
    now: Millis,
    tries: [(&Scope, Policy); N],
    reads: Vec<Statement>,
) -> Result<([Verdict; N], Vec<QueryResult>), DbErr> {
    let mut statements: Vec<_> = tries.iter().map(|(scope, policy)| counting(tx, now, scope, *policy)).collect();
    statements.extend(reads);
    let mut rows = together::query(tx, statements).await?;
    let first_read = rows.iter().position(|row| row.column_names().first().is_none_or(|name| name != COUNTED));
    let read = rows.split_off(first_read.unwrap_or(rows.len()));
    let counted = rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect::<Result<Vec<_>, _>>()?;
    let mut verdicts = [Verdict::Go; N];
    for (verdict, (scope, _)) in verdicts.iter_mut().zip(tries) {
        if !counted.contains(&scope.0) {
            *verdict = waiting(tx, now, scope).await?;
        }
    }
    Ok((verdicts, read))
}

/// What [`counting`] calls its row's column.
const COUNTED: &str = "counted_scope";

/// The statement that counts a try; it gives a row unless the scope is pausing.
fn counting(db: &impl ConnectionTrait, now: Millis, scope: &Scope, policy: Policy) -> Statement {
    // $1 scope, $2 now, $3 window, $4 tries, $5 first pause, $6 longest pause, $7 hard stop, $8 for ever, $9 rolling.
    // A window or a pause that lies further ahead than any can is of a clock that has been set right since, and over. More by a
    // window: the clocks of two processes may differ.
    const SQL: &str = "
        INSERT INTO throttle (scope, failures, window_start, blocked_until, total)
        VALUES ($1, 1, $2, CASE WHEN $4 <= 1 THEN $2 + $3 ELSE 0 END, 1)
        ON CONFLICT (scope) DO UPDATE SET
            failures = CASE WHEN (throttle.window_start + $3 <= $2 OR throttle.window_start > $2 + $3) THEN 1 ELSE throttle.failures + 1 END,
            window_start = CASE WHEN $9 = 1 OR (throttle.window_start + $3 <= $2 OR throttle.window_start > $2 + $3) THEN $2 ELSE throttle.window_start END,
            total = throttle.total + 1,
            blocked_until = CASE
                WHEN throttle.total + 1 >= $7 THEN $8
                WHEN (CASE WHEN (throttle.window_start + $3 <= $2 OR throttle.window_start > $2 + $3) THEN 1 ELSE throttle.failures + 1 END) < $4 THEN 0
                WHEN $2 + (CASE WHEN (throttle.total + 1) / $4 > 12 THEN $6
                                WHEN $5 * (1 << CAST((throttle.total + 1) / $4 - 1 AS INTEGER)) > $6 THEN $6
                                ELSE $5 * (1 << CAST((throttle.total + 1) / $4 - 1 AS INTEGER)) END)
                     > (CASE WHEN $9 = 1 OR (throttle.window_start + $3 <= $2 OR throttle.window_start > $2 + $3) THEN $2 ELSE throttle.window_start END) + $3
                THEN $2 + (CASE WHEN (throttle.total + 1) / $4 > 12 THEN $6
                                WHEN $5 * (1 << CAST((throttle.total + 1) / $4 - 1 AS INTEGER)) > $6 THEN $6
                                ELSE $5 * (1 << CAST((throttle.total + 1) / $4 - 1 AS INTEGER)) END)
                ELSE (CASE WHEN $9 = 1 OR (throttle.window_start + $3 <= $2 OR throttle.window_start > $2 + $3) THEN $2 ELSE throttle.window_start END) + $3
            END
        WHERE throttle.blocked_until <= $2
           OR (throttle.blocked_until > $2 + $3 + (CASE WHEN $3 > $6 THEN $3 ELSE $6 END) AND throttle.blocked_until < $8)
        RETURNING scope AS counted_scope";
    let values = vec![
        scope.0.clone().into(),
        now.into(),
        policy.window.into(),
        policy.tries.into(),
        policy.first_pause.into(),
        policy.longest_pause.into(),
        policy.hard_stop.unwrap_or(FOR_EVER).into(),
        FOR_EVER.into(),
        i64::from(policy.rolling).into(),
    ];
    statement(db, SQL, values)
}

/// How long a scope that did not count a try still pauses.
async fn waiting(db: &impl ConnectionTrait, now: Millis, scope: &Scope) -> Result<Verdict, DbErr> {
    let row = db
        .query_one_raw(statement(
            db,
            "SELECT blocked_until FROM throttle WHERE scope = $1",
            vec![scope.0.clone().into()],
        ))
        .await?;
    let until: Millis = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(now);
    Ok(if until >= FOR_EVER { Verdict::Stopped } else { Verdict::Wait(until.saturating_sub(now).max(1)) })
}

/// The pause that is in force for a scope, if one is.
///
/// # Errors
/// When the database does.
pub async fn pause(db: &impl ConnectionTrait, now: Millis, scope: &Scope) -> Result<Option<Verdict>, DbErr> {
    let row = db
        .query_one_raw(statement(
            db,
            "SELECT blocked_until FROM throttle WHERE scope = $1",
            vec![scope.0.clone().into()],
        ))
        .await?;
    let until: Millis = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(now);
    Ok(match until {
        until if until >= FOR_EVER => Some(Verdict::Stopped),
        until if until > now => Some(Verdict::Wait(until - now)),
        _ => None,
    })
}

/// Forgets all tries of a scope: the right answer was given.
///
/// # Errors
/// When the database does.
pub async fn clear(db: &impl ConnectionTrait, scope: &Scope) -> Result<(), DbErr> {
    db.execute_raw(clearing(db, scope)).await.map(|_| ())
}

/// The statement of [`clear`].
pub fn clearing(db: &impl ConnectionTrait, scope: &Scope) -> Statement {
    statement(db, "DELETE FROM throttle WHERE scope = $1", vec![scope.0.clone().into()])
}

/// Takes one try back: it was right. For sources, where a right answer of one account must not wipe out the wrong ones of
/// all others.
///
/// # Errors
/// When the database does.
pub async fn give_back(db: &impl ConnectionTrait, scope: &Scope, policy: Policy) -> Result<(), DbErr> {
    db.execute_raw(giving_back(db, scope, policy)).await.map(|_| ())
}

/// The statement of [`give_back`].
pub fn giving_back(db: &impl ConnectionTrait, scope: &Scope, policy: Policy) -> Statement {
    const SQL: &str = "
        UPDATE throttle SET failures = failures - 1, total = total - 1,
            blocked_until = CASE WHEN failures - 1 < $2 THEN 0 ELSE blocked_until END
        WHERE scope = $1 AND failures > 0";
    statement(db, SQL, vec![scope.0.clone().into(), policy.tries.into()])
}

/// Deletes rows that no longer say anything: not pausing, and the last window began longer than the longest pause ago. From
/// then on pauses are short again. Rows that count towards a hard stop are kept: that count has no end but a success.
///
/// # Errors
/// When the database does.
pub async fn forget_old(db: &impl ConnectionTrait, now: Millis, config: &config::Throttle) -> Result<u64, DbErr> {
    const SQL: &str =
        "DELETE FROM throttle WHERE blocked_until <= $1 AND window_start < $2 AND scope NOT LIKE 'code/account/%'";
    let age = Millis::from(config.window_seconds.saturating_add(config.longest_pause_seconds)) * SECOND;
    let done = db.execute_raw(statement(db, SQL, vec![now.into(), (now - age).into()])).await?;
    Ok(done.rows_affected())
}
