//! Where rows are kept: connection, migrations, entities. SQLite and PostgreSQL behave alike behind this module.

pub mod entities;
mod migrations;
pub mod together;

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::{clock::Millis, config};

/// Why the database is not usable. The texts are for the operator at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No connection: wrong address, server down, file or folder not writable.
    #[error("the database cannot be opened ({place}): {cause}")]
    Unreachable {
        /// The file, or "PostgreSQL"; never the password.
        place: String,
        /// What the database said.
        cause: DbErr,
    },
    /// The SQLite file is not a database or fails its own check.
    #[error("the database file {place} is damaged: {what}; put a backup in its place or move it away to start empty")]
    Damaged {
        /// The file.
        place: String,
        /// What the check said.
        what: String,
    },
    /// The schema could not be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(DbErr),
}

/// Opens the database, checks it, brings its tables up to date.
///
/// # Errors
/// With a text an operator can act on.
pub async fn open(config: &config::Database) -> Result<DatabaseConnection, StorageError> {
    let url = config.url.expose();
    let file = sqlite_file(url);
    let place = file.map_or_else(|| "PostgreSQL".to_owned(), str::to_owned);
    if let Some(file) = file {
        refuse_other_files(file)?;
        make_private(file)?;
    }
    let mut options = ConnectOptions::new(url);
    options
        // SQLite has one writer. Connections that compete for its lock sleep and try again, and the unlucky ones sleep for a
        // second (`cargo xtask bench portal`); on one connection they queue, first come, first served, and nothing waits in vain.
        // PostgreSQL needs a second one while tables are brought up to date.
        .max_connections(if file.is_some() { 1 } else { config.max_connections.max(2) })
        .test_before_acquire(file.is_none())
        .acquire_timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(15))
        });
    let db = Database::connect(options).await.map_err(|cause| describe(&place, file.is_some(), cause))?;
    if file.is_some() {
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
        let row = db.query_one_raw(check).await.map_err(|cause| describe(&place, true, cause))?;
        let verdict = row.and_then(|row| row.try_get_by_index::<String>(0).ok()).unwrap_or_default();
        if verdict != "ok" {
            let what = verdict.split_whitespace().collect::<Vec<_>>().join(" ");
            return Err(StorageError::Damaged { place, what });
        }
    }
    migrate(&db).await.map_err(StorageError::Migration)?;
    Ok(db)
}

/// Begins a transaction that is going to write. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a
/// transaction that reads first and writes later could otherwise fail half way although waiting would have helped.
///
/// # Errors
/// When the database does not answer, or not in time.
pub async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}

/// A statement in the dialect both databases share: `$1`, `$2`, … may be repeated.
#[must_use]
pub fn statement(db: &impl ConnectionTrait, sql: &str, values: Vec<sea_orm::Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Whether the database can be read and written: a full disk or a read-only replica is found here, not by a user.
///
/// # Errors
/// When it cannot.
pub async fn probe(db: &DatabaseConnection, now: Millis) -> Result<(), DbErr> {
    const SQL: &str = "INSERT INTO throttle (scope, failures, window_start, blocked_until, total) VALUES ('probe', 0, $1, 0, 0) \
        ON CONFLICT (scope) DO UPDATE SET window_start = $1";
    db.execute_raw(statement(db, SQL, vec![now.into()])).await.map(|_| ())
}

/// Two portals that start at the same time on one PostgreSQL take turns.
async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return migrations::Migrator::up(db, None).await;
    }
    // The lock ends with the transaction that holds it, whatever happens in between.
    let turn = db.begin().await?;
    turn.execute_raw(Statement::from_string(DbBackend::Postgres, "SELECT pg_advisory_xact_lock(7205759403792793)"))
        .await?;
    let result = migrations::Migrator::up(db, None).await;
    turn.commit().await?;
    result
}

fn sqlite_file(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    Some(rest.split('?').next().unwrap_or(rest))
}

/// Makes a new file that nobody but its owner reads; SQLite gives the files it puts beside it the same rights. A file that is
/// there keeps the rights it has.
fn make_private(file: &str) -> Result<(), StorageError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    if file == ":memory:" || file.is_empty() {
        return Ok(());
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StorageError::Unreachable { place: file.to_owned(), cause: DbErr::Custom(cause.to_string()) })
        }
        _ => Ok(()),
    }
}

/// Says so when the file is something else, before SQLite gets to write beside it.
fn refuse_other_files(file: &str) -> Result<(), StorageError> {
    use std::io::Read;
    if file == ":memory:" || !Path::new(file).exists() {
        return Ok(());
    }
    let mut head = Vec::new();
    let damaged = |what: &str| StorageError::Damaged { place: file.to_owned(), what: what.to_owned() };
    std::fs::File::open(file).and_then(|f| f.take(16).read_to_end(&mut head)).map_err(|cause| {
        StorageError::Unreachable { place: file.to_owned(), cause: DbErr::Custom(cause.to_string()) }
    })?;
    if head.is_empty() || head == b"SQLite format 3\0" { Ok(()) } else { Err(damaged("it is not a SQLite file")) }
}

fn describe(place: &str, sqlite: bool, cause: DbErr) -> StorageError {
    let text = cause.to_string();
    if sqlite && ["malformed", "not a database", "corrupt"].iter().any(|sign| text.contains(sign)) {
        StorageError::Damaged { place: place.to_owned(), what: text }
    } else {
        StorageError::Unreachable { place: place.to_owned(), cause }
    }
}
