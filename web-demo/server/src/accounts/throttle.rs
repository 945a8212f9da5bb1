//! Which counts a try with a password meets, and a mail that somebody asks for: the account's (or address's) and the source's.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::types::EmailAddress;
use crate::{
    app::Portal,
    audit::{self, Event},
    clock::{MINUTE, Millis},
    mail::Letter,
    problem::Outcome,
    request::Source,
    storage::entities::{account, session},
    throttle::{self, Policy, Scope, Verdict},
};

/// The kind of a try with a password at the login, in the browser and at a tool.
const PASSWORD: &str = "login";
/// The kind of a try with the password inside a session. Counted for the session: what strangers try at the login must not
/// stop somebody who is logged in, and whoever took a session over has its tries and no more.
const PROMPT: &str = "prompt";
/// The kinds of a mail that somebody asks for: a reset's mails are counted alone, so that the newest of the mails that made
/// an address pause holds a link that works.
const MAIL: &str = "mail";
const RESET: &str = "reset";

/// The two counts of one try.
pub(super) struct Tries {
    account: Scope,
    source: Scope,
}

impl Tries {
    /// Counts a try with the password of `who`, whether there is such an account or not.
    pub(super) async fn with_password(portal: &Portal, who: &str, source: Source) -> Outcome<Self> {
        Self::count(portal, (PASSWORD, PASSWORD), who, source, Policy::account(&portal.config.throttle)).await
    }

    /// Counts a try with the password by somebody who is logged in.
    pub(super) async fn inside(portal: &Portal, session: Uuid, source: Source) -> Outcome<Self> {
        let policy = Policy::account(&portal.config.throttle);
        Self::count(portal, (PROMPT, PASSWORD), &session.to_string(), source, policy).await
    }

    /// What was asked for was refused, and no mail leaves. The source's count keeps the try: judging it was work.
    pub(super) async fn no_mail(self, portal: &Portal) -> Outcome<()> {
        throttle::give_back(&portal.db, &self.account, mail_policy(portal)).await?;
        Ok(())
    }

    /// The password was right.
    pub(super) async fn right(self, portal: &Portal) -> Outcome<()> {
        throttle::clear(&portal.db, &self.account).await?;
        throttle::give_back(&portal.db, &self.source, Policy::source(&portal.config.throttle)).await?;
        Ok(())
    }

    /// `kinds`: what the account's count and what the source's is called.
    async fn count(
        portal: &Portal,
        kinds: (&str, &str),
        who: &str,
        source: Source,
        account_policy: Policy,
    ) -> Outcome<Self> {
        let (config, now) = (&portal.config.throttle, portal.clock.now());
        let tries = Self { account: Scope::account(kinds.0, who), source: Scope::source(kinds.1, source.0) };
        for (by, kind, scope, policy) in [
            ("source", kinds.1, &tries.source, Policy::source(config)),
            ("account", kinds.0, &tries.account, account_policy),
        ] {
            count_noting(portal, now, kind, by, scope, policy).await?;
        }
        Ok(tries)
    }
}

/// The count of tries with the password of an account.
pub(super) fn password_scope(email_key: &str) -> Scope {
    Scope::account(PASSWORD, email_key)
}

/// Counts a mail to an address that somebody typed: nobody's mailbox is flooded, and nobody sends floods from here.
pub(super) async fn count_mail(
    portal: &Portal,
    source: Source,
    email: &EmailAddress,
    letter: Letter,
) -> Outcome<Tries> {
    let kind = if letter == Letter::ResetPassword { RESET } else { MAIL };
    Tries::count(portal, (kind, MAIL), &email.key(), source, mail_policy(portal)).await
}

/// For mails to one address. Whoever asks for somebody else's mails makes that address pause, so no pause is longer than half
/// the life of a reset's link: the owner can ask again, or has a mail whose link still works.
fn mail_policy(portal: &Portal) -> Policy {
    let policy = Policy::account(&portal.config.throttle);
    let half = Millis::from(portal.config.accounts.reset_minutes) * MINUTE / 2;
    Policy { longest_pause: policy.longest_pause.min(half), window: policy.window.min(half.max(1)), ..policy }
}

/// Forgets everything that was counted against an account's password and address: the helpdesk knows its owner.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forget(tx: &DatabaseTransaction, account: &account::Model) -> Outcome<()> {
    for kind in [PASSWORD, MAIL, RESET] {
        throttle::clear(tx, &Scope::account(kind, &account.email_key)).await?;
    }
    let sessions = session::Entity::find().filter(session::Column::AccountId.eq(account.id)).all(tx).await?;
    for session in sessions {
        throttle::clear(tx, &Scope::account(PROMPT, &session.id.to_string())).await?;
    }
    Ok(())
}

/// Counts a try, and notes when it is stopped.
///
/// # Errors
/// [`Code::Throttled`](crate::problem::Code::Throttled) when it is.
pub(crate) async fn count_noting(
    portal: &Portal,
    now: Millis,
    kind: &str,
    by: &str,
    scope: &Scope,
    policy: Policy,
) -> Outcome<()> {
    let verdict = throttle::count(&portal.db, now, scope, policy).await?;
    if verdict != Verdict::Go {
        note_pause(portal, now, kind, by, scope).await?;
    }
    verdict.or_problem()
}

/// Notes in the audit log that a count stops tries: once an hour, however many are stopped, so that a flood of requests is
/// no flood of rows.
async fn note_pause(portal: &Portal, now: Millis, kind: &str, by: &str, scope: &Scope) -> Outcome<()> {
    if throttle::count(&portal.db, now, &scope.notice(), Policy::hourly()).await? == Verdict::Go {
        audit::record(&portal.db, now, Event::Throttled, None, None, json!({ "kind": kind, "scope": by })).await?;
    }
    Ok(())
}
