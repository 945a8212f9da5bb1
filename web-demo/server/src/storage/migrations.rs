//! The schema's history, one set for SQLite and PostgreSQL. A released migration is never changed; a new one is added.

use sea_orm_migration::{prelude::*, schema, sea_orm::DbBackend};

/// All migrations, oldest first.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Accounts),
            Box::new(SecondFactors),
            Box::new(ToolLogin),
            Box::new(OutboxAndAudit),
            Box::new(ShiftAndAppendOnly),
            Box::new(NoReplacing),
        ]
    }
}

fn account_id(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_account"))
        .from(table, "account_id")
        .to("accounts", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

macro_rules! migration {
    ($name:ident, $id:literal, [$($table:literal),+], |$manager:ident| $up:block) => {
        struct $name;

        impl MigrationName for $name {
            fn name(&self) -> &str {
                $id
            }
        }

        #[async_trait::async_trait]
        impl MigrationTrait for $name {
            async fn up(&self, $manager: &SchemaManager) -> Result<(), DbErr> {
                $up;
                Ok(())
            }

            async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $(manager.drop_table(Table::drop().table($table).to_owned()).await?;)+
                Ok(())
            }
        }
    };
}

migration!(Accounts, "m0001_accounts", ["throttle", "email_tokens", "sessions", "accounts"], |m| {
    m.create_table(
        Table::create()
            .table("accounts")
            .col(schema::uuid("id").primary_key())
            .col(schema::string("email"))
            .col(schema::string("email_key").unique_key())
            .col(schema::string("password_hash"))
            .col(schema::string("full_name"))
            .col(schema::string("workshop"))
            .col(schema::string("language"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer_null("confirmed_at"))
            .col(schema::big_integer_null("verified_at"))
            .col(schema::big_integer("password_changed_at"))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table("sessions")
            .col(schema::uuid("id").primary_key())
            .col(schema::blob("token_hash").unique_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("state"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer("last_seen_at"))
            .col(schema::big_integer("expires_at"))
            .foreign_key(&mut account_id("sessions"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("sessions", &["account_id"])).await?;
    m.create_index(index("sessions", &["expires_at"])).await?;
    m.create_table(
        Table::create()
            .table("email_tokens")
            .col(schema::uuid("id").primary_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("purpose"))
            .col(schema::blob("token_hash").unique_key())
            .col(schema::string("email"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer("expires_at"))
            .col(schema::big_integer_null("used_at"))
            .foreign_key(&mut account_id("email_tokens"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("email_tokens", &["account_id", "purpose"])).await?;
    m.create_index(index("email_tokens", &["expires_at"])).await?;
    m.create_table(
        Table::create()
            .table("throttle")
            .col(schema::string("scope").primary_key())
            .col(schema::big_integer("failures"))
            .col(schema::big_integer("window_start"))
            .col(schema::big_integer("blocked_until"))
            .col(schema::big_integer("total"))
            .to_owned(),
    )
    .await?;
});

migration!(SecondFactors, "m0002_second_factors", ["recovery_codes", "second_factors"], |m| {
    m.create_table(
        Table::create()
            .table("second_factors")
            .col(schema::uuid("id").primary_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("state"))
            .col(schema::blob("sealed_secret"))
            .col(schema::integer("key_version"))
            .col(schema::string("algorithm"))
            .col(schema::integer("digits"))
            .col(schema::integer("period"))
            .col(schema::big_integer("last_step"))
            .col(schema::big_integer("drift"))
            .col(schema::big_integer_null("pending_until"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer_null("activated_at"))
            .foreign_key(&mut account_id("second_factors"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("second_factors", &["account_id", "state"]).unique().to_owned()).await?;
    m.create_index(index("second_factors", &["key_version"])).await?;
    m.create_table(
        Table::create()
            .table("recovery_codes")
            .col(schema::uuid("id").primary_key())
            .col(schema::uuid("account_id"))
            .col(schema::blob("hash"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer_null("used_at"))
            .foreign_key(&mut account_id("recovery_codes"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("recovery_codes", &["account_id", "hash"]).unique().to_owned()).await?;
});

migration!(ToolLogin, "m0003_tool_login", ["permits", "tool_sessions", "tool_logins"], |m| {
    m.create_table(
        Table::create()
            .table("tool_logins")
            .col(schema::uuid("id").primary_key())
            .col(schema::blob("ticket_hash").unique_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("tool_serial"))
            .col(schema::string("state"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer("expires_at"))
            .foreign_key(&mut account_id("tool_logins"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("tool_logins", &["expires_at"])).await?;
    m.create_table(
        Table::create()
            .table("tool_sessions")
            .col(schema::uuid("id").primary_key())
            .col(schema::blob("token_hash").unique_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("tool_serial"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer("expires_at"))
            .foreign_key(&mut account_id("tool_sessions"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("tool_sessions", &["account_id"])).await?;
    m.create_index(index("tool_sessions", &["expires_at"])).await?;
    m.create_table(
        Table::create()
            .table("permits")
            .col(schema::uuid("jti").primary_key())
            .col(schema::uuid("account_id"))
            .col(schema::string("brand"))
            .col(schema::string("tool_serial"))
            .col(schema::big_integer("issued_at"))
            .col(schema::big_integer("expires_at"))
            .col(schema::big_integer_null("used_at"))
            .foreign_key(&mut account_id("permits"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("permits", &["expires_at"])).await?;
});

migration!(OutboxAndAudit, "m0004_outbox_and_audit", ["audit", "outbox"], |m| {
    m.create_table(
        Table::create()
            .table("outbox")
            .col(schema::uuid("id").primary_key())
            .col(schema::string("kind"))
            .col(schema::string("recipient"))
            .col(schema::uuid_null("account_id"))
            .col(schema::json("params"))
            .col(schema::string("state"))
            .col(schema::integer("attempts"))
            .col(schema::big_integer("due_at"))
            .col(schema::big_integer_null("lease_until"))
            .col(schema::uuid_null("lease_owner"))
            .col(schema::string_null("last_error"))
            .col(schema::big_integer("created_at"))
            .col(schema::big_integer_null("finished_at"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("outbox", &["state", "due_at"])).await?;
    m.create_table(
        Table::create()
            .table("audit")
            .col(schema::uuid("id").primary_key())
            .col(schema::big_integer("at"))
            .col(schema::uuid_null("actor"))
            .col(schema::uuid_null("subject"))
            .col(schema::string("event"))
            .col(schema::json("details"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("audit", &["subject", "at"])).await?;
});

/// The window of an authenticator can be moved; the audit log refuses changes, whoever asks the database for them.
struct ShiftAndAppendOnly;

impl MigrationName for ShiftAndAppendOnly {
    fn name(&self) -> &str {
        "m0005_shift_and_append_only"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ShiftAndAppendOnly {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let shift = schema::big_integer("shift").default(0).to_owned();
        manager.alter_table(Table::alter().table("second_factors").add_column(shift).to_owned()).await?;
        let guards: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &[
                "CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
                "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
                 FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()",
            ],
            _ => &[
                "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit \
                 BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
                "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit \
                 BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
            ],
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guards: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &["DROP TRIGGER audit_append_only ON audit", "DROP FUNCTION audit_refuses()"],
            _ => &["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        manager.alter_table(Table::alter().table("second_factors").drop_column("shift").to_owned()).await
    }
}

/// SQLite deletes what `INSERT OR REPLACE` replaces without asking the trigger that refuses deletions: a row of the audit log
/// is not to be put in another's place either. PostgreSQL knows no such statement.
struct NoReplacing;

impl MigrationName for NoReplacing {
    fn name(&self) -> &str {
        "m0006_no_replacing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NoReplacing {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            let guard = "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit \
                 WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR rowid = NEW.rowid) \
                 BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END";
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            manager.get_connection().execute_unprepared("DROP TRIGGER audit_no_replace").await?;
        }
        Ok(())
    }
}
