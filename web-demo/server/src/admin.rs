//! `gatepass admin`: what operators and the helpdesk do to accounts. Every change stands in the audit log.

use std::{io::Write as _, process::ExitCode};

use clap::{Subcommand, ValueEnum};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use crate::{
    accounts::{sessions, types::email_key},
    app::Portal,
    audit::{self, Event},
    config::Config,
    second_factor::{
        resync,
        service::{self as second_factor, State},
    },
    storage::{self, entities::account},
};

/// `gatepass admin …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Mark a technician's identity as verified: from then on tools let them log in.
    Verify {
        /// The account's e-mail address.
        email: String,
    },
    /// Take the mark away and end the technician's sessions at tools.
    Unverify {
        /// The account's e-mail address.
        email: String,
    },
    /// List accounts and how they stand, one per line, tab-separated.
    List {
        /// Only accounts that stand like this.
        #[arg(long, value_enum)]
        state: Option<Standing>,
    },
    /// Show how one account stands.
    Show {
        /// The account's e-mail address.
        email: String,
    },
    /// Let somebody try codes, passwords and mails again after too many. The authenticator stays.
    Unlock {
        /// The account's e-mail address.
        email: String,
    },
    /// Take the codes of an authenticator whose clock is lastingly wrong: two codes that it showed one after the other tell by
    /// how much. Identify the person first; a phone's clock is better set right.
    Resync {
        /// The account's e-mail address.
        email: String,
        /// A code.
        code: String,
        /// The code that came after it.
        next: String,
    },
    /// Remove the authenticator and the recovery codes of somebody who lost both, and end all sessions. Identify the
    /// person first: whoever has the password enrols the next authenticator.
    ResetSecondFactor {
        /// The account's e-mail address.
        email: String,
    },
    /// End all sessions of an account, in browsers and at tools.
    LogOut {
        /// The account's e-mail address.
        email: String,
    },
}

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Standing {
    /// The e-mail address was never confirmed.
    Unconfirmed,
    /// Confirmed, identity not verified.
    Unverified,
    /// Confirmed and verified.
    Verified,
}

impl Standing {
    fn of(account: &account::Model) -> Self {
        match (account.confirmed_at, account.verified_at) {
            (None, _) => Self::Unconfirmed,
            (Some(_), None) => Self::Unverified,
            (Some(_), Some(_)) => Self::Verified,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Unverified => "unverified",
            Self::Verified => "verified",
        }
    }
}

/// Runs the command.
///
/// # Errors
/// With a text for the operator: no such account, or the database does not answer.
pub async fn run(config: Config, command: Command) -> anyhow::Result<ExitCode> {
    let portal = Portal::open(config).await?;
    match command {
        Command::Verify { email } => {
            let account = find(&portal, &email).await?;
            if !set_verified(&portal, &account, true).await? {
                say("was verified already")?;
            } else if account.confirmed_at.is_none() {
                say("verified; the e-mail address is not confirmed yet, so this person cannot log in before it is")?;
            } else {
                say("verified")?;
            }
        }
        Command::Unverify { email } => {
            let account = find(&portal, &email).await?;
            let changed = set_verified(&portal, &account, false).await?;
            say(if changed { "not verified any more; sessions at tools have ended" } else { "was not verified" })?;
        }
        Command::List { state } => {
            let accounts = account::Entity::find().order_by_asc(account::Column::CreatedAt).all(&portal.db).await?;
            for account in accounts.iter().filter(|account| state.is_none_or(|state| Standing::of(account) == state)) {
                say(&line(&portal, account).await?)?;
            }
        }
        Command::Show { email } => {
            let account = find(&portal, &email).await?;
            say(&line(&portal, &account).await?)?;
        }
        Command::Unlock { email } => {
            let account = find(&portal, &email).await?;
            second_factor::unlock_by_helpdesk(&portal, account.id).await.map_err(inside)?;
            say("codes, passwords and wishes for mails are taken again")?;
        }
        Command::Resync { email, code, next } => {
            let account = find(&portal, &email).await?;
            let steps = resync::resync(&portal, account.id, &code, &next).await.map_err(inside)?;
            say(&format!("codes are taken from a clock that is off by {steps} steps"))?;
        }
        Command::ResetSecondFactor { email } => {
            let account = find(&portal, &email).await?;
            let had = second_factor::reset_by_helpdesk(&portal, account.id).await.map_err(inside)?;
            say(if had {
                "removed; the next login at a tool enrols a new authenticator, and the owner gets a mail"
            } else {
                "there was none"
            })?;
        }
        Command::LogOut { email } => {
            let account = find(&portal, &email).await?;
            let tx = storage::begin(&portal.db).await?;
            sessions::end_all(&tx, portal.clock.now(), account.id, sessions::Keep::default()).await.map_err(inside)?;
            audit::record(
                &tx,
                portal.clock.now(),
                Event::LoggedOutEverywhere,
                None,
                Some(account.id),
                json!({ "by": "helpdesk" }),
            )
            .await?;
            tx.commit().await?;
            say("all sessions have ended")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Sets or takes the mark; says whether that changed anything.
///
/// # Errors
/// When the database does not answer.
pub async fn set_verified(portal: &Portal, account: &account::Model, verified: bool) -> anyhow::Result<bool> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    let mut change = account::Entity::update_many()
        .col_expr(account::Column::VerifiedAt, Expr::value(verified.then_some(now)))
        .filter(account::Column::Id.eq(account.id));
    change = if verified {
        change.filter(account::Column::VerifiedAt.is_null())
    } else {
        change.filter(account::Column::VerifiedAt.is_not_null())
    };
    let changed = change.exec(&tx).await?.rows_affected == 1;
    if changed {
        if !verified {
            sessions::end_at_tools(&tx, now, account.id, None).await?;
        }
        let event = if verified { Event::IdentityVerified } else { Event::IdentityUnverified };
        audit::record(&tx, now, event, None, Some(account.id), json!({ "by": "operator" })).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

async fn find(portal: &Portal, email: &str) -> anyhow::Result<account::Model> {
    account::Entity::find()
        .filter(account::Column::EmailKey.eq(email_key(email)))
        .one(&portal.db)
        .await?
        .ok_or_else(|| anyhow::anyhow!("there is no account with this e-mail address"))
}

async fn line(portal: &Portal, account: &account::Model) -> anyhow::Result<String> {
    let (state, left) = second_factor::status(portal, account.id).await.map_err(inside)?;
    let factor = match state {
        State::None => "no authenticator".to_owned(),
        State::Pending => "authenticator pending".to_owned(),
        State::Active { .. } => format!("authenticator active, {left} recovery codes left"),
    };
    let drift = second_factor::drift(portal, account.id).await.map_err(inside)?;
    let drift = drift.map_or_else(String::new, |steps| format!(", clock off by {steps} steps at the last code"));
    Ok(format!("{}\t{}\t{factor}{drift}", account.email, Standing::of(account).code()))
}

fn inside(problem: crate::problem::Problem) -> anyhow::Error {
    problem.into_cause()
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")
}
