//! `gatepass keys init | rotate | list`.

use std::{io::Write as _, process::ExitCode, time::Duration};

use clap::Subcommand;
use sea_orm::DatabaseConnection;

use super::{KEY_SET_MAX_AGE, KeyError, Keyring, RELOAD_EVERY, SEALING_LEAD, SIGNING_LEAD, SigningKey, file, rotate};
use crate::{
    audit,
    clock::{Clock, MINUTE, Millis, SECOND},
    config::Config,
    storage,
};

/// `gatepass keys …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the key folder with a first sealing key and a first signing key.
    Init {
        /// Do nothing when there are keys already, instead of refusing.
        #[arg(long)]
        if_missing: bool,
    },
    /// Add a new sealing key and a new signing key and seal every row anew, while portals go on running.
    Rotate {
        /// Only the sealing key.
        #[arg(long, conflicts_with = "signing")]
        sealing: bool,
        /// Only the signing key.
        #[arg(long)]
        signing: bool,
    },
    /// List the keys (never their content), what each is for now, and how many rows hang on it.
    List,
}

/// Runs the command.
///
/// # Errors
/// With a text for the operator.
pub async fn run(config: Config, command: Command) -> anyhow::Result<ExitCode> {
    let folder = &config.keys.folder;
    let clock = Clock::new(config.clock.offset_file.clone());
    match command {
        Command::Init { if_missing } => match file::init(folder, clock.now()) {
            Ok(_) => say(&format!(
                "made {}: one sealing key, one signing key. Back this folder up, apart from the database: without it no second factor can be checked.",
                folder.display()
            ))?,
            Err(KeyError::Present(_)) if if_missing => {
                file::read(folder)?;
            }
            Err(error) => return Err(error.into()),
        },
        Command::Rotate { sealing, signing } => {
            let db = storage::open(&config.database).await?;
            if !sealing {
                rotate_signing(&config, &clock)?;
            }
            if !signing && !rotate_sealing(&config, &clock, &db).await? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::List => list(&config, &clock).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn rotate_signing(config: &Config, clock: &Clock) -> anyhow::Result<()> {
    let folder = &config.keys.folder;
    let now = clock.now();
    let kid = file::add_signing(folder, now, now + SIGNING_LEAD)?;
    say(&format!(
        "signing key {kid} is in the key set now and signs in {} minutes, when every verifier has seen it",
        (SIGNING_LEAD + MINUTE - 1) / MINUTE
    ))?;
    for kid in file::retire_spent_signing(folder, now)? {
        say(&format!("signing key {kid} retired: no permit signed by it is alive"))?;
    }
    Ok(())
}

/// Says whether every row is sealed with the new key.
async fn rotate_sealing(config: &Config, clock: &Clock, db: &DatabaseConnection) -> anyhow::Result<bool> {
    let folder = &config.keys.folder;
    let keyring = Keyring::open(folder, clock.clone())?;
    let version = keyring.keys().sealing_keys().map(|key| key.version()).max().unwrap_or(0) + 1;
    let now = clock.now();
    let active_from = now + SEALING_LEAD;
    file::add_sealing(folder, version, now, active_from)?;
    keyring.reload()?;
    say(&format!(
        "sealing key {version} made; it seals in {} seconds, when every running portal knows it",
        SEALING_LEAD / SECOND
    ))?;

    // One reload more than the lead: a request that took the old key at the last moment has written its row by then.
    tokio::time::sleep(Duration::from_millis(u64::try_from(SEALING_LEAD).unwrap_or(0)) + RELOAD_EVERY).await;
    let resealed = rotate::reseal(db, &keyring, version).await?;
    say(&format!("{} rows sealed anew with key {version}", resealed.rows))?;
    if resealed.broken > 0 {
        say(&format!(
            "{} rows do not open with the key they name; they were left as they are, see the log",
            resealed.broken
        ))?;
    }
    let mut complete = true;
    for key in keyring.keys().sealing_keys().filter(|key| key.version() < version) {
        match rotate::rows(db, key.version()).await? {
            0 => {
                file::retire_sealing(folder, key.version())?;
                say(&format!(
                    "sealing key {} retired: no row needs it. Keep retired/ as long as a backup of the database may.",
                    key.version()
                ))?;
            }
            rows => {
                complete = false;
                say(&format!("sealing key {} stays: {rows} rows still need it", key.version()))?;
            }
        }
    }
    audit::record(
        db,
        clock.now(),
        audit::Event::KeysRotated,
        None,
        None,
        serde_json::json!({ "sealingVersion": version, "rows": resealed.rows, "broken": resealed.broken }),
    )
    .await?;
    Ok(complete)
}

async fn list(config: &Config, clock: &Clock) -> anyhow::Result<()> {
    let keys = file::read(&config.keys.folder)?;
    let now = clock.now();
    // The keys are worth seeing when the database is down, too.
    let db = storage::open(&config.database).await;
    if let Err(error) = &db {
        say(&format!("rows cannot be counted: {error}"))?;
    }
    let current = keys.sealing(now).map(|key| key.version());
    for key in keys.sealing_keys() {
        let rows = match &db {
            Ok(db) => rotate::rows(db, key.version()).await?.to_string(),
            Err(_) => "?".to_owned(),
        };
        let state = match (key.active_from > now, current == Some(key.version())) {
            (true, _) => format!("seals in {} s", (key.active_from - now) / SECOND),
            (false, true) => "seals and opens".to_owned(),
            (false, false) => "opens".to_owned(),
        };
        say(&format!("sealing  {:<16}  made {}  {state}, {rows} rows", key.version(), date(key.created_at)))?;
    }
    let current = keys.signing(now).map(|key| key.kid().to_owned());
    for (key, spent) in keys.signing_keys(now) {
        let state = match (key.active_from > now, spent, current.as_deref() == Some(key.kid())) {
            (true, ..) => format!("published, signs in {} s", (key.active_from - now) / SECOND),
            (_, true, _) => "spent; the next rotation retires it".to_owned(),
            (_, _, true) => "signs".to_owned(),
            _ => format!(
                "published until its last permit is over (at most {} minutes)",
                (KEY_SET_MAX_AGE + super::SIGNING_TAIL) / MINUTE
            ),
        };
        say(&format!("signing  {:<16}  made {}  {state}", SigningKey::kid(key), date(key.created_at)))?;
    }
    Ok(())
}

fn date(at: Millis) -> String {
    time::OffsetDateTime::from_unix_timestamp(at.div_euclid(SECOND))
        .ok()
        .and_then(|at| at.format(&time::format_description::well_known::Rfc3339).ok())
        .unwrap_or_else(|| at.to_string())
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")
}
