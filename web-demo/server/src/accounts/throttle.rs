//! Which counts a try with a password meets, and a mail that somebody asks for: the account's (or address's) and the source's.

use serde_json::json;

use super::types::EmailAddress;
use crate::{
    app::Portal,
    audit::{self, Event},
    clock::Millis,
    problem::Outcome,
    request::Source,
    throttle::{self, Policy, Scope, Verdict},
};

/// The kind of a try with a password: at the login, in the browser and at a tool, and inside a session.
const PASSWORD: &str = "login";

/// The two counts of one try.
pub(super) struct Tries {
    account: Scope,
    source: Scope,
}

impl Tries {
    /// Counts a try with the password of `who`, whether there is such an account or not.
    pub(super) async fn with_password(portal: &Portal, who: &str, source: Source) -> Outcome<Self> {
        Self::count(portal, PASSWORD, who, source).await
    }

    /// The password was right.
    pub(super) async fn right(self, portal: &Portal) -> Outcome<()> {
        throttle::clear(&portal.db, &self.account).await?;
        throttle::give_back(&portal.db, &self.source, Policy::source(&portal.config.throttle)).await?;
        Ok(())
    }

    async fn count(portal: &Portal, kind: &str, who: &str, source: Source) -> Outcome<Self> {
        let (config, now) = (&portal.config.throttle, portal.clock.now());
        let tries = Self { account: Scope::account(kind, who), source: Scope::source(kind, source.0) };
        for (by, scope, policy) in
            [("source", &tries.source, Policy::source(config)), ("account", &tries.account, Policy::account(config))]
        {
            let verdict = throttle::count(&portal.db, now, scope, policy).await?;
            if verdict != Verdict::Go {
                note_pause(portal, now, kind, by, scope).await?;
                verdict.or_problem()?;
            }
        }
        Ok(tries)
    }
}

/// The count of tries with the password of an account.
pub(super) fn password_scope(email_key: &str) -> Scope {
    Scope::account(PASSWORD, email_key)
}

/// Counts a mail to an address that somebody typed: nobody's mailbox is flooded, and nobody sends floods from here.
pub(super) async fn count_mail(portal: &Portal, source: Source, email: &EmailAddress) -> Outcome<()> {
    Tries::count(portal, "mail", &email.key(), source).await.map(|_| ())
}

/// Notes in the audit log that a count stops tries: once an hour, however many are stopped, so that a flood of requests is
/// no flood of rows.
async fn note_pause(portal: &Portal, now: Millis, kind: &str, by: &str, scope: &Scope) -> Outcome<()> {
    if throttle::count(&portal.db, now, &scope.notice(), Policy::hourly()).await? == Verdict::Go {
        audit::record(&portal.db, now, Event::Throttled, None, None, json!({ "kind": kind, "scope": by })).await?;
    }
    Ok(())
}
