//! What happens to accounts, in transactions.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use gatepass_core::identity::profile::Language;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, SqlErr};
use serde_json::json;
use uuid::Uuid;

use super::{
    links,
    passwords::{NOT_CHOSEN, Password},
    sessions::{self, Keep, Session, Started},
    throttle::{Tries, count_mail, password_scope},
    types::{EmailAddress, FullName, WorkshopName, email_key},
};
use crate::{
    app::Portal,
    audit::{self, Event},
    mail::{Letter, Mail},
    problem::{Code, FieldCode, Outcome, Problem},
    request::Source,
    second_factor,
    storage::{
        self,
        entities::{account, email_token::Purpose, session::State},
        statement,
    },
    throttle,
};

/// Somebody who wants an account.
#[derive(Debug)]
pub struct Registration {
    email: EmailAddress,
    full_name: FullName,
    workshop: WorkshopName,
    language: Language,
}

impl Registration {
    /// Reads the fields; says of all of them at once what is wrong.
    ///
    /// # Errors
    /// [`Code::FieldsRefused`].
    pub fn parse(email: &str, full_name: &str, workshop: &str, language: Language) -> Outcome<Self> {
        match (EmailAddress::parse(email), FullName::parse(full_name), WorkshopName::parse(workshop)) {
            (Ok(email), Ok(full_name), Ok(workshop)) => Ok(Self { email, full_name, workshop, language }),
            (email, full_name, workshop) => {
                let refused = [("email", email.err()), ("fullName", full_name.err()), ("workshop", workshop.err())];
                Err(Problem::fields(
                    refused.into_iter().filter_map(|(name, why)| Some((name, why?))).collect::<BTreeMap<_, _>>(),
                ))
            }
        }
    }
}

/// Registers. The answer is the same for an address that has an account; its owner gets another mail.
///
/// An address that was never confirmed belongs to nobody: a new registration takes the place of the old one, and the old
/// one's links end. None of the two passwords counts from then on, because only one of them may be the owner's: whoever
/// opens the mail chooses one. So nobody can prepare an account for somebody else's address, not first and not second.
///
/// # Errors
/// [`Code::FieldsRefused`] for the password, [`Code::Throttled`].
pub async fn register(portal: &Portal, source: Source, registration: Registration, password: &str) -> Outcome<()> {
    let Registration { email, full_name, workshop, language } = registration;
    let own = [email.as_str(), full_name.as_str(), workshop.as_str()];
    // Counted first: judging and hashing a password is what a flood of registrations would cost.
    let tries = count_mail(portal, source, &email, Letter::ConfirmEmail).await?;
    let password_hash = match portal.passwords.accept("password", password, &own).await {
        Ok(hash) => hash,
        Err(refused) => {
            tries.no_mail(portal).await?;
            return Err(refused);
        }
    };

    // One statement for all three cases: new, unconfirmed, confirmed.
    const SQL: &str = "
        INSERT INTO accounts (id, email, email_key, password_hash, full_name, workshop, language, created_at, password_changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        ON CONFLICT (email_key) DO UPDATE SET
            email = excluded.email, password_hash = $9, full_name = excluded.full_name,
            workshop = excluded.workshop, language = excluded.language, created_at = excluded.created_at,
            password_changed_at = excluded.password_changed_at
        WHERE accounts.confirmed_at IS NULL
        RETURNING *";
    let now = portal.clock.now();
    let values = vec![
        Uuid::now_v7().into(),
        email.as_str().into(),
        email.key().into(),
        password_hash.into(),
        full_name.as_str().into(),
        workshop.as_str().into(),
        language.code().into(),
        now.into(),
        NOT_CHOSEN.into(),
    ];
    let tx = storage::begin(&portal.db).await?;
    let taken = account::Entity::find().from_raw_sql(statement(&tx, SQL, values)).one(&tx).await?;
    let subject = taken.as_ref().map(|account| account.id);
    links::end(&tx, subject.unwrap_or_default(), Purpose::Confirm).await?;
    let event = if subject.is_some() { Event::AccountRegistered } else { Event::AccountRegisteredAgain };
    audit::record(&tx, now, event, subject, subject, json!({})).await?;
    let mail =
        Mail { letter: Letter::ConfirmEmail, recipient: email.as_str().to_owned(), account: None, params: json!({}) };
    portal.outbox.put(&tx, now, mail).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(())
}

/// A mail that may be wanted for an address: the same work whoever it belongs to.
///
/// # Errors
/// [`Code::Throttled`].
pub async fn ask_for_mail(portal: &Portal, source: Source, email: &EmailAddress, letter: Letter) -> Outcome<()> {
    count_mail(portal, source, email, letter).await?;
    let mail = Mail { letter, recipient: email.as_str().to_owned(), account: None, params: json!({}) };
    portal.outbox.put(&portal.db, portal.clock.now(), mail).await?;
    portal.outbox.wake();
    Ok(())
}

/// Confirms the address behind a link; says which.
///
/// # Errors
/// [`Code::LinkInvalid`].
pub async fn confirm(portal: &Portal, token: &str) -> Outcome<String> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    let link = links::consume(&tx, now, Purpose::Confirm, token).await?.ok_or(Code::LinkInvalid)?;
    let change = account::ActiveModel { confirmed_at: Set(Some(now)), ..Default::default() };
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(link.account_id)).exec(&tx).await?;
    audit::record(&tx, now, Event::EmailConfirmed, Some(link.account_id), Some(link.account_id), json!({})).await?;
    tx.commit().await?;
    Ok(link.email)
}

/// The account behind an address and a password, in the browser and at the tool.
///
/// # Errors
/// [`Code::LoginRefused`] for a wrong password, an unknown address and one that was never confirmed, after the same work and
/// with the same count: whoever registers an address must not learn from the next login whether it had an account.
/// [`Code::Throttled`].
pub async fn authenticate(portal: &Portal, source: Source, email: &str, password: &str) -> Outcome<account::Model> {
    let key = email_key(email);
    let tries = Tries::with_password(portal, &key, source).await?;
    let found = account::Entity::find().filter(account::Column::EmailKey.eq(&key)).one(&portal.db).await?;
    let given = Password::given(password);
    let right =
        portal.passwords.check(given.clone(), found.as_ref().map(|account| account.password_hash.as_str())).await?;
    let now = portal.clock.now();
    let account = match found {
        Some(account) if right && account.confirmed_at.is_some() => account,
        other => {
            let reason = if right { "unconfirmed" } else { "wrong_password" };
            let (subject, reason) = other.map_or((None, "unknown_address"), |account| (Some(account.id), reason));
            audit::record(&portal.db, now, Event::LoginRefused, None, subject, json!({ "reason": reason })).await?;
            return Err(Code::LoginRefused.into());
        }
    };
    tries.right(portal).await?;
    if portal.passwords.is_dated(&account.password_hash) {
        let change =
            account::ActiveModel { password_hash: Set(portal.passwords.renew(given).await?), ..Default::default() };
        account::Entity::update_many()
            .set(change)
            .filter(account::Column::Id.eq(account.id))
            .filter(account::Column::PasswordHash.eq(&account.password_hash))
            .exec(&portal.db)
            .await?;
    }
    Ok(account)
}

/// What a login led to.
#[derive(Debug)]
pub struct Login {
    /// Logged in, or a code is wanted.
    pub state: State,
    /// The new session.
    pub started: Started,
    /// Whose.
    pub account: account::Model,
}

/// Logs a browser in, or takes it to where a code is wanted. The session it came with ends.
///
/// # Errors
/// As [`authenticate`]; also refused when the password was changed since it was checked.
pub async fn log_in(
    portal: &Portal,
    source: Source,
    headers: &HeaderMap,
    email: &str,
    password: &str,
) -> Outcome<Login> {
    let account = authenticate(portal, source, email, password).await?;
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    if !sessions::hold_unchanged(&tx, &account).await? {
        return Err(Code::LoginRefused.into());
    }
    // Asked while the account is held: a factor that is activated later ends the session made here.
    let state = if second_factor::is_active(&tx, account.id).await? { State::CodeWanted } else { State::LoggedIn };
    sessions::end_presented(&tx, headers).await?;
    let started = sessions::start(portal, &tx, account.id, state).await?;
    if state == State::LoggedIn {
        audit::record(&tx, now, Event::LoggedIn, Some(account.id), Some(account.id), json!({ "factors": 1 })).await?;
    }
    tx.commit().await?;
    Ok(Login { state, started, account })
}

/// The second half of a login: a code, or a recovery code. The half session ends, a new one begins.
///
/// # Errors
/// As [`second_factor::check()`]; [`Code::NotLoggedIn`] when the half session was ended meanwhile: the code then is not spent.
pub async fn log_in_with_code(
    portal: &Portal,
    source: Source,
    half: Session,
    proof: &second_factor::Proof,
) -> Outcome<Login> {
    let account = half.account;
    let passed = second_factor::check(portal, account.id, source, proof, second_factor::Purpose::Login).await?;
    let spent = passed.spend().await?;
    let tx = spent.tx();
    if !sessions::hold_unchanged(tx, &account).await? || !sessions::end(tx, half.row.id).await? {
        return Err(Code::NotLoggedIn.into());
    }
    let started = sessions::start(portal, tx, account.id, State::LoggedIn).await?;
    let details = json!({ "factors": 2 });
    audit::record(tx, portal.clock.now(), Event::LoggedIn, Some(account.id), Some(account.id), details).await?;
    spent.commit().await?;
    Ok(Login { state: State::LoggedIn, started, account })
}

/// Logs one browser out.
///
/// # Errors
/// When the database does not answer.
pub async fn log_out(portal: &Portal, session: &Session) -> Outcome<()> {
    let id = session.account.id;
    let tx = storage::begin(&portal.db).await?;
    sessions::end(&tx, session.row.id).await?;
    audit::record(&tx, portal.clock.now(), Event::LoggedOut, Some(id), Some(id), json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Logs every browser and every tool of an account out.
///
/// # Errors
/// When the database does not answer.
pub async fn log_out_everywhere(portal: &Portal, session: &Session) -> Outcome<()> {
    let id = session.account.id;
    let tx = storage::begin(&portal.db).await?;
    sessions::end_all(&tx, portal.clock.now(), id, Keep::default()).await?;
    audit::record(&tx, portal.clock.now(), Event::LoggedOutEverywhere, Some(id), Some(id), json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets a new password with the link of a mail; says whose address it is. Following the link proves the address too. All
/// sessions end; an active second factor stays.
///
/// # Errors
/// [`Code::LinkInvalid`]; [`Code::FieldsRefused`], after which the link still works.
pub async fn reset_password(portal: &Portal, token: &str, password: &str) -> Outcome<String> {
    let link = links::look(&portal.db, portal.clock.now(), Purpose::Reset, token).await?.ok_or(Code::LinkInvalid)?;
    let account = account::Entity::find_by_id(link.account_id).one(&portal.db).await?.ok_or(Code::LinkInvalid)?;
    let password_hash = accept_password(portal, "password", password, &account).await?;
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    links::consume(&tx, now, Purpose::Reset, token).await?.ok_or(Code::LinkInvalid)?;
    // The account may have moved to another address meanwhile; the link proves the old one.
    let account = sessions::hold(&tx, account.id).await?.ok_or(Code::LinkInvalid)?;
    if email_key(&link.email) != account.email_key {
        return Err(Code::LinkInvalid.into());
    }
    set_password(portal, &tx, &account, password_hash).await?;
    if account.confirmed_at.is_none() {
        let change = account::ActiveModel { confirmed_at: Set(Some(now)), ..Default::default() };
        account::Entity::update_many().set(change).filter(account::Column::Id.eq(account.id)).exec(&tx).await?;
        links::end(&tx, account.id, Purpose::Confirm).await?;
    }
    sessions::end_all(&tx, now, account.id, Keep::default()).await?;
    throttle::clear(&tx, &password_scope(&account.email_key)).await?;
    audit::record(&tx, now, Event::PasswordReset, Some(account.id), Some(account.id), json!({})).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(account.email)
}

/// Changes the password of a person who is logged in. Every other session ends.
///
/// # Errors
/// [`Code::PasswordWrong`], [`Code::Throttled`], [`Code::FieldsRefused`].
pub async fn change_password(
    portal: &Portal,
    source: Source,
    session: &Session,
    current: &str,
    new: &str,
) -> Outcome<()> {
    let account = &session.account;
    confirm_password(portal, source, session, current).await?;
    let password_hash = accept_password(portal, "newPassword", new, account).await?;
    if portal.passwords.check(Password::given(new), Some(&account.password_hash)).await? {
        return Err(Problem::field("newPassword", FieldCode::Unchanged));
    }
    let tx = storage::begin(&portal.db).await?;
    if !sessions::hold_unchanged(&tx, account).await? {
        return Err(Code::PasswordWrong.into());
    }
    set_password(portal, &tx, account, password_hash).await?;
    sessions::end_all(&tx, portal.clock.now(), account.id, Keep { session: Some(session.row.id), tool_login: None })
        .await?;
    audit::record(&tx, portal.clock.now(), Event::PasswordChanged, Some(account.id), Some(account.id), json!({}))
        .await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(())
}

/// Asks for a link to a new address. The answer is the same when the address has an account already; its owner is told.
///
/// # Errors
/// [`Code::PasswordWrong`], [`Code::Throttled`], [`Code::FieldsRefused`].
pub async fn ask_for_new_email(
    portal: &Portal,
    source: Source,
    session: &Session,
    new: &EmailAddress,
    password: &str,
) -> Outcome<()> {
    let account = &session.account;
    confirm_password(portal, source, session, password).await?;
    if new.key() == account.email_key {
        return Err(Problem::field("newEmail", FieldCode::Unchanged));
    }
    count_mail(portal, source, new, Letter::ConfirmNewEmail).await?;
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    if !sessions::hold_unchanged(&tx, account).await? {
        return Err(Code::PasswordWrong.into());
    }
    let mail = Mail { recipient: new.as_str().to_owned(), ..Mail::to(account, Letter::ConfirmNewEmail) };
    portal.outbox.put(&tx, now, mail).await?;
    audit::record(&tx, now, Event::EmailChangeAsked, Some(account.id), Some(account.id), json!({})).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(())
}

/// Moves an account to the address behind a link; says which. The old address is told.
///
/// # Errors
/// [`Code::LinkInvalid`], also when the address got an account in between, or when the password was changed since the link
/// was asked for: whoever takes an account back with a reset must not lose it to a link that somebody else still holds.
pub async fn confirm_new_email(portal: &Portal, token: &str) -> Outcome<String> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    let link = links::consume(&tx, now, Purpose::ChangeEmail, token).await?.ok_or(Code::LinkInvalid)?;
    let account = sessions::hold(&tx, link.account_id).await?.ok_or(Code::LinkInvalid)?;
    if link.created_at <= account.password_changed_at {
        return Err(Code::LinkInvalid.into());
    }
    let change = account::ActiveModel {
        email: Set(link.email.clone()),
        email_key: Set(email_key(&link.email)),
        ..Default::default()
    };
    let moved = account::Entity::update_many().set(change).filter(account::Column::Id.eq(account.id)).exec(&tx).await;
    match moved {
        Ok(_) => {}
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            return Err(Code::LinkInvalid.into());
        }
        Err(error) => return Err(error.into()),
    }
    // A link to the old address must not open the account any more.
    links::end(&tx, account.id, Purpose::Reset).await?;
    audit::record(&tx, now, Event::EmailChanged, Some(account.id), Some(account.id), json!({})).await?;
    portal.outbox.put(&tx, now, Mail::to(&account, Letter::EmailChanged)).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(link.email)
}

/// Asks a person who is logged in for the password again, before something that matters.
///
/// # Errors
/// [`Code::PasswordWrong`], [`Code::Throttled`].
pub async fn confirm_password(portal: &Portal, source: Source, session: &Session, password: &str) -> Outcome<()> {
    let account = &session.account;
    let tries = Tries::inside(portal, session.row.id, source).await?;
    if !portal.passwords.check(Password::given(password), Some(&account.password_hash)).await? {
        let details = json!({ "reason": "wrong_password", "loggedIn": true });
        audit::record(&portal.db, portal.clock.now(), Event::LoginRefused, Some(account.id), Some(account.id), details)
            .await?;
        return Err(Code::PasswordWrong.into());
    }
    tries.right(portal).await
}

async fn accept_password(
    portal: &Portal,
    field: &'static str,
    password: &str,
    account: &account::Model,
) -> Outcome<String> {
    portal.passwords.accept(field, password, &[&account.email, &account.full_name, &account.workshop]).await
}

async fn set_password(
    portal: &Portal,
    db: &impl ConnectionTrait,
    account: &account::Model,
    password_hash: String,
) -> Outcome<()> {
    let now = portal.clock.now();
    let change =
        account::ActiveModel { password_hash: Set(password_hash), password_changed_at: Set(now), ..Default::default() };
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(account.id)).exec(db).await?;
    links::end(db, account.id, Purpose::Reset).await?;
    links::end(db, account.id, Purpose::ChangeEmail).await?;
    portal.outbox.put(db, now, Mail::to(account, Letter::PasswordChanged)).await?;
    Ok(())
}
