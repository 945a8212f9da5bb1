//! For an authenticator whose clock is lastingly wrong: two consecutive codes say by how much.
//!
//! The window of a check never widens by itself. Here it is moved, by at most ten steps, for a person who is identified by
//! other means (RFC 6238 §6); it stays as narrow as it was.

use gatepass_core::otp::{self, Window};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use super::check;
use crate::{
    app::Portal,
    audit::{self, Event},
    problem::{Code, Outcome, Problem},
    storage::{self, entities::second_factor},
};

/// Steps that a clock may be off.
pub const FARTHEST: i64 = 10;

/// Moves the window of the account's authenticator to where its codes are; says by how many steps it is off, below 0 when its
/// clock is behind. `code` and `next` are two codes that it showed one after the other; both are spent.
///
/// The helpdesk has identified the person: this counts no tries.
///
/// # Errors
/// [`Code::SecondFactorMissing`]; [`Code::CodeRefused`] when they are not two consecutive codes within [`FARTHEST`] steps.
pub async fn resync(portal: &Portal, account: Uuid, code: &str, next: &str) -> Outcome<i64> {
    let now = portal.clock.now();
    let tx = storage::begin(&portal.db).await?;
    let row = check::find(&tx, account, second_factor::State::Active)
        .await?
        .ok_or_else(|| Problem::new(Code::SecondFactorMissing))?;
    let secret = check::open(portal, &row).map_err(Problem::internal)?;
    let params = check::params(&row)?;
    let seconds = portal.clock.now_seconds();
    let refused = || Problem::new(Code::CodeRefused);
    // A step that is still to come: the portal's clock was ahead when a code was used, and every right code would be refused
    // until then. The helpdesk may go back.
    let present = i64::try_from(otp::time_step(&params, seconds)).map_err(Problem::internal)?;
    let ahead = row.last_step > present.saturating_add(FARTHEST + 1);
    let last_step = if ahead { None } else { u64::try_from(row.last_step).ok() };
    let first = otp::verify(&secret, &params, code, seconds, Window::MAX, last_step).map_err(|_| refused())?;
    let step = first.step.saturating_add(1);
    let at = step.saturating_mul(params.period().seconds().into());
    otp::verify(&secret, &params, next, at, Window::NONE, None).map_err(|_| refused())?;
    let step = i64::try_from(step).map_err(Problem::internal)?;
    let shift = step - present;
    if shift.abs() > FARTHEST {
        return Err(refused());
    }
    use second_factor::Column;
    let moved = second_factor::Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .col_expr(Column::Shift, Expr::value(shift))
        .col_expr(Column::Drift, Expr::value(shift))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(second_factor::State::Active))
        // As it was read; a code that was spent meanwhile stays spent.
        .filter(Column::LastStep.eq(row.last_step))
        .exec(&tx)
        .await?;
    if moved.rows_affected != 1 {
        return Err(refused());
    }
    let details = json!({ "by": "helpdesk", "shift": shift });
    audit::record(&tx, now, Event::SecondFactorResynced, None, Some(account), details).await?;
    tx.commit().await?;
    Ok(shift)
}
