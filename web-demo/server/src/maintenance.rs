//! Cleaning up: what has ended and says nothing any more leaves the database.

use std::time::Duration;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::{
    app::Portal,
    clock::{DAY, HOUR, Millis},
    storage::entities::{account, email_token, outbox, permit, second_factor, session, tool_login, tool_session},
    throttle,
};

/// Cleans up every `pause` until `stop` is cancelled. A failure is logged and tried again at the next turn.
pub async fn work(portal: Portal, stop: CancellationToken, pause: Duration) {
    loop {
        match clean(&portal).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "cleaned up"),
            Err(error) => tracing::warn!(cause = %error, "cleaning up failed"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Deletes what has ended; says how many rows.
///
/// # Errors
/// When the database does.
pub async fn clean(portal: &Portal) -> Result<u64, DbErr> {
    let (db, now) = (&portal.db, portal.clock.now());
    let mut rows = throttle::forget_old(db, now, &portal.config.throttle).await?;
    rows += session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(db).await?.rows_affected;
    rows += tool_session::Entity::delete_many()
        .filter(tool_session::Column::ExpiresAt.lt(now))
        .exec(db)
        .await?
        .rows_affected;
    rows +=
        tool_login::Entity::delete_many().filter(tool_login::Column::ExpiresAt.lt(now)).exec(db).await?.rows_affected;
    rows += email_token::Entity::delete_many()
        .filter(email_token::Column::ExpiresAt.lt(now - DAY))
        .exec(db)
        .await?
        .rows_affected;
    // QR codes nobody scanned, and permits whose time is long over (the audit log has them).
    rows += second_factor::Entity::delete_many()
        .filter(second_factor::Column::State.eq(second_factor::State::Pending))
        .filter(second_factor::Column::PendingUntil.lt(now))
        .exec(db)
        .await?
        .rows_affected;
    rows += permit::Entity::delete_many().filter(permit::Column::ExpiresAt.lt(now - DAY)).exec(db).await?.rows_affected;
    // An address nobody confirmed, some days after its link has ended: personal data without a purpose.
    let unconfirmed = now - Millis::from(portal.config.accounts.confirm_hours) * HOUR - 7 * DAY;
    rows += account::Entity::delete_many()
        .filter(account::Column::ConfirmedAt.is_null())
        .filter(account::Column::CreatedAt.lt(unconfirmed))
        .exec(db)
        .await?
        .rows_affected;
    rows += outbox::Entity::delete_many()
        .filter(outbox::Column::State.is_in([outbox::State::Sent, outbox::State::Dropped]))
        .filter(outbox::Column::FinishedAt.lt(now - 7 * DAY))
        .exec(db)
        .await?
        .rows_affected;
    Ok(rows)
}
