//! A person at a browser: a portal in this process on either database, a browser that keeps its cookie and CSRF token, mails
//! that go out when the test says so. For what happens to accounts, mails, pages and requests of any kind.
//!
//! Its sibling `harness` is a technician at a diagnostic tool, with an authenticator, a clock that all processes share, and
//! the program itself. It makes accounts without mails; this one makes them as people do.
#![allow(unreachable_pub, reason = "a module of the test, used by it alone")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of tests fails by panicking")]
#![allow(dead_code, reason = "every test file uses its own part")]

use std::path::Path;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use gatepass_portal::{
    Portal, app,
    clock::Clock,
    config::{Config, Hidden},
    keys, mail, maintenance,
};
use gatepass_tests::services::{Database, Postgres};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The address the portal of a test believes to have.
pub const URL: &str = "http://localhost:8080";

/// A password that is accepted for everybody in the tests.
pub const PASSWORD: &str = "lila moln över sjöbo";

/// Makes two tests of one: `NAME::sqlite` and `NAME::postgres`.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* async fn $name:ident($server:ident: Server) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "not every test needs all of the file's imports")]
            use super::*;

            async fn run($server: $crate::support::Server) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::support::Server::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run($crate::support::Server::postgres().await).await;
            }
        }
    };
}

/// A portal in this process.
pub struct Server {
    pub portal: Portal,
    pub router: Router,
    pub folder: TempDir,
    /// The background work's stop; tests run that work by hand.
    pub stop: CancellationToken,
    _database: Option<Database<'static>>,
}

impl Server {
    pub async fn sqlite() -> Self {
        Self::with(false, |_| {}).await
    }

    pub async fn postgres() -> Self {
        Self::with(true, |_| {}).await
    }

    /// With a changed configuration.
    pub async fn with(postgres: bool, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = if postgres { Some(Postgres::shared().database()) } else { None };
        let url = database.as_ref().map_or_else(|| sqlite_url(folder.path()), |database| database.url().to_owned());
        let mut config = config(folder.path(), &url);
        change(&mut config);
        Self::open(folder, database, config).await
    }

    /// In a folder that may have been used before, on a database that `config` names.
    pub async fn open(folder: TempDir, database: Option<Database<'static>>, config: Config) -> Self {
        if !config.keys.folder.exists() {
            keys::init(&config.keys.folder, Clock::default().now()).unwrap();
        }
        let portal = Portal::open(config).await.unwrap();
        Self { router: app::router(&portal), portal, folder, stop: CancellationToken::new(), _database: database }
    }

    /// The same portal started again: same database and folders, nothing in memory.
    pub async fn restarted(self) -> Self {
        let Self { portal, folder, _database, .. } = self;
        let config = portal.config.clone();
        drop(portal);
        Self::open(folder, _database, config).await
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, csrf: None, source: None }
    }

    /// A browser that reaches another portal process on the same database.
    pub async fn browser_elsewhere(&self) -> Browser {
        let portal = Portal::open(self.portal.config.clone()).await.unwrap();
        Browser { router: app::router(&portal), ..self.browser() }
    }

    /// Lets everything out of the outbox that is due.
    pub async fn deliver(&self) {
        while mail::outbox::send_due(&self.portal, &self.stop).await.unwrap() > 0 {}
    }

    pub async fn clean(&self) -> u64 {
        maintenance::clean(&self.portal).await.unwrap()
    }

    /// Mails that have gone out, oldest first.
    pub async fn mails(&self) -> Vec<Value> {
        self.deliver().await;
        let mut mails: Vec<Value> = std::fs::read_dir(self.folder.path().join("mail"))
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
            .collect();
        mails.sort_by_key(|mail| mail["id"].as_str().map(str::to_owned));
        mails
    }

    /// The token in the newest mail to an address.
    pub async fn token_to(&self, email: &str) -> String {
        let mails = self.mails().await;
        let mail = mails.iter().rev().find(|mail| mail["to"] == email).expect("a mail to the address");
        let link = mail["links"][0].as_str().expect("a link in the mail");
        link.split_once("#token=").expect("a token in the link").1.to_owned()
    }

    /// A confirmed account, and its browser, logged in.
    pub async fn member(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/api/v1/accounts", registration(email)).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
        let token = self.token_to(email).await;
        let answer = browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        let answer = browser.log_in(email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        browser
    }
}

pub fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("gatepass.db").display())
}

/// The configuration of a portal in `folder`; hashing is cheap.
pub fn config(folder: &Path, database: &str) -> Config {
    let mut config = Config { development: true, ..Config::default() };
    config.database.url = Hidden::from(database.to_owned());
    config.mail.folder = folder.join("mail");
    config.mail.mailbox = true;
    config.keys.folder = folder.join("keys");
    config.accounts.password_memory_kib = 256;
    config.accounts.password_passes = 1;
    config.server.public_url = URL.to_owned();
    config
}

/// The body of a registration that is accepted.
pub fn registration(email: &str) -> Value {
    json!({ "email": email, "password": PASSWORD, "fullName": "Åsa Lindström", "workshop": "Bilverkstan i Ånge", "language": "sv" })
}

/// Keeps a cookie and its CSRF token, as our page does.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    /// What a trusted proxy would say.
    pub source: Option<String>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    /// The problem's code, checked to be a whole problem document.
    pub fn problem(&self) -> &str {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{self:?}");
        assert_eq!(self.json["status"], self.status.as_u16(), "{self:?}");
        let code = self.json["code"].as_str().unwrap();
        assert_eq!(self.json["type"], format!("urn:gatepass:problem:{code}"));
        assert!(!self.json["title"].as_str().unwrap().is_empty() && !self.json["detail"].as_str().unwrap().is_empty());
        code
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/api/v1/session", json!({ "email": email, "password": password })).await
    }

    pub async fn send(&mut self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ORIGIN, URL)
            .header(header::HOST, "localhost:8080");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(source) = &self.source {
            request = request.header("x-forwarded-for", source);
        }
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.raw(request.unwrap()).await
    }

    /// Any request; keeps the cookie and the CSRF token of the answer.
    pub async fn raw(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
            self.csrf = None;
        }
        if let Some(csrf) = json["csrfToken"].as_str() {
            self.csrf = Some(csrf.to_owned());
        }
        Answer { status: parts.status, headers: parts.headers, text, json }
    }
}
