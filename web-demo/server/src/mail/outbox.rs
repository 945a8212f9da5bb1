//! Mails wait in a table and go out exactly once, as far as SMTP allows: a worker takes a lease, sends, marks. A server that
//! does not answer only makes them wait; a worker that dies loses its lease and another takes over. What is left of "exactly
//! once", and why: `docs/decisions/mail.md`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use lettre::message::Mailbox;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use serde_json::Value;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    letters::Letter,
    prepare::{Prepared, prepare},
    transport::{SendError, Transport},
};
use crate::{
    app::Portal,
    clock::{HOUR, MINUTE, Millis, SECOND},
    config,
    storage::{
        entities::{
            account,
            outbox::{self, State},
        },
        statement,
    },
};

/// How long a worker may hold a mail without a sign of life.
const LEASE: Millis = 2 * MINUTE;
/// One mail takes no longer on its way to the server: well below what is left of a lease when its turn comes.
const SEND_LIMIT: Duration = Duration::from_secs(45);
/// So long a worker tries to mark a mail after its turn.
const MARK_LIMIT: Duration = Duration::from_secs(60);
/// The worker looks at least this often.
const POLL: Duration = Duration::from_secs(2);
/// Tries before a mail is given up: with the pauses below, about two days.
const TRIES: i32 = 60;
/// The longest pause between two tries.
const LONGEST_PAUSE: Millis = HOUR;
/// Mails taken at once.
const BATCH: i64 = 8;

/// The way out of the portal for mails.
#[derive(Debug, Clone)]
pub struct Outbox {
    transport: Transport,
    from: Mailbox,
    wake: Arc<Notify>,
    worker: Uuid,
}

/// A mail to be sent. Holds no link: see the module.
#[derive(Clone)]
pub struct Mail {
    /// Which.
    pub letter: Letter,
    /// Personal data: to whom.
    pub recipient: String,
    /// Whose account, where that is known when the mail is asked for.
    pub account: Option<Uuid>,
    /// Numbers the letter names, for example `{"left": 3}`; never secrets.
    pub params: Value,
}

impl Mail {
    /// A mail to an account's own address.
    #[must_use]
    pub fn to(account: &account::Model, letter: Letter) -> Self {
        Self {
            letter,
            recipient: account.email.clone(),
            account: Some(account.id),
            params: Value::Object(serde_json::Map::new()),
        }
    }

    /// The same with numbers.
    #[must_use]
    pub fn with(mut self, params: Value) -> Self {
        self.params = params;
        self
    }
}

impl Outbox {
    /// Opens the way out.
    ///
    /// # Errors
    /// With a text an operator can act on.
    pub fn open(config: &config::Mail) -> anyhow::Result<Self> {
        let from = config.from.parse().map_err(|_| anyhow::anyhow!("mail.from: not an address"))?;
        Ok(Self { transport: Transport::open(config)?, from, wake: Arc::default(), worker: Uuid::new_v4() })
    }

    /// Adds a mail, in the caller's transaction where there is one. Call [`wake`](Self::wake) after the commit.
    ///
    /// # Errors
    /// When the database does.
    pub async fn put(&self, db: &impl ConnectionTrait, now: Millis, mail: Mail) -> Result<(), DbErr> {
        let row = outbox::ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(mail.letter.code().to_owned()),
            recipient: Set(mail.recipient),
            account_id: Set(mail.account),
            params: Set(mail.params),
            state: Set(State::Waiting),
            attempts: Set(0),
            due_at: Set(now),
            lease_until: Set(None),
            lease_owner: Set(None),
            last_error: Set(None),
            created_at: Set(now),
            finished_at: Set(None),
        };
        outbox::Entity::insert(row).exec_without_returning(db).await.map(|_| ())
    }

    /// This process' worker looks at once.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// How the outbox stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Mails that wait or are being sent.
    pub waiting: u64,
    /// The class of the last error of a mail that waits.
    pub last_error: Option<String>,
}

/// How the outbox stands.
///
/// # Errors
/// When the database does.
pub async fn standing(db: &impl ConnectionTrait) -> Result<Standing, DbErr> {
    let open = outbox::Entity::find().filter(outbox::Column::State.is_in([State::Waiting, State::Sending]));
    let last_error = open
        .clone()
        .filter(outbox::Column::LastError.is_not_null())
        .order_by_desc(outbox::Column::DueAt)
        .limit(1)
        .one(db)
        .await?
        .and_then(|row| row.last_error);
    Ok(Standing { waiting: open.count(db).await?, last_error })
}

/// Sends what is due until `stop` is cancelled. A mail in hand is finished first.
pub async fn work(portal: Portal, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match send_due(&portal, &stop).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(cause = %error, "the outbox cannot be read; trying again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = portal.outbox.wake.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Sends one batch of what is due; says how many were taken.
///
/// # Errors
/// When the database does.
pub async fn send_due(portal: &Portal, stop: &CancellationToken) -> Result<usize, DbErr> {
    let mut taken = 0;
    for mail in claim(portal).await? {
        if stop.is_cancelled() {
            give_back(portal, &mail).await?;
            continue;
        }
        taken += 1;
        if !still_holds(portal, &mail).await? {
            tracing::warn!(mail = %mail.id, "the lease of a mail ended before its turn; another worker has it");
            continue;
        }
        let id = mail.id;
        let (state, outcome) = match deliver(portal, &mail).await? {
            Delivery::Sent => (State::Sent, "sent"),
            Delivery::NothingToSend => (State::Dropped, "dropped"),
            Delivery::Failed(SendError::Never(why)) => {
                tracing::error!(mail = %id, kind = mail.kind, why, "a mail was refused for good");
                settle(portal, &mail, State::Failed, Some(why)).await?;
                metrics::counter!("gatepass_mails_total", "outcome" => "failed").increment(1);
                continue;
            }
            Delivery::Failed(SendError::Later(why)) => {
                tracing::warn!(mail = %id, kind = mail.kind, why, attempts = mail.attempts, "a mail has to wait");
                postpone(portal, &mail, why).await?;
                metrics::counter!("gatepass_mails_total", "outcome" => "later").increment(1);
                continue;
            }
        };
        settle(portal, &mail, state, None).await?;
        tracing::info!(mail = %id, kind = mail.kind, outcome, "mail");
        metrics::counter!("gatepass_mails_total", "outcome" => outcome).increment(1);
    }
    Ok(taken)
}

enum Delivery {
    Sent,
    NothingToSend,
    Failed(SendError),
}

async fn deliver(portal: &Portal, mail: &outbox::Model) -> Result<Delivery, DbErr> {
    let (to, rendered, link) = match prepare(portal, mail).await? {
        Prepared::Mail { to, rendered, link } => (to, rendered, link),
        Prepared::Nothing => return Ok(Delivery::NothingToSend),
        Prepared::Never(why) => return Ok(Delivery::Failed(SendError::Never(why))),
    };
    let outbox = &portal.outbox;
    let send = outbox.transport.send(mail.id, &outbox.from, &to, rendered, link.as_deref(), portal.clock.now());
    Ok(match tokio::time::timeout(SEND_LIMIT, send).await {
        Ok(Ok(())) => Delivery::Sent,
        Ok(Err(error)) => Delivery::Failed(error),
        Err(_) => Delivery::Failed(SendError::Later("smtp_slow")),
    })
}

/// Takes due mails, and mails whose worker died.
async fn claim(portal: &Portal) -> Result<Vec<outbox::Model>, DbErr> {
    let db = &portal.db;
    let skip = if db.get_database_backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE outbox SET state = 'sending', lease_until = $1, lease_owner = $2, attempts = attempts + 1 \
         WHERE id IN (SELECT id FROM outbox WHERE (state = 'waiting' AND due_at <= $3) OR (state = 'sending' AND lease_until < $3) \
         ORDER BY due_at LIMIT $4 {skip}) RETURNING *"
    );
    // Looking first costs no write lock while there is nothing to do.
    let now = portal.clock.now();
    let due = outbox::Entity::find()
        .filter(outbox::Column::State.is_in([State::Waiting, State::Sending]))
        .filter(outbox::Column::DueAt.lte(now))
        .limit(1)
        .one(db)
        .await?;
    if due.is_none() {
        return Ok(Vec::new());
    }
    let values = vec![(now + LEASE).into(), portal.outbox.worker.into(), now.into(), BATCH.into()];
    let mut mails = outbox::Entity::find().from_raw_sql(statement(db, &sql, values)).all(db).await?;
    mails.sort_by_key(|mail| mail.id);
    Ok(mails)
}

/// Whether this worker still holds a mail of its batch; those before may have taken long. Gives it a whole lease again when
/// less than half is left.
async fn still_holds(portal: &Portal, mail: &outbox::Model) -> Result<bool, DbErr> {
    let now = portal.clock.now();
    if mail.lease_until.is_some_and(|until| now < until - LEASE / 2) {
        return Ok(true);
    }
    update(portal, mail, outbox::ActiveModel { lease_until: Set(Some(now + LEASE)), ..Default::default() }).await
}

/// Changes a mail only while this worker still holds it; says whether it did.
async fn update(portal: &Portal, mail: &outbox::Model, change: outbox::ActiveModel) -> Result<bool, DbErr> {
    let done = outbox::Entity::update_many()
        .set(change)
        .filter(outbox::Column::Id.eq(mail.id))
        .filter(outbox::Column::LeaseOwner.eq(portal.outbox.worker))
        .filter(outbox::Column::Attempts.eq(mail.attempts))
        .filter(outbox::Column::State.eq(State::Sending))
        .exec(&portal.db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Changes a mail after its turn. A database that is away just now is waited for: what is sent and not marked is sent again.
async fn finish(portal: &Portal, mail: &outbox::Model, change: outbox::ActiveModel) -> Result<(), DbErr> {
    let end = Instant::now() + MARK_LIMIT;
    loop {
        match update(portal, mail, change.clone()).await {
            Ok(true) => return Ok(()),
            Ok(false) => {
                tracing::warn!(mail = %mail.id, "the lease of a mail was lost");
                return Ok(());
            }
            Err(error) if Instant::now() < end => {
                tracing::warn!(mail = %mail.id, cause = %error, "a mail cannot be marked; trying again");
                tokio::time::sleep(POLL / 4).await;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn settle(portal: &Portal, mail: &outbox::Model, state: State, error: Option<&str>) -> Result<(), DbErr> {
    let change = outbox::ActiveModel {
        state: Set(state),
        lease_until: Set(None),
        last_error: Set(error.map(str::to_owned)),
        finished_at: Set(Some(portal.clock.now())),
        ..Default::default()
    };
    finish(portal, mail, change).await
}

async fn postpone(portal: &Portal, mail: &outbox::Model, why: &str) -> Result<(), DbErr> {
    if mail.attempts >= TRIES {
        return settle(portal, mail, State::Failed, Some(why)).await;
    }
    let doublings = u32::try_from(mail.attempts.clamp(1, 12) - 1).unwrap_or(0);
    let pause = (2 * SECOND).saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    // Spread by the id, so that a recovered server is not met by all at once.
    let spread = pause * Millis::from(mail.id.as_bytes()[15]) / (4 * 255);
    let change = outbox::ActiveModel {
        state: Set(State::Waiting),
        due_at: Set(portal.clock.now() + pause + spread),
        lease_until: Set(None),
        last_error: Set(Some(why.to_owned())),
        ..Default::default()
    };
    finish(portal, mail, change).await
}

async fn give_back(portal: &Portal, mail: &outbox::Model) -> Result<(), DbErr> {
    finish(
        portal,
        mail,
        outbox::ActiveModel { state: Set(State::Waiting), lease_until: Set(None), ..Default::default() },
    )
    .await
}
