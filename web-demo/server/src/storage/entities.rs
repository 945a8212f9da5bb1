//! The tables, one module each. Times are [`Millis`](crate::clock::Millis), ids are UUIDv7.
//!
//! `Debug` of a row shows its id and state, never personal data or secrets: a row that ends up in a log line by mistake
//! gives nothing away.
#![allow(
    missing_docs,
    reason = "the derive makes public items that cannot carry a comment; every column has one here or in the migration"
)]

/// `Debug` with nothing but the named columns.
macro_rules! debug_only {
    ($($field:ident),+) => {
        impl std::fmt::Debug for Model {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Model")$(.field(stringify!($field), &self.$field))+.finish_non_exhaustive()
            }
        }
    };
}

pub mod account {
    use sea_orm::entity::prelude::*;

    /// A person who can log in.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Personal data: the address as typed.
        pub email: String,
        /// Personal data: the address as compared, unique.
        pub email_key: String,
        /// Argon2id in PHC form; empty while nobody has chosen one.
        pub password_hash: String,
        /// Personal data: the name as printed on the document.
        pub full_name: String,
        /// Personal data: the workshop's name.
        pub workshop: String,
        /// `sv` or `en`.
        pub language: String,
        pub created_at: i64,
        /// When a link in a mail to this address was followed.
        pub confirmed_at: Option<i64>,
        /// When the technician's identity was verified.
        pub verified_at: Option<i64>,
        pub password_changed_at: i64,
    }
    debug_only!(id, confirmed_at, verified_at);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    use sea_orm::entity::prelude::*;

    /// How far a login has come.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum State {
        /// The password was right; an active second factor's code is wanted.
        CodeWanted,
        LoggedIn,
    }

    /// A browser that has given the right password.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// SHA-256 of the cookie's 256 random bits.
        #[sea_orm(column_type = "Blob")]
        pub token_hash: Vec<u8>,
        pub account_id: Uuid,
        pub state: State,
        pub created_at: i64,
        /// Moves at most once a minute.
        pub last_seen_at: i64,
        /// The end, used or not.
        pub expires_at: i64,
    }
    debug_only!(id, account_id, state);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod email_token {
    use sea_orm::entity::prelude::*;

    /// What a link in a mail may do; it does nothing else.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum Purpose {
        /// Confirm the address an account was registered with.
        Confirm,
        /// Set a new password.
        Reset,
        /// Confirm the address an account moves to.
        ChangeEmail,
    }

    /// A link in a mail: single use, with a life, bound to its purpose.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "email_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub purpose: Purpose,
        /// SHA-256 of the link's 256 random bits.
        #[sea_orm(column_type = "Blob")]
        pub token_hash: Vec<u8>,
        /// Personal data: the address that following the link proves.
        pub email: String,
        /// When the link was asked for; its mail may have left later.
        pub created_at: i64,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }
    debug_only!(id, account_id, purpose, used_at);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod second_factor {
    use sea_orm::entity::prelude::*;

    /// An account has at most one row of each state.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum State {
        /// Shown as a QR code, not yet confirmed by a code.
        Pending,
        Active,
    }

    /// An authenticator of an account.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factors")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        pub state: State,
        /// Nonce and AEAD ciphertext of the shared secret.
        #[sea_orm(column_type = "Blob")]
        pub sealed_secret: Vec<u8>,
        /// Which sealing key.
        pub key_version: i32,
        /// `SHA1`, `SHA256` or `SHA512`.
        pub algorithm: String,
        pub digits: i32,
        /// Seconds.
        pub period: i32,
        /// The last time step a code was accepted for (RFC 6238 §5.2); -1 before the first.
        pub last_step: i64,
        /// Steps the authenticator's clock was off at the last code, signed.
        pub drift: i64,
        /// Steps by which codes are looked for away from the portal's time; see [`crate::second_factor::resync`].
        pub shift: i64,
        pub pending_until: Option<i64>,
        pub created_at: i64,
        pub activated_at: Option<i64>,
    }
    debug_only!(id, account_id, state, key_version);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recovery_code {
    use sea_orm::entity::prelude::*;

    /// A code for the day the phone is gone; single use.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_codes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub account_id: Uuid,
        /// Argon2id of the code, salted by the account; see [`crate::second_factor::recovery`].
        #[sea_orm(column_type = "Blob")]
        pub hash: Vec<u8>,
        pub created_at: i64,
        pub used_at: Option<i64>,
    }
    debug_only!(id, account_id, used_at);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod throttle {
    use sea_orm::entity::prelude::*;

    /// Tries of one kind by one account or source; see [`crate::throttle`].
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "throttle")]
    pub struct Model {
        /// Kind and a hash of who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub scope: String,
        /// Tries inside the window.
        pub failures: i64,
        pub window_start: i64,
        pub blocked_until: i64,
        /// Tries since the last success.
        pub total: i64,
    }
    debug_only!(failures, window_start, blocked_until, total);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod tool_login {
    use sea_orm::entity::prelude::*;

    /// What the login at a tool waits for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum State {
        /// A code of the active authenticator.
        Code,
        /// The first code of a new authenticator.
        Enrol,
        /// Nothing: it became a tool session.
        Done,
    }

    /// Between password and code at a diagnostic tool.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tool_logins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// SHA-256 of the ticket.
        #[sea_orm(column_type = "Blob")]
        pub ticket_hash: Vec<u8>,
        pub account_id: Uuid,
        pub tool_serial: String,
        pub state: State,
        pub created_at: i64,
        pub expires_at: i64,
    }
    debug_only!(id, account_id, state);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod tool_session {
    use sea_orm::entity::prelude::*;

    /// A technician logged in at a tool.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tool_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// SHA-256 of the bearer token.
        #[sea_orm(column_type = "Blob")]
        pub token_hash: Vec<u8>,
        pub account_id: Uuid,
        pub tool_serial: String,
        pub created_at: i64,
        pub expires_at: i64,
    }
    debug_only!(id, account_id, expires_at);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod permit {
    use sea_orm::entity::prelude::*;

    /// A signed permission to open one brand at one tool, once.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "permits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub jti: Uuid,
        pub account_id: Uuid,
        pub brand: String,
        pub tool_serial: String,
        pub issued_at: i64,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }
    debug_only!(jti, account_id, brand, used_at);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod outbox {
    use sea_orm::entity::prelude::*;

    /// Where a mail is on its way.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum State {
        Waiting,
        /// A worker holds it until `lease_until`.
        Sending,
        Sent,
        /// Nothing to send, for example a reset asked for an address nobody has.
        Dropped,
        /// The server refused it for good, or too often.
        Failed,
    }

    /// A mail that is to go out. Holds no link and no token: those are made at the moment of sending.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Which letter; see [`crate::mail::Letter`].
        pub kind: String,
        /// Personal data: the address.
        pub recipient: String,
        pub account_id: Option<Uuid>,
        /// What the letter says besides: numbers and codes, never secrets.
        pub params: Json,
        pub state: State,
        pub attempts: i32,
        /// Not before.
        pub due_at: i64,
        pub lease_until: Option<i64>,
        pub lease_owner: Option<Uuid>,
        /// A class of error (`smtp_unreachable`), never the server's words, which may hold the address.
        pub last_error: Option<String>,
        pub created_at: i64,
        pub finished_at: Option<i64>,
    }
    debug_only!(id, kind, state, attempts);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod audit {
    use sea_orm::entity::prelude::*;

    /// Who did what to whom. Rows are only ever added.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: i64,
        /// The account that acted; none for the portal itself or somebody unknown.
        pub actor: Option<Uuid>,
        /// The account it happened to.
        pub subject: Option<Uuid>,
        /// Stable code; see [`crate::audit::Event`].
        pub event: String,
        /// Ids and codes, never personal data or secrets.
        pub details: Json,
    }
    debug_only!(id, at, actor, subject, event);

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
