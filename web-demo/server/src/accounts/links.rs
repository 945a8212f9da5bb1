//! Links in mails: single use, with a life, bound to a purpose and an address; only the newest of a purpose works.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::{
    app::Portal,
    clock::{HOUR, MINUTE, Millis},
    storage::{
        self,
        entities::{
            account,
            email_token::{self, Purpose},
        },
        statement,
    },
    token::{self, Token},
};

/// Makes a link's token and ends the older ones of the same purpose. `email` is what following the link proves, `asked_at`
/// when it was asked for: a mail may have waited since, and what happened meanwhile counts.
///
/// # Errors
/// When the database does.
pub async fn make(
    portal: &Portal,
    account: &account::Model,
    purpose: Purpose,
    email: &str,
    asked_at: Millis,
) -> Result<Token, DbErr> {
    let config = &portal.config.accounts;
    let life = match purpose {
        Purpose::Confirm | Purpose::ChangeEmail => Millis::from(config.confirm_hours) * HOUR,
        Purpose::Reset => Millis::from(config.reset_minutes) * MINUTE,
    };
    let (token, now) = (Token::random(), portal.clock.now());
    let tx = storage::begin(&portal.db).await?;
    end(&tx, account.id, purpose).await?;
    email_token::Entity::insert(email_token::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account.id),
        purpose: Set(purpose),
        token_hash: Set(token.hash()),
        email: Set(email.to_owned()),
        created_at: Set(asked_at),
        expires_at: Set(now + life),
        used_at: Set(None),
    })
    .exec_without_returning(&tx)
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// The link's row, if it still works. Changes nothing.
///
/// # Errors
/// When the database does.
pub async fn look(
    db: &impl ConnectionTrait,
    now: Millis,
    purpose: Purpose,
    presented: &str,
) -> Result<Option<email_token::Model>, DbErr> {
    email_token::Entity::find()
        .filter(email_token::Column::TokenHash.eq(token::hash(presented)))
        .filter(email_token::Column::Purpose.eq(purpose))
        .filter(email_token::Column::UsedAt.is_null())
        .filter(email_token::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// Uses the link up, in one statement: of two at the same time, one gets the row.
///
/// # Errors
/// When the database does.
pub async fn consume(
    db: &impl ConnectionTrait,
    now: Millis,
    purpose: Purpose,
    presented: &str,
) -> Result<Option<email_token::Model>, DbErr> {
    const SQL: &str = "UPDATE email_tokens SET used_at = $1 WHERE token_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1 RETURNING *";
    let purpose = sea_orm::ActiveEnum::to_value(&purpose);
    let values = vec![now.into(), token::hash(presented).into(), purpose.into()];
    email_token::Entity::find().from_raw_sql(statement(db, SQL, values)).one(db).await
}

/// Ends all links of a purpose.
///
/// # Errors
/// When the database does.
pub async fn end(db: &impl ConnectionTrait, account: Uuid, purpose: Purpose) -> Result<(), DbErr> {
    email_token::Entity::delete_many()
        .filter(email_token::Column::AccountId.eq(account))
        .filter(email_token::Column::Purpose.eq(purpose))
        .filter(email_token::Column::UsedAt.is_null())
        .exec(db)
        .await
        .map(|_| ())
}
