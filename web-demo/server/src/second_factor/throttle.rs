//! Which counts a try of a second factor meets: its account's and its source's, before it is judged.

use sea_orm::{DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement};
use uuid::Uuid;

use crate::{
    app::Portal,
    clock::Millis,
    request::Source,
    storage,
    throttle::{self, Policy, Scope, Verdict},
};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A rolling code: a million values, so there is an end to trying (`throttle.hard_stop`).
    Code,
    /// A recovery code: 2^80 values. No end to trying, or the way out could be shut by somebody else.
    Recovery,
    /// The first code of a pending enrolment.
    Enrolment,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::Enrolment => "enrolment",
        }
    }
}

/// The two counts of one try.
#[derive(Debug)]
pub(super) struct Counts {
    account: Scope,
    source: Scope,
    account_policy: Policy,
    source_policy: Policy,
}

impl Counts {
    pub(super) fn new(portal: &Portal, kind: Kind, account: Uuid, source: Source) -> Self {
        let config = &portal.config.throttle;
        Self {
            account: account_scope(kind, account),
            // One count per source for all kinds: whoever changes from codes to recovery codes has no more tries.
            source: Scope::source(Kind::Code.name(), source.0),
            account_policy: if kind == Kind::Code { Policy::code(config) } else { Policy::account(config) },
            source_policy: Policy::source(config),
        }
    }

    /// Counts the try for its source and its account, and begins the transaction that judges it. On SQLite both counts are
    /// in the transaction (one write, one flush). On PostgreSQL the source's comes before, so that the logins of one
    /// workshop do not queue for their shared row as long as a whole check takes; never beside it: a transaction that waits
    /// for a second connection can wait for ever. The account's is in the transaction: its row lock makes the tries of one
    /// account take turns.
    pub(super) async fn begin(&self, portal: &Portal, now: Millis) -> Result<(DatabaseTransaction, Counted), DbErr> {
        self.begin_reading(portal, now, Vec::new()).await.map(|(tx, counted, _)| (tx, counted))
    }

    /// [`begin`](Self::begin), and the rows that these statements read once the try is counted.
    pub(super) async fn begin_reading(
        &self,
        portal: &Portal,
        now: Millis,
        reads: Vec<Statement>,
    ) -> Result<(DatabaseTransaction, Counted, Vec<QueryResult>), DbErr> {
        let (source, account) = ((&self.source, self.source_policy), (&self.account, self.account_policy));
        if portal.db.get_database_backend() == DbBackend::Sqlite {
            let tx = storage::begin(&portal.db).await?;
            let ([source, account], rows) = throttle::count_each(&tx, now, [source, account], reads).await?;
            if source == Verdict::Go {
                return Ok((tx, Counted::at(account), rows));
            }
            // What its source may not try does not count for the account.
            tx.rollback().await?;
            return Ok((storage::begin(&portal.db).await?, Counted::SourcePauses(source), Vec::new()));
        }
        let source = throttle::count(&portal.db, now, source.0, source.1).await?;
        let tx = storage::begin(&portal.db).await?;
        if source != Verdict::Go {
            return Ok((tx, Counted::SourcePauses(source), Vec::new()));
        }
        let ([account], rows) = throttle::count_each(&tx, now, [account], reads).await?;
        Ok((tx, Counted::at(account), rows))
    }

    /// The pause that is in force for the account after this try.
    pub(super) async fn pause(&self, tx: &DatabaseTransaction, now: Millis) -> Result<Option<Verdict>, DbErr> {
        throttle::pause(tx, now, &self.account).await
    }

    /// The try was right. The source's row comes last: it is the one others wait for.
    pub(super) fn right(&self, tx: &DatabaseTransaction) -> [Statement; 2] {
        [throttle::clearing(tx, &self.account), throttle::giving_back(tx, &self.source, self.source_policy)]
    }
}

/// What counting a try found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// It may be judged.
    Go,
    /// Its source pauses; the account's count did not grow.
    SourcePauses(Verdict),
    /// Its account pauses.
    AccountPauses(Verdict),
}

impl Counted {
    fn at(account: Verdict) -> Self {
        if account == Verdict::Go { Self::Go } else { Self::AccountPauses(account) }
    }
}

/// The count of one kind of tries of one account.
pub(super) fn account_scope(kind: Kind, account: Uuid) -> Scope {
    Scope::account(kind.name(), &account.to_string())
}

/// Whether a notice of this name may go to the account now: at most one an hour, however often its cause comes about.
pub(super) async fn may_notify(
    tx: &DatabaseTransaction,
    now: Millis,
    notice: &str,
    account: Uuid,
) -> Result<bool, DbErr> {
    let scope = Scope::account("notice", &format!("{notice}/{account}"));
    Ok(throttle::count(tx, now, &scope, Policy::hourly()).await? == Verdict::Go)
}
