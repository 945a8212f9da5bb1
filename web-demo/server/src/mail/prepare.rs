//! What a row of the outbox becomes when its turn comes: which letter, to whom, with which link.

use gatepass_core::identity::profile::Language;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::letters::{self, Facts, Letter, Rendered};
use crate::{
    accounts::{links, passwords::NOT_CHOSEN, types::email_key},
    app::Portal,
    storage::entities::{account, email_token::Purpose, outbox},
};

/// What became of a row.
pub(super) enum Prepared {
    /// A mail.
    Mail {
        /// Personal data: to whom.
        to: String,
        /// What it says.
        rendered: Rendered,
        /// The link behind its button. Secret where it holds a token.
        link: Option<String>,
    },
    /// Nobody is to hear anything.
    Nothing,
    /// It can never be sent, and why.
    Never(&'static str),
}

/// Decides what the mail is, makes its link, writes it.
pub(super) async fn prepare(portal: &Portal, mail: &outbox::Model) -> Result<Prepared, DbErr> {
    let Some(asked) = Letter::from_code(&mail.kind) else { return Ok(Prepared::Never("letter_unknown")) };
    let Some((letter, account)) = letter(portal, mail, asked).await? else { return Ok(Prepared::Nothing) };
    // An address that somebody typed only finds the account; what is said to its owner goes to the address that the owner
    // proved, not to another that compares the same.
    let to = match (mail.account_id, letter) {
        (None, _) | (_, Letter::AlreadyRegistered) => &account.email,
        _ => &mail.recipient,
    };
    // The name was typed by whoever registered. It is not said to somebody who may be another person: otherwise anybody could
    // have a sentence of their own delivered to any address.
    let is_owner = account.confirmed_at.is_some() && letter != Letter::ConfirmNewEmail;
    let name = if is_owner { account.full_name.as_str() } else { "" };
    let link = link(portal, mail, letter, &account, to).await?;
    let language = Language::from_code(&account.language).unwrap_or(Language::English);
    let facts = Facts {
        confirm_hours: portal.config.accounts.confirm_hours,
        reset_minutes: portal.config.accounts.reset_minutes,
    };
    Ok(match letters::render(letter, language, name, link.as_deref(), &mail.params, facts) {
        Ok(rendered) => Prepared::Mail { to: to.clone(), rendered, link },
        Err(error) => {
            tracing::error!(cause = %error, kind = mail.kind, "a letter does not render");
            Prepared::Never("letter_broken")
        }
    })
}

/// The letter that is right now, and whose it is. `None` when nobody is to hear anything.
async fn letter(
    portal: &Portal,
    mail: &outbox::Model,
    asked: Letter,
) -> Result<Option<(Letter, account::Model)>, DbErr> {
    let account = match mail.account_id {
        Some(id) => account::Entity::find_by_id(id).one(&portal.db).await?,
        None => by_address(portal, &mail.recipient).await?,
    };
    let Some(account) = account else { return Ok(None) };
    Ok(match asked {
        Letter::ConfirmEmail if account.confirmed_at.is_some() => Some((Letter::AlreadyRegistered, account)),
        Letter::ConfirmAgain if account.confirmed_at.is_some() => None,
        Letter::ConfirmEmail | Letter::ConfirmAgain if account.password_hash == NOT_CHOSEN => {
            Some((Letter::ChoosePassword, account))
        }
        Letter::ConfirmNewEmail => match by_address(portal, &mail.recipient).await? {
            // Somebody else's address: its owner is told, and no link is made.
            Some(owner) if owner.id != account.id => Some((Letter::AlreadyRegistered, owner)),
            _ => Some((asked, account)),
        },
        _ => Some((asked, account)),
    })
}

/// The page behind the letter's button, with a token where the page does something without a login.
async fn link(
    portal: &Portal,
    mail: &outbox::Model,
    letter: Letter,
    account: &account::Model,
    to: &str,
) -> Result<Option<String>, DbErr> {
    let (page, purpose) = match letter {
        Letter::ConfirmEmail | Letter::ConfirmAgain => ("/account/confirm", Some(Purpose::Confirm)),
        Letter::ResetPassword | Letter::ChoosePassword => ("/account/reset", Some(Purpose::Reset)),
        Letter::ConfirmNewEmail => ("/account/email", Some(Purpose::ChangeEmail)),
        Letter::AlreadyRegistered => ("/account/login", None),
        Letter::PasswordChanged | Letter::CodesRefused | Letter::CodesStopped => ("/account/reset", None),
        Letter::SecondFactorAdded
        | Letter::SecondFactorRemoved
        | Letter::RecoveryCodesMade
        | Letter::RecoveryCodeUsed
        | Letter::CodeReused => ("/account/security", None),
        Letter::EmailChanged => return Ok(None),
    };
    let url = &portal.config.server.public_url;
    let Some(purpose) = purpose else { return Ok(Some(format!("{url}{page}"))) };
    let token = links::make(portal, account, purpose, to, mail.created_at).await?;
    // In the fragment: it reaches neither this server's log nor a proxy's, nor a Referer header.
    Ok(Some(format!("{url}{page}#token={}", token.expose())))
}

async fn by_address(portal: &Portal, email: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::EmailKey.eq(email_key(email))).one(&portal.db).await
}
