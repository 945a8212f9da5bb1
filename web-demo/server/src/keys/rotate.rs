//! Sealing rows anew, while portals run.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{KeyError, KeyVersion, Keyring};
use crate::{
    second_factor::seal::{self, Place, SealError},
    storage::entities::second_factor::{Column, Entity, Model},
};

/// Rows looked at with one query.
const BATCH: u64 = 200;

/// What a pass over the rows did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Resealed {
    /// Rows now sealed with the new key.
    pub rows: u64,
    /// Rows that do not open with the key they name, left as they are.
    pub broken: u64,
}

/// Why rows could not be sealed anew.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The new key is not there.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database said no.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// How many rows name this key version.
///
/// # Errors
/// When the database does not answer.
pub async fn rows(db: &impl ConnectionTrait, version: KeyVersion) -> Result<u64, DbErr> {
    Entity::find().filter(Column::KeyVersion.eq(version)).count(db).await
}

/// Seals every row of an older version with `version`. A row that a running portal changes meanwhile is left to that
/// change, and looked at again in the next pass; passes go on until one finds nothing to do.
///
/// # Errors
/// [`RotateError`].
pub async fn reseal(db: &DatabaseConnection, keyring: &Keyring, version: KeyVersion) -> Result<Resealed, RotateError> {
    let to = keyring.opening(version)?;
    let mut done = Resealed::default();
    loop {
        let mut after = Uuid::nil();
        let mut changed = 0;
        done.broken = 0;
        loop {
            let batch: Vec<Model> = Entity::find()
                .filter(Column::KeyVersion.lt(version))
                .filter(Column::Id.gt(after))
                .order_by_asc(Column::Id)
                .limit(BATCH)
                .all(db)
                .await?;
            let Some(last) = batch.last() else { break };
            after = last.id;
            for row in batch {
                match seal::reseal(keyring, &to, Place::of(&row), &row.sealed_secret, row.key_version) {
                    Ok(Some(sealed)) => {
                        let result = Entity::update_many()
                            .col_expr(Column::SealedSecret, Expr::value(sealed.bytes))
                            .col_expr(Column::KeyVersion, Expr::value(sealed.version))
                            .filter(Column::Id.eq(row.id))
                            .filter(Column::KeyVersion.eq(row.key_version))
                            .filter(Column::SealedSecret.eq(row.sealed_secret))
                            .exec(db)
                            .await?;
                        changed += result.rows_affected;
                    }
                    Ok(None) => {}
                    Err(SealError::Key(error @ KeyError::Io { .. })) => return Err(error.into()),
                    Err(error) => {
                        done.broken += 1;
                        tracing::error!(row = %row.id, code = error.code(), "a row cannot be sealed anew");
                    }
                }
            }
        }
        done.rows += changed;
        if changed == 0 {
            return Ok(done);
        }
    }
}
