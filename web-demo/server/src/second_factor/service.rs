//! What a user does with a second factor that is there: look at its state, make new recovery codes, remove it.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    check::{self, Proof, Purpose, find},
    enrolment::{self, Enrolment},
    throttle::{self as counts, Kind},
};
use crate::{
    accounts::{
        sessions::{self, Keep},
        throttle as password_counts,
    },
    app::Portal,
    audit::{self, Event},
    clock::Millis,
    mail::Letter,
    problem::{Code, Outcome},
    request::Source,
    storage::{
        self,
        entities::{account, recovery_code, second_factor, tool_login},
    },
    throttle,
};

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No authenticator.
    None,
    /// Shown, not yet confirmed.
    Pending,
    /// Codes are asked for.
    Active {
        /// Since when.
        since: Millis,
    },
}

/// [`State`] and the recovery codes that are left.
///
/// # Errors
/// When the database does not answer.
pub async fn status(portal: &Portal, account: Uuid) -> Outcome<(State, u64)> {
    if let Some(row) = find(&portal.db, account, second_factor::State::Active).await? {
        let left = check::recovery_codes_left(&portal.db, account).await?;
        return Ok((State::Active { since: row.activated_at.unwrap_or(row.created_at) }, left));
    }
    let now = portal.clock.now();
    let pending = find(&portal.db, account, second_factor::State::Pending).await?;
    let waits = pending.is_some_and(|row| row.pending_until.is_some_and(|until| now < until));
    Ok((if waits { State::Pending } else { State::None }, 0))
}

/// Whether logging in takes a code.
///
/// # Errors
/// When the database does not answer.
pub async fn is_active(db: &impl ConnectionTrait, account: Uuid) -> Outcome<bool> {
    Ok(find(db, account, second_factor::State::Active).await?.is_some())
}

/// Steps the authenticator's clock was off at its last code, for support: below 0 it is behind. `None` without one.
///
/// # Errors
/// When the database does not answer.
pub async fn drift(portal: &Portal, account: Uuid) -> Outcome<Option<i64>> {
    Ok(find(&portal.db, account, second_factor::State::Active).await?.map(|row| row.drift))
}

/// Starts an enrolment for a person who has just given the password. Where an authenticator is active, a code of it or a
/// recovery code is wanted too: whoever replaces it could else do with a password what removing it asks a code for.
///
/// # Errors
/// [`Code::CodeWanted`] when one is active and `proof` is missing; else as [`check::check`]; [`Code::PasswordWrong`] when the
/// password was changed since it was checked; as [`enrolment::begin`].
pub async fn begin_enrolment(
    portal: &Portal,
    account: &account::Model,
    source: Source,
    proof: Option<&Proof>,
) -> Outcome<Enrolment> {
    if is_active(&portal.db, account.id).await? {
        let proof = proof.ok_or(Code::CodeWanted)?;
        let spent = check::check(portal, account.id, source, proof, Purpose::Replacement).await?.spend().await?;
        if !sessions::hold_unchanged(spent.tx(), account).await? {
            return Err(Code::PasswordWrong.into());
        }
        let enrolment = enrolment::begin(portal, spent.tx(), account).await?;
        spent.commit().await?;
        return Ok(enrolment);
    }
    let tx = storage::begin(&portal.db).await?;
    if !sessions::hold_unchanged(&tx, account).await? {
        return Err(Code::PasswordWrong.into());
    }
    // One may have been activated meanwhile.
    if is_active(&tx, account.id).await? {
        return Err(Code::CodeWanted.into());
    }
    let enrolment = enrolment::begin(portal, &tx, account).await?;
    tx.commit().await?;
    Ok(enrolment)
}

/// New recovery codes in the place of all before, against a code of the authenticator.
///
/// # Errors
/// [`Code::SecondFactorMissing`]; else as [`check::check`].
pub async fn new_recovery_codes(
    portal: &Portal,
    account: Uuid,
    source: Source,
    code: Zeroizing<String>,
) -> Outcome<Vec<Zeroizing<String>>> {
    if !is_active(&portal.db, account).await? {
        return Err(Code::SecondFactorMissing.into());
    }
    check::check(portal, account, source, &Proof::Code(code), Purpose::RecoveryCodes)
        .await?
        .commit_with(Vec::new())
        .await?;
    // Hashing takes a quarter of a second: not while the check's transaction holds others up.
    let codes = enrolment::new_codes(portal, account).await?;
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    enrolment::store_codes(&tx, account, &codes, now).await?;
    audit::record(&tx, now, Event::RecoveryCodesMade, Some(account), Some(account), json!({})).await?;
    check::tell(portal, &tx, now, account, Letter::RecoveryCodesMade, json!({})).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(codes.into_iter().map(|(code, _)| code.shown()).collect())
}

/// Removes the second factor, against a code or a recovery code; the caller has asked for the password. Ends every session
/// but `keep`.
///
/// # Errors
/// [`Code::SecondFactorMissing`]; else as [`check::check`].
pub async fn remove(portal: &Portal, account: Uuid, source: Source, proof: &Proof, keep: Keep) -> Outcome<()> {
    if !is_active(&portal.db, account).await? {
        return Err(Code::SecondFactorMissing.into());
    }
    let spent = check::check(portal, account, source, proof, Purpose::Removal).await?.spend().await?;
    let (now, tx) = (portal.clock.now(), spent.tx());
    erase(tx, account).await?;
    sessions::end_all(tx, now, account, keep).await?;
    audit::record(tx, now, Event::SecondFactorRemoved, Some(account), Some(account), json!({ "by": "owner" })).await?;
    check::tell(portal, tx, now, account, Letter::SecondFactorRemoved, json!({})).await?;
    spent.commit().await
}

/// Removes the second factor for a person whom the helpdesk has identified. Ends every session; at the next login a new
/// authenticator is enrolled. Says whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn reset_by_helpdesk(portal: &Portal, account: Uuid) -> Outcome<bool> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    let had = find(&tx, account, second_factor::State::Active).await?.is_some();
    erase(&tx, account).await?;
    sessions::end_all(&tx, now, account, Keep::default()).await?;
    audit::record(&tx, now, Event::SecondFactorRemoved, None, Some(account), json!({ "by": "helpdesk" })).await?;
    if had {
        check::tell(portal, &tx, now, account, Letter::SecondFactorRemoved, json!({})).await?;
    }
    tx.commit().await?;
    Ok(had)
}

/// Opens what the throttle has stopped for an account: codes, recovery codes, passwords, and wishes for mails.
///
/// # Errors
/// When the database does not answer.
pub async fn unlock_by_helpdesk(portal: &Portal, account: Uuid) -> Outcome<()> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    forget_tries(&tx, account).await?;
    if let Some(owner) = account::Entity::find_by_id(account).one(&tx).await? {
        password_counts::forget(&tx, &owner).await?;
    }
    audit::record(&tx, now, Event::SecondFactorUnlocked, None, Some(account), json!({ "by": "helpdesk" })).await?;
    tx.commit().await?;
    Ok(())
}

/// In the order in which checks take their rows, so that the two never wait for each other.
async fn erase(tx: &sea_orm::DatabaseTransaction, account: Uuid) -> Outcome<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(account)).exec(tx).await?;
    forget_tries(tx, account).await?;
    second_factor::Entity::delete_many().filter(second_factor::Column::AccountId.eq(account)).exec(tx).await?;
    sessions::hold(tx, account).await?;
    tool_login::Entity::delete_many().filter(tool_login::Column::AccountId.eq(account)).exec(tx).await?;
    Ok(())
}

async fn forget_tries(tx: &sea_orm::DatabaseTransaction, account: Uuid) -> Outcome<()> {
    for kind in [Kind::Code, Kind::Recovery, Kind::Enrolment] {
        throttle::clear(tx, &counts::account_scope(kind, account)).await?;
    }
    Ok(())
}
