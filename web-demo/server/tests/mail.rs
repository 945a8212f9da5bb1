//! Mail: every mail arrives once, also when the server was away.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use axum::http::StatusCode;
use gatepass_portal::{
    clock::{HOUR, MINUTE},
    config::{Hidden, MailTransport},
    mail::{self, Letter, Mail},
    storage::entities::{account, outbox},
};
use gatepass_tests::services::SmtpSink;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use support::{Server, registration};
use tokio_util::sync::CancellationToken;

async fn with_smtp(postgres: bool, sink: &SmtpSink) -> Server {
    Server::with(postgres, |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.mailbox = false;
        config.mail.smtp_url = Some(Hidden::from(sink.url()));
        config.mail.from = "Gatepass <no-reply@gatepass.example>".to_owned();
    })
    .await
}

/// A dead mail server costs nobody a registration: the mail waits, operators see it, and it goes out once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_server_makes_mail_wait() {
    for postgres in [false, true] {
        let mut sink = SmtpSink::start().unwrap();
        let server = with_smtp(postgres, &sink).await;
        sink.stop();
        let mut browser = server.browser();
        let answer = browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        for _ in 0..3 {
            server.deliver().await;
            server.portal.clock.advance(MINUTE);
        }
        let ready = browser.get("/ready").await;
        assert_eq!(ready.status, StatusCode::OK, "requests are answered meanwhile");
        assert_eq!(
            ready.json,
            json!({ "status": "degraded", "database": "ok", "mail": "smtp_unreachable", "mailsWaiting": 1 })
        );

        sink.resume().unwrap();
        server.portal.clock.advance(2 * HOUR);
        server.deliver().await;
        server.deliver().await;
        let mails = sink.wait_for(1, Duration::from_secs(10)).unwrap();
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(
            (mail.to.as_slice(), mail.subject.as_str()),
            (&["asa@verkstad.example".to_owned()][..], "Bekräfta din e-postadress")
        );
        assert_eq!(mail.from, "no-reply@gatepass.example");
        assert!(mail.text.contains("Hej,"), "{}", mail.text);
        let token = mail.links[0].split_once("#token=").unwrap().1;
        assert!(mail.text.contains(token) && mail.html.contains(token), "both twins carry the link");
        assert!(mail.raw.contains("Auto-Submitted: auto-generated"));
        let confirmed = browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await;
        assert_eq!(confirmed.status, StatusCode::OK, "the link in the mail that arrived is the one that works");
        assert_eq!(browser.get("/ready").await.json["status"], "ready");
    }
}

/// "Later" is tried again, "never" is not, and neither holds up other mails.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_servers_word_counts() {
    let mut sink = SmtpSink::start().unwrap();
    let server = with_smtp(false, &sink).await;
    let mut browser = server.browser();
    sink.refuse("451 try later").unwrap();
    browser.post("/api/v1/accounts", registration("later@verkstad.example")).await;
    server.deliver().await;
    assert_eq!(browser.get("/ready").await.json["mail"], "smtp_later");
    sink.refuse("550 no such user").unwrap();
    browser.post("/api/v1/accounts", registration("never@verkstad.example")).await;
    server.deliver().await;
    sink.accept().unwrap();
    server.portal.clock.advance(HOUR);
    server.deliver().await;
    let mails = sink.wait_for(1, Duration::from_secs(10)).unwrap();
    assert_eq!(mails.iter().map(|mail| mail.to[0].as_str()).collect::<Vec<_>>(), ["later@verkstad.example"]);
    let rows = outbox::Entity::find().all(&server.portal.db).await.unwrap();
    let failed = rows.iter().find(|row| row.recipient == "never@verkstad.example").unwrap();
    assert_eq!(
        (failed.state, failed.last_error.as_deref(), failed.attempts),
        (outbox::State::Failed, Some("smtp_refused"), 1)
    );
}

/// Four workers on one database: two hundred mails, each once; one that died with mails in hand loses none.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_workers_send_each_mail_once() {
    for postgres in [false, true] {
        let server = if postgres { Server::postgres().await } else { Server::sqlite().await };
        server.member("asa@verkstad.example").await;
        let account = account::Entity::find().one(&server.portal.db).await.unwrap().unwrap();
        let before = server.mails().await.len();
        let now = server.portal.clock.now();
        for left in 0..200 {
            let mail = Mail::to(&account, Letter::RecoveryCodeUsed).with(json!({ "left": left }));
            server.portal.outbox.put(&server.portal.db, now, mail).await.unwrap();
        }
        // A worker that takes a batch and dies: its lease runs out.
        let dead = server.portal.clone();
        let taken = CancellationToken::new();
        tokio::spawn(async move { mail::outbox::send_due(&dead, &taken).await }).abort();
        server.portal.clock.advance(3 * MINUTE);
        let mut workers = Vec::new();
        for _ in 0..4 {
            let other = gatepass_portal::Portal::open(server.portal.config.clone()).await.unwrap();
            other.clock.advance(3 * MINUTE);
            let stop = CancellationToken::new();
            workers.push(tokio::spawn(async move {
                let mut sent = 0;
                loop {
                    match mail::outbox::send_due(&other, &stop).await.unwrap() {
                        0 => return sent,
                        some => sent += some,
                    }
                }
            }));
        }
        let mut sent = 0;
        for worker in workers {
            sent += worker.await.unwrap();
        }
        assert!(sent <= 200, "{sent}");
        assert_eq!(server.mails().await.len() - before, 200);
        let rows = outbox::Entity::find().all(&server.portal.db).await.unwrap();
        assert!(rows.iter().all(|row| row.state == outbox::State::Sent), "all are marked");
        assert!(rows.iter().filter(|row| row.kind == "recovery_code_used").all(|row| row.attempts <= 2));
    }
}

/// A server so slow that a batch takes longer than its lease: the mails that another worker took over meanwhile go out once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_server_makes_no_second_copies() {
    for postgres in [false, true] {
        let mut sink = SmtpSink::start().unwrap();
        let server = with_smtp(postgres, &sink).await;
        let mut browser = server.browser();
        for n in 0..6 {
            browser.post("/api/v1/accounts", registration(&format!("person{n}@verkstad.example"))).await;
        }
        sink.delay(Duration::from_secs(2)).unwrap();
        let slow = server.portal.clone();
        let slow = tokio::spawn(async move { mail::outbox::send_due(&slow, &CancellationToken::new()).await.unwrap() });
        // Its first mail is with the server, the answer is not there yet; meanwhile its lease ends.
        let first = tokio::task::spawn_blocking(move || {
            sink.wait_for(1, Duration::from_secs(10)).unwrap();
            sink.delay(Duration::ZERO).unwrap();
            sink
        });
        let sink = first.await.unwrap();
        let other = gatepass_portal::Portal::open(server.portal.config.clone()).await.unwrap();
        server.portal.clock.advance(3 * MINUTE);
        other.clock.advance(3 * MINUTE);
        while mail::outbox::send_due(&other, &CancellationToken::new()).await.unwrap() > 0 {}
        slow.await.unwrap();
        let mut copies = std::collections::BTreeMap::new();
        for mail in sink.messages() {
            *copies.entry(mail.to[0].clone()).or_insert(0) += 1;
        }
        // The one in hand when the lease ended is the window that SMTP leaves open; its Message-ID is the same.
        assert_eq!(copies.values().filter(|copies| **copies == 1).count(), 5, "{copies:?}");
        assert_eq!((copies.len(), copies.values().sum::<i32>()), (6, 7), "{copies:?}");
        let ids: std::collections::BTreeSet<_> = sink.messages().iter().map(message_id).collect();
        assert_eq!(ids.len(), 6);
        let rows = outbox::Entity::find().all(&server.portal.db).await.unwrap();
        assert!(rows.iter().all(|row| row.state == outbox::State::Sent), "{rows:?}");
    }
}

fn message_id(mail: &gatepass_tests::services::Message) -> String {
    let line = mail.raw.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).unwrap();
    line.split_once(':').unwrap().1.trim().to_owned()
}

on_both! {
    /// A stolen database, or a backup of it, opens no account: links are made when a mail leaves.
    async fn no_link_waits_in_the_database(server: Server) {
        let mut browser = server.browser();
        browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        browser.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
        let waiting = outbox::Entity::find().all(&server.portal.db).await.unwrap();
        assert_eq!(waiting.len(), 2);
        assert!(waiting.iter().all(|row| !row.params.to_string().contains("token")));
        let tokens = gatepass_portal::storage::entities::email_token::Entity::find();
        assert_eq!(tokens.clone().count(&server.portal.db).await.unwrap(), 0);
        server.deliver().await;
        assert_eq!(tokens.count(&server.portal.db).await.unwrap(), 2);
    }
}

on_both! {
    /// The development mailbox shows what was sent and can be emptied.
    async fn the_mailbox(server: Server) {
        let mut browser = server.browser();
        browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        server.deliver().await;
        let list = browser.get("/api/v1/mailbox").await.json;
        assert_eq!((list.as_array().unwrap().len(), &list[0]["to"]), (1, &json!("asa@verkstad.example")));
        let id = list[0]["id"].as_str().unwrap().to_owned();
        let mail = browser.get(&format!("/api/v1/mailbox/{id}")).await.json;
        assert!(mail["links"][0].as_str().unwrap().starts_with("http://localhost:8080/account/confirm#token="));
        assert!(mail["html"].as_str().unwrap().contains("Bekräfta adressen") && mail["text"].as_str().unwrap().contains("Bekräfta adressen"));
        assert_eq!(browser.delete("/api/v1/mailbox").await.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.get("/api/v1/mailbox").await.json, json!([]));
    }
}

/// Where it is not switched on, nobody reads anybody's mail.
#[tokio::test]
async fn no_mailbox_in_production() {
    let server = Server::with(false, |config| config.mail.mailbox = false).await;
    assert_eq!(server.browser().get("/api/v1/mailbox").await.problem(), "not_found");
}
