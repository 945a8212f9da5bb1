//! A technician at a diagnostic tool: a portal inside the test's process on SQLite or PostgreSQL, an authenticator, a clock
//! that further portals and processes on the same database share, and ([`process`]) the program itself. For codes, tickets,
//! permits, keys, and what several processes do together.
//!
//! Its sibling `support` is a person at a browser. Accounts are made here without mails, confirmed and verified, so that a
//! test begins where its subject does.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]
#![allow(unreachable_pub, reason = "a module of the test, used by it alone")]
#![allow(dead_code, reason = "every test file uses its own part of this")]

pub mod process;

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use gatepass_core::{
    otp::{self, TotpParams},
    secret::Secret,
};
use gatepass_portal::{
    Portal, app,
    clock::Clock,
    config::Config,
    keys,
    storage::entities::{account, audit},
};
use gatepass_tests::services::{Database, Postgres};
use http_body_util::BodyExt as _;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

/// The password of every technician here.
pub const PASSWORD: &str = "lila moln över sjöbo";
/// The tool's serial number.
pub const TOOL: &str = "GP-000123";

/// Runs one test on both databases, as two tests.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$attribute:meta])* $name:ident)+) => {$(
        mod $name {
            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name($crate::harness::App::sqlite().await).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                super::$name($crate::harness::App::postgres().await).await;
            }
        }
    )+};
}

/// A portal with a database and a key folder of its own.
#[derive(Clone)]
pub struct App {
    pub portal: Portal,
    router: Router,
    pub config: Config,
    // Dropped after the portal: the folder and the database end with the last clone.
    place: Arc<Place>,
}

struct Place {
    folder: tempfile::TempDir,
    database: Option<Database<'static>>,
}

impl App {
    pub async fn sqlite() -> Self {
        Self::with(None, |_| {}).await
    }

    pub async fn postgres() -> Self {
        Self::with(Some(Postgres::shared().database()), |_| {}).await
    }

    /// The environment that makes `gatepass` use this database, these keys and this clock.
    pub fn environment(&self) -> Vec<(String, String)> {
        let config = &self.config;
        [
            ("DEVELOPMENT", "true".to_owned()),
            ("DATABASE__URL", config.database.url.expose().to_owned()),
            ("MAIL__FOLDER", config.mail.folder.display().to_string()),
            ("KEYS__FOLDER", config.keys.folder.display().to_string()),
            ("CLOCK__OFFSET_FILE", config.clock.offset_file.as_ref().unwrap().display().to_string()),
            ("ACCOUNTS__PASSWORD_MEMORY_KIB", config.accounts.password_memory_kib.to_string()),
            ("ACCOUNTS__PASSWORD_PASSES", config.accounts.password_passes.to_string()),
        ]
        .map(|(key, value)| (format!("GATEPASS__{key}"), value))
        .to_vec()
    }

    /// With settings of one's own.
    pub async fn sqlite_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::with(None, change).await
    }

    /// With settings of one's own, on either database.
    pub async fn on(postgres: bool, change: impl FnOnce(&mut Config)) -> Self {
        Self::with(postgres.then(|| Postgres::shared().database()), change).await
    }

    async fn with(database: Option<Database<'static>>, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config { development: true, ..Config::default() };
        config.database.url = match &database {
            Some(database) => database.url().to_owned().into(),
            None => format!("sqlite://{}", folder.path().join("gatepass.db").display()).into(),
        };
        config.mail.folder = folder.path().join("mail");
        config.keys.folder = folder.path().join("keys");
        // One clock for this portal, for others on the same database and for processes.
        config.clock.offset_file = Some(folder.path().join("clock"));
        // The password hash is not what these tests are about.
        config.accounts.password_memory_kib = 64;
        config.accounts.password_passes = 1;
        change(&mut config);
        keys::init(&config.keys.folder, Clock::new(config.clock.offset_file.clone()).now()).unwrap();
        let portal = Portal::open(config.clone()).await.unwrap();
        let router = app::router(&portal);
        Self { portal, router, config, place: Arc::new(Place { folder, database }) }
    }

    /// The same database and keys through another portal, as after a restart or in another process.
    pub async fn again(&self) -> Self {
        let portal = Portal::open(self.config.clone()).await.unwrap();
        let router = app::router(&portal);
        Self { portal, router, config: self.config.clone(), place: Arc::clone(&self.place) }
    }

    pub fn folder(&self) -> PathBuf {
        self.place.folder.path().to_owned()
    }

    pub fn is_sqlite(&self) -> bool {
        self.place.database.is_none()
    }

    /// One request from `source`.
    pub async fn request(&self, source: &str, request: Request<Body>) -> Answer {
        let mut request = request;
        let peer: SocketAddr = format!("{source}:40000").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()))
        };
        Answer { status, headers, body }
    }

    /// `POST` of JSON to the tool's API, from 192.0.2.1.
    pub async fn tool(&self, path: &str, token: Option<&str>, body: Value) -> Answer {
        self.tool_from("192.0.2.1", path, token, body).await
    }

    pub async fn tool_from(&self, source: &str, path: &str, token: Option<&str>, body: Value) -> Answer {
        let mut request = Request::post(format!("/tool/v1/{path}")).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.request(source, request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let mut request = Request::get(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.request("192.0.2.1", request.body(Body::empty()).unwrap()).await
    }

    /// An account that is confirmed and verified, made without mails.
    pub async fn technician(&self) -> Technician {
        let email = format!("tech-{}@verkstad.example", Uuid::now_v7().simple());
        let now = self.portal.clock.now();
        let id = Uuid::now_v7();
        account::Entity::insert(account::ActiveModel {
            id: Set(id),
            email: Set(email.clone()),
            email_key: Set(email.clone()),
            password_hash: Set(self.portal.passwords.accept("password", PASSWORD, &[]).await.unwrap()),
            full_name: Set("Anna Svensson".into()),
            workshop: Set("Bil & Däck AB".into()),
            language: Set("sv".into()),
            created_at: Set(now),
            confirmed_at: Set(Some(now)),
            verified_at: Set(Some(now)),
            password_changed_at: Set(now),
        })
        .exec_without_returning(&self.portal.db)
        .await
        .unwrap();
        Technician { app: self.clone(), id, email, secret: None, recovery_codes: Vec::new() }
    }

    /// A technician with an active authenticator.
    pub async fn enrolled(&self) -> Technician {
        let mut technician = self.technician().await;
        technician.enrol().await;
        technician
    }

    /// `(event, reason)` of the account's audit rows, oldest first.
    pub async fn audit(&self, subject: Uuid) -> Vec<(String, String)> {
        audit::Entity::find()
            .filter(audit::Column::Subject.eq(subject))
            .order_by_asc(audit::Column::Id)
            .all(&self.portal.db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.event, row.details.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned()))
            .collect()
    }

    /// The kinds of mail that wait for this address.
    pub async fn letters(&self, email: &str) -> Vec<String> {
        use gatepass_portal::storage::entities::outbox;
        outbox::Entity::find()
            .filter(outbox::Column::Recipient.eq(email))
            .order_by_asc(outbox::Column::Id)
            .all(&self.portal.db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.kind)
            .collect()
    }

    /// Moves the clock on to the beginning of a later time step, for every portal on this database. Half a minute of the
    /// test's own time then belongs to this step.
    pub fn steps(&self, steps: i64) {
        let now = i64::try_from(self.portal.clock.now_seconds()).unwrap();
        self.seconds((now / 30 + steps) * 30 - now);
    }

    pub fn minutes(&self, minutes: i64) {
        self.seconds(minutes * 60);
    }

    pub fn seconds(&self, seconds: i64) {
        let file = self.config.clock.offset_file.clone().unwrap();
        let before: i64 = fs::read_to_string(&file).map_or(0, |text| text.trim().parse().unwrap());
        // Never half a number for whoever reads meanwhile.
        let beside = self.folder().join("clock.new");
        fs::write(&beside, (before + seconds).to_string()).unwrap();
        fs::rename(beside, file).unwrap();
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    /// The code of a problem document.
    #[track_caller]
    pub fn problem(&self) -> &str {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{self:?}");
        self.body["code"].as_str().unwrap()
    }

    pub fn retry_after(&self) -> Option<i64> {
        self.headers.get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().parse().unwrap())
    }

    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }
}

/// A technician with an authenticator in the pocket.
#[derive(Clone)]
pub struct Technician {
    pub app: App,
    pub id: Uuid,
    pub email: String,
    pub secret: Option<String>,
    pub recovery_codes: Vec<String>,
}

impl Technician {
    /// The code of `secret` at the portal's time, moved by `steps`.
    pub fn code_at(&self, steps: i64) -> String {
        code(self.secret.as_ref().expect("enrolled"), &self.app.portal.clock, steps)
    }

    pub fn code(&self) -> String {
        self.code_at(0)
    }

    /// A code that is right at no step near now.
    pub fn wrong_code(&self) -> String {
        let near: Vec<_> = (-2..=2).map(|steps| self.code_at(steps)).collect();
        (0..10_u32).map(|n| format!("{:06}", 123_456 + n)).find(|code| !near.contains(code)).unwrap()
    }

    /// E-mail and password at the tool; the answer of the first step.
    pub async fn password(&self) -> Answer {
        self.app.tool("login", None, json!({ "email": self.email, "password": PASSWORD, "toolSerial": TOOL })).await
    }

    pub async fn ticket(&self) -> String {
        let answer = self.password().await;
        assert!(answer.status.is_success(), "{answer:?}");
        answer.text("ticket")
    }

    pub async fn give(&self, ticket: &str, code: &str) -> Answer {
        self.app.tool("login/code", None, json!({ "ticket": ticket, "code": code })).await
    }

    pub async fn give_recovery(&self, ticket: &str, code: &str) -> Answer {
        self.app.tool("login/code", None, json!({ "ticket": ticket, "recoveryCode": code })).await
    }

    /// Enrols at the tool; hands back the tool's token. Afterwards the clock stands two steps on, so that codes are fresh.
    pub async fn enrol(&mut self) -> String {
        let first = self.password().await.ok();
        assert_eq!(first["next"], "enrol");
        self.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
        let done = self.give(first["ticket"].as_str().unwrap(), &self.code()).await.ok();
        self.recovery_codes =
            done["recoveryCodes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        self.app.steps(2);
        done["token"].as_str().unwrap().to_owned()
    }

    /// A full login; hands back the tool's token. Moves the clock on by two steps.
    pub async fn log_in(&self) -> String {
        let ticket = self.ticket().await;
        let token = self.give(&ticket, &self.code()).await.ok()["token"].as_str().unwrap().to_owned();
        self.app.steps(2);
        token
    }
}

pub fn code(secret: &str, clock: &Clock, steps: i64) -> String {
    let (secret, _) = Secret::from_base32(secret).unwrap();
    let now = clock.now_seconds().checked_add_signed(steps * 30).unwrap();
    otp::generate(&secret, &TotpParams::default(), now).as_str().to_owned()
}
