//! Who did what to whom: rows that are only ever added, holding ids and codes.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryTrait, Set, Statement};
use serde_json::Value;
use uuid::Uuid;

use crate::{clock::Millis, storage::entities::audit};

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $code:literal;)*) => {
        /// What can happen. The strings stand in the database.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])* $variant,)* }

        impl Event {
            /// The stable code, snake_case.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
        }
    };
}

events! {
    /// An account was made.
    AccountRegistered = "account_registered";
    /// Somebody registered an address that has an account.
    AccountRegisteredAgain = "account_registered_again";
    /// A link proved the address.
    EmailConfirmed = "email_confirmed";
    /// Password (and code) were right.
    LoggedIn = "logged_in";
    /// Password was wrong or unknown address; `reason` says which.
    LoginRefused = "login_refused";
    /// One session ended by its user.
    LoggedOut = "logged_out";
    /// All sessions ended by their user.
    LoggedOutEverywhere = "logged_out_everywhere";
    /// A reset link was used.
    PasswordReset = "password_reset";
    /// The user set a new password.
    PasswordChanged = "password_changed";
    /// A link to a new address was asked for.
    EmailChangeAsked = "email_change_asked";
    /// The address changed.
    EmailChanged = "email_changed";
    /// A code was not taken; `reason` says why: the one place that tells.
    CodeRefused = "code_refused";
    /// A recovery code was right and is spent.
    RecoveryCodeUsed = "recovery_code_used";
    /// New recovery codes were made.
    RecoveryCodesMade = "recovery_codes_made";
    /// An authenticator's QR code was shown.
    EnrolmentStarted = "enrolment_started";
    /// A first code was not taken; `reason` says why.
    EnrolmentRefused = "enrolment_refused";
    /// An authenticator gave its first code.
    SecondFactorActivated = "second_factor_activated";
    /// The authenticator was removed, by its owner or the helpdesk.
    SecondFactorRemoved = "second_factor_removed";
    /// Two consecutive codes told by how much the authenticator's clock is off.
    SecondFactorResynced = "second_factor_resynced";
    /// The helpdesk opened codes again that the throttle had stopped.
    SecondFactorUnlocked = "second_factor_unlocked";
    /// A technician's identity was marked as verified.
    IdentityVerified = "identity_verified";
    /// The mark was taken away.
    IdentityUnverified = "identity_unverified";
    /// A technician logged in at a tool.
    ToolLoggedIn = "tool_logged_in";
    /// The password was right, but the tool login went no further; `reason` says why.
    ToolLoginRefused = "tool_login_refused";
    /// A technician logged out at a tool.
    ToolLoggedOut = "tool_logged_out";
    /// A permit was signed.
    PermitIssued = "permit_issued";
    /// A permit was spent.
    PermitRedeemed = "permit_redeemed";
    /// A genuine permit was not taken; `reason` says why.
    PermitRefused = "permit_refused";
    /// Every row was sealed with a new key.
    KeysRotated = "keys_rotated";
    /// The throttle stopped a try.
    Throttled = "throttled";
}

/// Adds a row, in the caller's transaction where there is one. `details` holds ids and codes only.
///
/// # Errors
/// When the database refuses; the caller's transaction should then end too.
pub async fn record(
    db: &impl ConnectionTrait,
    at: Millis,
    event: Event,
    actor: Option<Uuid>,
    subject: Option<Uuid>,
    details: Value,
) -> Result<(), DbErr> {
    db.execute_raw(entry(db, at, event, actor, subject, details)).await?;
    log(event, actor, subject);
    Ok(())
}

/// Says in the log what is in the table; [`record`] does.
pub fn log(event: Event, actor: Option<Uuid>, subject: Option<Uuid>) {
    tracing::info!(
        event = event.code(),
        actor = actor.map(tracing::field::display),
        subject = subject.map(tracing::field::display),
        "audit"
    );
}

/// The statement of [`record`], to run with others; [`log`] when they are committed.
pub fn entry(
    db: &impl ConnectionTrait,
    at: Millis,
    event: Event,
    actor: Option<Uuid>,
    subject: Option<Uuid>,
    details: Value,
) -> Statement {
    audit::Entity::insert(audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(at),
        actor: Set(actor),
        subject: Set(subject),
        event: Set(event.code().to_owned()),
        details: Set(details),
    })
    .build(db.get_database_backend())
}
