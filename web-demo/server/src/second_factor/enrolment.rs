//! Enrolment: a pending secret, its QR code, and the first code that makes it active.

use gatepass_core::{
    otp::{self, Algorithm, Digits, Format, Period, Rejection, TotpParams, Window},
    otpauth::{Kind as OtpKind, Otpauth},
    qr::{self, EcLevel, SvgOptions},
    secret::Secret,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    check::{self, find},
    recovery::{self, RecoveryCode},
    seal::{self, Place},
    throttle::{self as counts, Counted, Counts, Kind},
};
use crate::{
    accounts::sessions::{self, Keep},
    app::Portal,
    audit::{self, Event},
    clock::{MINUTE, Millis},
    config,
    mail::Letter,
    problem::{Code, FieldCode, Outcome, Problem},
    request::Source,
    storage::{
        self,
        entities::{account, recovery_code, second_factor},
        together,
    },
    throttle,
};

/// Bytes of a shared secret: 160 bits, what RFC 4226 §4 R6 recommends and every authenticator takes.
const SECRET_BYTES: usize = 20;
/// How long a pending enrolment waits for its first code.
pub const PENDING: Millis = 10 * MINUTE;

/// What an authenticator needs. Shown once; no answer after the confirmation repeats it.
pub struct Enrolment {
    /// The QR code of `uri`, an SVG document.
    pub qr_svg: Zeroizing<String>,
    /// The secret in base32, for typing.
    pub secret: Zeroizing<String>,
    /// The otpauth URI.
    pub uri: Zeroizing<String>,
    /// Who issues.
    pub issuer: String,
    /// Personal data: the e-mail address, the account's name in the authenticator.
    pub account: String,
    /// Until when a first code is taken.
    pub expires_at: Millis,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolment").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// What an authenticator is asked to do: the policy of `[second_factor]`.
fn policy(config: &config::SecondFactor) -> Outcome<(Algorithm, Digits, Period)> {
    let algorithm = Algorithm::from_name(&config.algorithm)
        .ok_or_else(|| Problem::internal(anyhow::anyhow!("second_factor.algorithm")))?;
    let digits = Digits::new(config.digits).map_err(Problem::internal)?;
    let period = Period::new(config.period_seconds).map_err(Problem::internal)?;
    Ok((algorithm, digits, period))
}

/// Starts an enrolment, in the transaction of whoever has checked the password. One that was pending for the account ends;
/// an active authenticator stays until the first code of the new one.
///
/// # Errors
/// When the keys, the randomness or the database fail.
pub async fn begin(portal: &Portal, tx: &DatabaseTransaction, account: &account::Model) -> Outcome<Enrolment> {
    let (algorithm, digits, period) = policy(&portal.config.second_factor)?;
    let mut bytes = Zeroizing::new([0_u8; SECRET_BYTES]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| Problem::internal(anyhow::anyhow!("no randomness")))?;
    let secret = Secret::from_bytes(bytes.as_slice()).map_err(Problem::internal)?;

    let id = Uuid::now_v7();
    let place = Place { table: seal::SECOND_FACTORS, id, account: account.id };
    let sealed = seal::seal(&portal.keys, place, &secret).map_err(Problem::internal)?;
    let now = portal.clock.now();
    let expires_at = now + PENDING;
    let row = second_factor::ActiveModel {
        id: Set(id),
        account_id: Set(account.id),
        state: Set(second_factor::State::Pending),
        sealed_secret: Set(sealed.bytes),
        key_version: Set(sealed.version),
        algorithm: Set(algorithm.name().to_owned()),
        digits: Set(digits.get().into()),
        period: Set(i32::try_from(period.seconds()).map_err(Problem::internal)?),
        last_step: Set(-1),
        drift: Set(0),
        shift: Set(0),
        pending_until: Set(Some(expires_at)),
        created_at: Set(now),
        activated_at: Set(None),
    };
    use second_factor::Column;
    let takes_over = OnConflict::columns([Column::AccountId, Column::State])
        .update_columns([
            Column::Id,
            Column::SealedSecret,
            Column::KeyVersion,
            Column::Algorithm,
            Column::Digits,
            Column::Period,
            Column::LastStep,
            Column::Drift,
            Column::Shift,
            Column::PendingUntil,
            Column::CreatedAt,
        ])
        .to_owned();
    second_factor::Entity::insert(row).on_conflict(takes_over).exec_without_returning(tx).await?;
    audit::record(tx, now, Event::EnrolmentStarted, Some(account.id), Some(account.id), json!({})).await?;

    let issuer = portal.config.second_factor.issuer.clone();
    // Shown to its owner as text and picture, here and only here.
    let shown = secret.to_base32();
    let uri = Otpauth::new(OtpKind::Totp { algorithm, digits, period }, &issuer, &account.email, secret)
        .map_err(|reason| Problem::internal(anyhow::anyhow!("no otpauth URI for this account: {}", reason.code())))?
        .emit();
    let matrix = qr::encode(&uri, EcLevel::Medium).map_err(Problem::internal)?;
    let qr_svg = Zeroizing::new(matrix.to_svg(&SvgOptions::default()));
    Ok(Enrolment { qr_svg, secret: shown, uri, issuer, account: account.email.clone(), expires_at })
}

/// Makes the pending authenticator the account's active one, if `code` is its code now.
///
/// Ends every session of the account, in browsers and at tools, except `keep`: a change of the factor ends what the old one
/// allowed. Hands back the new recovery codes; those before stop working.
///
/// # Errors
/// [`Code::EnrolmentMissing`]; [`Code::CodeRefused`]; as [`sessions::end_all`]; [`Code::AppLimited`] when the code is right for the same secret read
/// as a simpler authenticator reads it (`fields` says which limitation); [`Code::Throttled`] when the source pauses.
pub async fn confirm(
    portal: &Portal,
    account: Uuid,
    source: Source,
    code: &str,
    keep: Keep,
) -> Outcome<Vec<Zeroizing<String>>> {
    let counts = Counts::new(portal, Kind::Enrolment, account, source);
    let now = portal.clock.now();
    let (tx, counted) = counts.begin(portal, now).await?;
    if let Counted::SourcePauses(verdict) | Counted::AccountPauses(verdict) = counted {
        // Once an hour: a flood of tries is no flood of rows.
        if counts::may_notify(&tx, now, "enrolment", account).await? {
            audit::record(&tx, now, Event::Throttled, None, Some(account), json!({ "scope": "enrolment" })).await?;
        }
        tx.commit().await?;
        return Err(verdict.problem());
    }
    let pending = find(&tx, account, second_factor::State::Pending).await?;
    tx.commit().await?;
    let Some(row) = pending.filter(|row| row.pending_until.is_some_and(|until| now < until)) else {
        return Err(Code::EnrolmentMissing.into());
    };

    let secret = check::open(portal, &row).map_err(Problem::internal)?;
    let params = check::params(&row)?;
    let seconds = portal.clock.now_seconds();
    let accepted = match otp::verify(&secret, &params, code, seconds, Window::ONE, None) {
        Ok(accepted) => accepted,
        Err(rejection) => {
            let limitation = limitation(&secret, &params, code, seconds);
            let reason = limitation.as_ref().map_or(rejection.code(), |_| Code::AppLimited.code());
            audit::record(
                &portal.db,
                now,
                Event::EnrolmentRefused,
                Some(account),
                Some(account),
                json!({ "reason": reason }),
            )
            .await?;
            return Err(match limitation {
                Some(fields) => Problem::new(Code::AppLimited).with_fields(fields),
                None => Problem::new(Code::CodeRefused),
            });
        }
    };
    drop(secret);
    let codes = new_codes(portal, account).await?;

    let tx = storage::begin(&portal.db).await?;
    // Counts before authenticators, as everywhere: two transactions that lock in different orders wait for each other.
    // Recovery codes come first, as where one is checked: else the two could wait for each other.
    store_codes(&tx, account, &codes, now).await?;
    throttle::clear(&tx, &counts::account_scope(Kind::Code, account)).await?;
    throttle::clear(&tx, &counts::account_scope(Kind::Recovery, account)).await?;
    let replaced = second_factor::Entity::delete_many()
        .filter(second_factor::Column::AccountId.eq(account))
        .filter(second_factor::Column::State.eq(second_factor::State::Active))
        .exec(&tx)
        .await?
        .rows_affected
        > 0;
    use second_factor::Column;
    let activated = second_factor::Entity::update_many()
        .col_expr(Column::State, Expr::value(second_factor::State::Active))
        // The code that confirms is spent with it.
        .col_expr(Column::LastStep, Expr::value(i64::try_from(accepted.step).map_err(Problem::internal)?))
        .col_expr(Column::Drift, Expr::value(accepted.drift))
        .col_expr(Column::PendingUntil, Expr::value(Option::<i64>::None))
        .col_expr(Column::ActivatedAt, Expr::value(Some(now)))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(second_factor::State::Pending))
        .exec(&tx)
        .await?;
    if activated.rows_affected != 1 {
        // Somebody else confirmed it, or began another one: that one counts.
        tx.rollback().await?;
        return Err(Code::EnrolmentMissing.into());
    }
    sessions::end_all(&tx, now, account, keep).await?;
    audit::record(
        &tx,
        now,
        Event::SecondFactorActivated,
        Some(account),
        Some(account),
        json!({ "replaced": replaced, "drift": accepted.drift }),
    )
    .await?;
    check::tell(portal, &tx, now, account, Letter::SecondFactorAdded, json!({})).await?;
    together::execute(&tx, counts.right(&tx).into()).await?;
    tx.commit().await?;
    portal.outbox.wake();
    Ok(codes.into_iter().map(|(code, _)| code.shown()).collect())
}

/// Which limitation of an authenticator explains the code: it computes with SHA1, shows six digits, or rolls every 30
/// seconds whatever the QR code says. The fewest that do.
fn limitation(
    secret: &Secret,
    policy: &TotpParams,
    code: &str,
    now: u64,
) -> Option<std::collections::BTreeMap<&'static str, FieldCode>> {
    let plain = (Algorithm::Sha1, Format::Decimal(Digits::SIX), Period::default());
    let mut readings: Vec<_> = (1_u8..8)
        .map(|mask| {
            let algorithm = if mask & 1 == 0 { policy.algorithm() } else { plain.0 };
            let format = if mask & 2 == 0 { policy.format() } else { plain.1 };
            let period = if mask & 4 == 0 { policy.period() } else { plain.2 };
            (mask, TotpParams::new(algorithm, format, period))
        })
        .filter(|(_, params)| params != policy)
        .collect();
    readings.sort_by_key(|(mask, _)| mask.count_ones());
    let matches = |params: &TotpParams| match otp::verify(secret, params, code, now, Window::ONE, None) {
        Ok(_) => true,
        Err(Rejection::Malformed | Rejection::Wrong | Rejection::Reused) => false,
    };
    readings.into_iter().find(|(_, params)| matches(params)).map(|(_, params)| {
        let mut fields = std::collections::BTreeMap::new();
        if params.algorithm() != policy.algorithm() {
            fields.insert("algorithm", FieldCode::AppSha1Only);
        }
        if params.format() != policy.format() {
            fields.insert("digits", FieldCode::AppSixDigitsOnly);
        }
        if params.period() != policy.period() {
            fields.insert("period", FieldCode::AppThirtySecondsOnly);
        }
        fields
    })
}

/// New recovery codes with their hashes.
pub(super) async fn new_codes(portal: &Portal, account: Uuid) -> Outcome<Vec<(RecoveryCode, [u8; 32])>> {
    let make = move || {
        (0..recovery::CODES)
            .map(|_| {
                let code = RecoveryCode::random()?;
                let hash = code.hash(account)?;
                Ok((code, hash))
            })
            .collect::<Result<Vec<_>, recovery::RecoveryError>>()
    };
    portal.passwords.run(make).await?.map_err(Problem::internal)
}

/// Puts new recovery codes in the place of all before.
pub(super) async fn store_codes(
    tx: &DatabaseTransaction,
    account: Uuid,
    codes: &[(RecoveryCode, [u8; 32])],
    now: Millis,
) -> Outcome<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(account)).exec(tx).await?;
    let rows = codes.iter().map(|(_, hash)| recovery_code::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        hash: Set(hash.to_vec()),
        created_at: Set(now),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
