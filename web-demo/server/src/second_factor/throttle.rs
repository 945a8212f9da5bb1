//! Which counts a try of a second factor meets: its account's and its source's, before it is judged.

use sea_orm::{DatabaseTransaction, DbBackend, DbErr};
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

    /// Counts the try for its source and begins the transaction that judges it. On SQLite the count is in the transaction
    /// (one write, one flush). On PostgreSQL it comes before, so that the logins of one workshop do not queue for their
    /// shared row as long as a whole check takes; never beside it: a transaction that waits for a second connection can
    /// wait for ever.
    pub(super) async fn begin(&self, portal: &Portal, now: Millis) -> Result<(DatabaseTransaction, Verdict), DbErr> {
        if portal.db.get_database_backend() == DbBackend::Sqlite {
            let tx = storage::begin(&portal.db).await?;
            let verdict = throttle::count(&tx, now, &self.source, self.source_policy).await?;
            Ok((tx, verdict))
        } else {
            let verdict = throttle::count(&portal.db, now, &self.source, self.source_policy).await?;
            Ok((storage::begin(&portal.db).await?, verdict))
        }
    }

    /// Counts the try for its account. In the transaction: its row lock makes the tries of one account take turns.
    pub(super) async fn count_account(&self, tx: &DatabaseTransaction, now: Millis) -> Result<Verdict, DbErr> {
        throttle::count(tx, now, &self.account, self.account_policy).await
    }

    /// The pause that is in force for the account after this try.
    pub(super) async fn pause(&self, tx: &DatabaseTransaction, now: Millis) -> Result<Option<Verdict>, DbErr> {
        throttle::pause(tx, now, &self.account).await
    }

    /// The try was right. The source's row comes last: it is the one others wait for.
    pub(super) async fn right(&self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        throttle::clear(tx, &self.account).await?;
        throttle::give_back(tx, &self.source, self.source_policy).await
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
