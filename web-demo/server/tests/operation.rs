//! What operators rely on: one schema however many processes start, a portal that says how it stands and outlives an
//! outage, a database that does not keep what has ended.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use gatepass_portal::{
    Portal,
    clock::{Clock, DAY},
    config::{Hidden, MailTransport},
    keys, serve,
    storage::entities::{account, audit, outbox},
};
use gatepass_tests::services::{Postgres, SmtpSink};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use support::{PASSWORD, Server, registration};

/// A fleet that is rolled out at once starts, on an empty database too.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_start_on_one_empty_database() {
    let database = Postgres::shared().database();
    let folder = tempfile::tempdir().unwrap();
    let config = support::config(folder.path(), database.url());
    keys::init(&config.keys.folder, Clock::default().now()).unwrap();
    let starts: Vec<_> = (0..4).map(|_| tokio::spawn(Portal::open(config.clone()))).collect();
    for start in starts {
        start.await.unwrap().unwrap();
    }
}

/// While PostgreSQL is away, users get a problem document and operators a 503; afterwards all goes on by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_of_the_database() {
    let mut postgres = Postgres::start_own().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = postgres.database().url().to_owned();
    // The handle's database is dropped with it: this one belongs to the cluster alone.
    let url = url.rsplit_once('/').map(|(server, _)| format!("{server}/postgres")).unwrap();
    let mut sink = SmtpSink::start().unwrap();
    let mut config = support::config(folder.path(), &url);
    config.mail.transport = MailTransport::Smtp;
    config.mail.mailbox = false;
    config.mail.smtp_url = Some(Hidden::from(sink.url()));
    let server = Server::open(folder, None, config).await;
    let tasks = serve::start_background(&server.portal, &server.stop);
    let mut browser = server.browser();
    assert_eq!(browser.get("/ready").await.status, StatusCode::OK);
    let welcome = browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
    assert_eq!(welcome.status, StatusCode::ACCEPTED);
    let mails = sink.wait_for(1, Duration::from_secs(20)).unwrap();
    let token = mails[0].links[0].split_once("#token=").unwrap().1;
    browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await;
    assert_eq!(browser.log_in("asa@verkstad.example", PASSWORD).await.status, StatusCode::OK);

    // A mail is in the hands of a slow server when the database goes away.
    sink.delay(Duration::from_secs(2)).unwrap();
    browser.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
    sink.wait_for(2, Duration::from_secs(20)).unwrap();
    postgres.kill();
    let start = Instant::now();
    let ready = browser.get("/ready").await;
    assert_eq!((ready.status, &ready.json["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")));
    assert!(start.elapsed() < Duration::from_secs(10), "a probe must not hang");
    assert_eq!(browser.get("/health").await.status, StatusCode::OK);
    let answer = browser.get("/api/v1/session").await;
    assert_eq!((answer.status, answer.problem()), (StatusCode::INTERNAL_SERVER_ERROR, "internal"));
    sink.delay(Duration::ZERO).unwrap();

    postgres.revive().unwrap();
    let start = Instant::now();
    while browser.get("/ready").await.status != StatusCode::OK {
        assert!(start.elapsed() < Duration::from_secs(20), "the portal does not find its database again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(browser.get("/api/v1/session").await.status, StatusCode::OK, "who was logged in still is");
    let next = server.browser().post("/api/v1/accounts", registration("bo@verkstad.example")).await;
    assert_eq!(next.status, StatusCode::ACCEPTED);
    let mails = sink.wait_for(3, Duration::from_secs(20)).unwrap();
    assert_eq!(mails[2].to, ["bo@verkstad.example"]);
    // Were the mail of before not marked as sent, it would leave again when its lease is over.
    while outbox::Entity::find()
        .filter(outbox::Column::State.ne(outbox::State::Sent))
        .count(&server.portal.db)
        .await
        .unwrap()
        > 0
    {
        assert!(start.elapsed() < Duration::from_secs(20), "a mail that left is not marked");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(sink.messages().len(), 3, "each mail once");
    server.stop.cancel();
    tasks.wait().await;
    drop(server);
}

on_both! {
    /// Who did what to whom can be added to and not rewritten, not even by somebody who has the portal's own connection.
    async fn the_audit_log_is_append_only(server: Server) {
        server.member("asa@verkstad.example").await;
        let before = audit::Entity::find().all(&server.portal.db).await.unwrap();
        assert!(before.iter().any(|row| row.event == "logged_in"));
        for sql in ["UPDATE audit SET event = 'nothing'", "DELETE FROM audit"] {
            let refused = server.portal.db.execute_unprepared(sql).await.unwrap_err().to_string();
            assert!(refused.contains("append-only"), "{refused}");
        }
        // What SQLite does not call a deletion: another row in the place of one that is there.
        if server.portal.db.get_database_backend() == DbBackend::Sqlite {
            for sql in [
                "INSERT OR REPLACE INTO audit (id, at, event, details) SELECT id, at, 'nothing', details FROM audit",
                "INSERT OR REPLACE INTO audit (rowid, id, at, event, details) SELECT rowid, randomblob(16), at, 'nothing', details FROM audit",
                "REPLACE INTO audit (id, at, event, details) SELECT id, at, 'nothing', details FROM audit",
            ] {
                let refused = server.portal.db.execute_unprepared(sql).await.unwrap_err().to_string();
                assert!(refused.contains("append-only"), "{refused}");
            }
        }
        assert_eq!(audit::Entity::find().all(&server.portal.db).await.unwrap(), before);
    }
}

/// Mails hold links that open accounts, the database everybody's names: other users of the machine read neither.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_on_the_machine_reads_mails_or_the_database() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::sqlite().await;
    server.member("asa@verkstad.example").await;
    let folder = server.folder.path();
    let mut looked_at = 0;
    let files =
        [folder.to_owned(), folder.join("mail")].into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    for file in files.map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("gatepass.db") || name.ends_with(".json") || name == "mail" {
            let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o077;
            assert_eq!(mode, 0, "{name}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 4, "{looked_at}");
}

on_both! {
    /// Prometheus reads what happened; nobody else does, from outside.
    async fn metrics(server: Server) {
        let mut browser = server.browser();
        browser.log_in("asa@verkstad.example", "fel fel fel fel").await;
        let odd = Request::builder().method("ODDMETHOD").uri("/api/v1/session").body(Body::empty()).unwrap();
        browser.raw(odd).await;
        let text = browser.get("/metrics").await.text;
        for line in ["gatepass_http_requests_total{", "gatepass_problems_total{code=\"login_refused\"}", "gatepass_http_request_seconds_bucket{", "gatepass_outbox_waiting 0"] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.contains("route=\"/api/v1/session\"") && !text.contains("ODDMETHOD"));
        // Nor does a page that gives its own name this machine's address; it reads no mails either.
        for path in ["/metrics", "/api/v1/mailbox"] {
            let foreign = Request::get(path).header("host", "evil.example:8080").body(Body::empty()).unwrap();
            assert_eq!(browser.raw(foreign).await.problem(), "not_found", "{path}");
        }
        browser.source = Some("192.0.2.7".to_owned());
        for path in ["/metrics", "/api/v1/mailbox", "/api/v1/mailbox/0190c0de-0000-7000-8000-000000000000"] {
            assert_eq!(browser.get(path).await.problem(), "not_found", "{path}");
        }
    }
}

on_both! {
    /// What has ended leaves the database; what has not stays.
    async fn cleaning_up(server: Server) {
        let mut member = server.member("asa@verkstad.example").await;
        let mut stranger = server.browser();
        stranger.post("/api/v1/accounts", registration("never@verkstad.example")).await;
        server.deliver().await;
        server.portal.clock.advance(8 * DAY);
        server.clean().await;
        assert_eq!(account::Entity::find().count(&server.portal.db).await.unwrap(), 2, "a late reader may still ask for a new link");
        server.portal.clock.advance(2 * DAY);
        assert!(server.clean().await > 0);
        let left = account::Entity::find().all(&server.portal.db).await.unwrap();
        assert_eq!(left.iter().map(|account| account.email.as_str()).collect::<Vec<_>>(), ["asa@verkstad.example"]);
        assert_eq!(server.clean().await, 0);
        assert_eq!(member.log_in("asa@verkstad.example", PASSWORD).await.status, StatusCode::OK);
    }
}

/// The time an answer takes must not tell who has an account. Hashing dominates; the test finds a path without it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_and_an_unknown_address_take_the_same_time() {
    let server = Server::with(false, |config| {
        config.accounts.password_memory_kib = 19 * 1024;
        config.accounts.password_passes = 2;
        config.throttle.account_tries = 1000;
        config.throttle.source_tries = 1000;
    })
    .await;
    server.member("asa@verkstad.example").await;
    let mut browser = server.browser();
    for (what, path, known, unknown) in [
        (
            "login",
            "/api/v1/session",
            json!({ "email": "asa@verkstad.example", "password": "gissning nummer ett" }),
            json!({ "email": "ida@verkstad.example", "password": "gissning nummer ett" }),
        ),
        ("register", "/api/v1/accounts", registration("asa@verkstad.example"), registration("ida@verkstad.example")),
        (
            "tool login",
            "/tool/v1/login",
            json!({ "email": "asa@verkstad.example", "password": "gissning nummer ett", "toolSerial": "GP-1" }),
            json!({ "email": "eva@verkstad.example", "password": "gissning nummer ett", "toolSerial": "GP-1" }),
        ),
        (
            "resend",
            "/api/v1/accounts/confirmation/resend",
            json!({ "email": "asa@verkstad.example" }),
            json!({ "email": "nobody@verkstad.example" }),
        ),
        (
            "reset",
            "/api/v1/password-reset",
            json!({ "email": "asa@verkstad.example" }),
            json!({ "email": "nobody@verkstad.example" }),
        ),
    ] {
        // A busy machine may disturb one measurement, not three in a row; a difference is there in each.
        let mut ratios = Vec::new();
        for _ in 0..3 {
            ratios.push(known_over_unknown(&mut browser, path, &known, &unknown).await);
            if ratios.last().is_some_and(|ratio| (0.6..1.67).contains(ratio)) {
                break;
            }
        }
        assert!(ratios.last().is_some_and(|ratio| (0.6..1.67).contains(ratio)), "{what}: {ratios:?}");
    }
}

/// How much longer the one body takes than the other: lower quartiles, which other work on the machine hardly moves.
async fn known_over_unknown(browser: &mut support::Browser, path: &str, known: &Value, unknown: &Value) -> f64 {
    let mut times = [Vec::new(), Vec::new()];
    // In turns, so that a busy machine meets both alike.
    for _ in 0..16 {
        for (body, times) in [known, unknown].into_iter().zip(&mut times) {
            let start = Instant::now();
            browser.post(path, body.clone()).await;
            times.push(start.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort();
        times[times.len() / 4].as_secs_f64()
    });
    known / unknown
}
