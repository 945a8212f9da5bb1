//! Whether the keys in the folder are those that sealed the rows: found at the start, not at somebody's login.

use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{KeyError, KeyVersion, Keyring};
use crate::{
    second_factor::seal::{self, Place},
    storage::entities::second_factor::{Column, Entity},
};

/// Rows of one version that are tried. One that was changed by hand must not stop the portal.
const TRIED: u64 = 5;

/// Why the keys do not fit the database.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// A key is missing, or is another one.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database said no.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Looks for the key of every version that a row names, and tries it on the newest of these rows.
///
/// # Errors
/// [`KeyError::UnknownVersion`], [`KeyError::Foreign`].
pub async fn check(db: &DatabaseConnection, keyring: &Keyring) -> Result<(), FitError> {
    let versions: Vec<KeyVersion> =
        Entity::find().select_only().column(Column::KeyVersion).distinct().into_tuple().all(db).await?;
    for version in versions {
        keyring.opening(version)?;
        let rows = Entity::find()
            .filter(Column::KeyVersion.eq(version))
            .order_by_desc(Column::Id)
            .limit(TRIED)
            .all(db)
            .await?;
        let opens =
            rows.iter().any(|row| seal::open(keyring, Place::of(row), &row.sealed_secret, row.key_version).is_ok());
        // Another process may just have sealed them anew.
        if !opens && !rows.is_empty() {
            return Err(KeyError::Foreign(version).into());
        }
    }
    Ok(())
}
