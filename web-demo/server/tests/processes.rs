//! Real processes: several portals on one database, and what a full run leaves behind in logs and mails.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

mod harness;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
    time::Duration,
};

use gatepass_portal::{
    mail::{Letter, Mail},
    storage::entities::{account, audit},
};
use gatepass_tests::services::SmtpSink;
use harness::{
    App, PASSWORD, TOOL,
    process::{self, Portal},
};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

/// Two portals behind one PostgreSQL: a code still lets in one person, once, and wrong codes count together.
#[tokio::test(flavor = "multi_thread")]
async fn two_portals_are_one() {
    let app = App::postgres().await;
    let more = [
        ("GATEPASS__THROTTLE__SOURCE_TRIES", "100000"),
        ("GATEPASS__THROTTLE__ACCOUNT_TRIES", "1000"),
        ("GATEPASS__THROTTLE__HARD_STOP", "1000"),
    ];
    let portals = Arc::new([Portal::start(&app, &more).await, Portal::start(&app, &more).await]);
    let anna = app.enrolled().await;
    let body = json!({ "email": anna.email, "password": PASSWORD, "toolSerial": TOOL });
    let mut tickets = Vec::new();
    for n in 0..100 {
        tickets.push(portals[n % 2].post("/tool/v1/login", &[], &body).await.text("ticket"));
    }
    let code = anna.code();
    let posts: Vec<_> = tickets
        .into_iter()
        .enumerate()
        .map(|(n, ticket)| {
            let (portals, body) = (portals.clone(), json!({ "ticket": ticket, "code": code }));
            tokio::spawn(async move { portals[n % 2].post("/tool/v1/login/code", &[], &body).await })
        })
        .collect();
    let mut won = 0;
    for post in posts {
        let answer = post.await.unwrap();
        if answer.status.is_success() { won += 1 } else { assert_eq!(answer.problem(), "code_refused") }
    }
    assert_eq!(won, 1, "a thousand tries are allowed here: only the single use decides");
}

/// Five wrong codes, spread over two portals, pause the account at a third that starts only then.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_count_across_portals_and_for_the_next_one() {
    let app = App::postgres().await;
    let strict = [Portal::start(&app, &[]).await, Portal::start(&app, &[]).await];
    let bo = app.enrolled().await;
    let body = json!({ "email": bo.email, "password": PASSWORD, "toolSerial": TOOL });
    let ticket = strict[0].post("/tool/v1/login", &[], &body).await.text("ticket");
    for n in 0..5 {
        strict[n % 2].post("/tool/v1/login/code", &[], &json!({ "ticket": ticket, "code": bo.wrong_code() })).await;
    }
    let third = Portal::start(&app, &[]).await;
    let answer = third.post("/tool/v1/login/code", &[], &json!({ "ticket": ticket, "code": bo.code() })).await;
    assert_eq!(answer.problem(), "code_refused");
    assert!(answer.retry_after().is_some_and(|seconds| seconds > 200));
}

on_both_databases! {
    mails_survive_the_death_of_their_portal
}

/// A portal is killed while it sends; the next one sends the rest. Nothing is lost, and only the mail that was in hand
/// may arrive twice, with the same Message-ID: no program can know whether the server had taken it.
async fn mails_survive_the_death_of_their_portal(app: App) {
    const MAILS: usize = 24;
    let mut sink = SmtpSink::start().unwrap();
    let url = sink.url();
    let more = [("GATEPASS__MAIL__TRANSPORT", "smtp"), ("GATEPASS__MAIL__SMTP_URL", url.as_str())];
    let anna = app.technician().await;
    let account = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
    for left in 2..MAILS + 2 {
        let mail = Mail::to(&account, Letter::RecoveryCodeUsed).with(json!({ "left": left }));
        app.portal.outbox.put(&app.portal.db, app.portal.clock.now(), mail).await.unwrap();
    }
    sink.delay(Duration::from_millis(300)).unwrap();
    // Twice in the middle of a batch without a word, once as an operator does it.
    for (round, killed) in [true, true, false].into_iter().enumerate() {
        let portal = Portal::start(&app, &more).await;
        let before = sink.messages().len();
        let (back, sink_) = (before + 3, sink);
        sink = tokio::task::spawn_blocking(move || {
            sink_.wait_for(back, Duration::from_secs(30)).unwrap();
            sink_
        })
        .await
        .unwrap();
        if killed {
            portal.kill();
            // What it held is free when its lease is over.
            app.minutes(3);
        } else {
            assert!(portal.stop(), "round {round}");
        }
    }
    sink.delay(Duration::ZERO).unwrap();
    let portal = Portal::start(&app, &more).await;
    wait_for_letter(&app, "recovery_code_used").await;
    assert!(portal.stop());

    let messages = sink.messages();
    let mut texts = BTreeMap::new();
    for message in &messages {
        let id = message.raw.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).unwrap();
        let (copies, ids) = texts.entry(message.text.clone()).or_insert((0, BTreeSet::new()));
        *copies += 1;
        ids.insert(id.to_owned());
    }
    assert_eq!(texts.len(), MAILS, "nothing is lost");
    assert!(texts.values().all(|(_, ids)| ids.len() == 1), "a second copy can be recognised");
    let twice = texts.values().filter(|(copies, _)| *copies > 1).count();
    assert!(twice <= 2 && messages.len() == MAILS + twice, "{} messages, {twice} of them twice", messages.len());
}

/// Everything secret that occurs in a full run, by what it is.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        self.0.push((what, secret.clone()));
        secret
    }

    fn keep_from(&mut self, what: &'static str, body: &Value, pointer: &str) -> String {
        self.keep(
            what,
            body.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {body}")),
        )
    }

    /// Which of them stand in the text as a word of their own (a code of six digits may be part of a longer number).
    fn found_in(&self, text: &str) -> Vec<&'static str> {
        let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
        let stands = |secret: &str| {
            text.match_indices(secret).any(|(at, _)| {
                !part_of_word(text[..at].chars().next_back()) && !part_of_word(text[at + secret.len()..].chars().next())
            })
        };
        self.0.iter().filter(|(_, secret)| stands(secret)).map(|(what, _)| *what).collect()
    }
}

/// A person registers, confirms, enrols, logs in, errs, recovers, gets permits, changes the password; an operator rotates keys. What all that
/// leaves in the log and in mails gives nobody anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_run_leaves_no_secret_in_logs_and_mails() {
    let app = App::sqlite().await;
    let mut secrets = Secrets::default();
    let portal =
        Portal::start(&app, &[("GATEPASS__LOG__FILTER", "info,gatepass_portal=trace,sea_orm=debug,sqlx=debug")]).await;
    let origin = format!("http://localhost:{}", portal.port);
    let email = "asa@verkstad.example";
    let password = secrets.keep("password", PASSWORD);
    let post = |path: &'static str, cookie: Option<(String, String)>, body: Value| {
        let (portal, origin) = (&portal, origin.clone());
        async move {
            let mut headers = vec![("origin", origin.as_str())];
            if let Some((cookie, csrf)) = &cookie {
                headers.push(("cookie", cookie));
                headers.push(("x-csrf-token", csrf));
            }
            portal.post(path, &headers, &body).await
        }
    };
    let cookie_of = |answer: &harness::Answer| {
        let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        (cookie, answer.body["csrfToken"].as_str().unwrap().to_owned())
    };

    // Register and confirm by mail.
    let registration = json!({ "email": email, "password": password, "fullName": "Åsa Lindström", "workshop": "Bilverkstan", "language": "sv" });
    post("/api/v1/accounts", None, registration).await.ok();
    let link = wait_for_token(&app, email).await;
    let token = secrets.keep("link token", link);
    post("/api/v1/accounts/confirmation", None, json!({ "token": token })).await.ok();
    assert!(process::run(&app, &["admin", "verify", email]).contains("verified"));

    // Enrol at the tool, err, log in, get permits.
    let login = json!({ "email": email, "password": password, "toolSerial": TOOL });
    let first = post("/tool/v1/login", None, login.clone()).await.ok();
    let secret = secrets.keep_from("secret", &first, "/enrolment/secret");
    secrets.keep_from("ticket", &first, "/ticket");
    let code = |secrets: &mut Secrets| secrets.keep("code", harness::code(&secret, &app.portal.clock, 0));
    let given = code(&mut secrets);
    let done = post("/tool/v1/login/code", None, json!({ "ticket": first["ticket"], "code": given })).await.ok();
    let tool_token = secrets.keep_from("tool token", &done, "/token");
    for n in 0..10 {
        secrets.keep_from("recovery code", &done, &format!("/recoveryCodes/{n}"));
    }
    let reused = post("/tool/v1/login", None, login.clone()).await.ok();
    secrets.keep_from("ticket", &reused, "/ticket");
    assert_eq!(
        post("/tool/v1/login/code", None, json!({ "ticket": reused["ticket"], "code": given })).await.problem(),
        "code_refused"
    );
    let recovery = done["recoveryCodes"][0].clone();
    post("/tool/v1/login/code", None, json!({ "ticket": reused["ticket"], "recoveryCode": recovery })).await.ok();
    let bearer = format!("Bearer {tool_token}");
    let permit = portal.post("/tool/v1/permits", &[("authorization", &bearer)], &json!({ "brand": "fca" })).await.ok();
    let permit = secrets.keep_from("permit", &permit, "/permit");
    post("/tool/v1/permits/redemption", None, json!({ "permit": permit })).await.ok();
    post("/tool/v1/permits/redemption", None, json!({ "permit": format!("{permit}x") })).await;

    // The browser: password, code, a new authenticator, new recovery codes.
    app.steps(2);
    let half = post("/api/v1/session", None, json!({ "email": email, "password": password })).await;
    let cookie = cookie_of(&half);
    secrets.keep("cookie", cookie.0.split_once('=').unwrap().1);
    secrets.keep("csrf token", cookie.1.clone());
    let given = code(&mut secrets);
    let whole = post("/api/v1/session/code", Some(cookie), json!({ "code": given })).await;
    assert!(whole.status.is_success(), "{whole:?}");
    let cookie = cookie_of(&whole);
    secrets.keep("cookie", cookie.0.split_once('=').unwrap().1);
    app.steps(2);
    let given = code(&mut secrets);
    let codes = post("/api/v1/second-factor/recovery-codes", Some(cookie.clone()), json!({ "code": given })).await.ok();
    for n in 0..10 {
        secrets.keep_from("recovery code", &codes, &format!("/recoveryCodes/{n}"));
    }
    let wrong = secrets.keep("wrong password", "ett helt annat lösenord");
    assert_eq!(
        post("/api/v1/second-factor/enrolment", Some(cookie.clone()), json!({ "password": wrong })).await.problem(),
        "password_wrong"
    );
    app.steps(2);
    let given = code(&mut secrets);
    let wanted = json!({ "password": password, "code": given });
    let again = post("/api/v1/second-factor/enrolment", Some(cookie.clone()), wanted).await.ok();
    let uri = secrets.keep_from("otpauth URI", &again, "/uri");
    let secret = secrets.keep_from("secret", &again, "/secret");
    let given = secrets.keep("code", harness::code(&secret, &app.portal.clock, 0));
    let confirmed =
        post("/api/v1/second-factor/enrolment/confirmation", Some(cookie.clone()), json!({ "code": given })).await.ok();
    for n in 0..10 {
        secrets.keep_from("recovery code", &confirmed, &format!("/recoveryCodes/{n}"));
    }
    let new = secrets.keep("new password", "grå sten under bron 7");
    let changed = post(
        "/api/v1/account/password",
        Some(cookie.clone()),
        json!({ "currentPassword": password, "newPassword": new }),
    )
    .await;
    assert!(changed.status.is_success(), "{changed:?}");
    process::run(&app, &["keys", "rotate", "--signing"]);
    for file in
        fs::read_dir(&app.config.keys.folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let key: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        secrets.keep_from("key", &key, "/key");
    }
    // Nonsense that must not be logged either.
    for body in [
        json!({ "email": uri, "password": secret, "toolSerial": uri }),
        json!({ "email": email, "password": given, "toolSerial": TOOL }),
    ] {
        post("/tool/v1/login", None, body).await;
    }
    portal.get(&format!("/account/reset?token={token}&uri={uri}"), &[]).await;

    wait_for_letter(&app, "password_changed").await;
    let log = portal.log();
    let told: BTreeSet<String> =
        audit::Entity::find().all(&app.portal.db).await.unwrap().into_iter().map(|row| row.event).collect();
    for event in [
        "account_registered",
        "email_confirmed",
        "identity_verified",
        "login_refused",
        "logged_in",
        "enrolment_started",
        "second_factor_activated",
        "code_refused",
        "recovery_code_used",
        "recovery_codes_made",
        "tool_logged_in",
        "permit_issued",
        "permit_redeemed",
        "password_changed",
    ] {
        assert!(told.contains(event), "{event} is not in the audit log: {told:?}");
        // A verification is the operator's command, which has no log of its own.
        assert!(event == "identity_verified" || log.contains(event), "{event} is not in the log");
    }
    assert!(secrets.found_in(&format!("{{\"x\":\"{given}\"}}")).contains(&"code"), "the search finds");
    assert_eq!(secrets.found_in(&log), Vec::<&str>::new(), "secrets in the log");
    for (what, text) in [("address", email), ("name", "Lindström"), ("workshop", "Bilverkstan")] {
        assert!(!log.contains(text), "{what} in the log");
    }

    let mut mails = 0;
    for file in fs::read_dir(&app.config.mail.folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&file).unwrap();
        // A link's token belongs into its mail, and nowhere else.
        let found: Vec<_> = secrets.found_in(&text).into_iter().filter(|what| *what != "link token").collect();
        assert_eq!(found, Vec::<&str>::new(), "secrets in the mail {}", file.display());
        mails += 1;
    }
    assert!(mails >= 5, "{mails} mails went out");
}

/// The token of the newest link that was mailed to this address.
async fn wait_for_token(app: &App, email: &str) -> String {
    for _ in 0..200 {
        for mail in mails(app) {
            if mail["to"] == email
                && let Some((_, token)) = mail["links"][0].as_str().and_then(|link| link.split_once("#token="))
            {
                return token.to_owned();
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no mail with a link came");
}

/// Waits until nothing waits in the outbox, and a letter of this kind has been there.
async fn wait_for_letter(app: &App, kind: &str) {
    use gatepass_portal::storage::entities::outbox;
    for _ in 0..200 {
        let rows = outbox::Entity::find().all(&app.portal.db).await.unwrap();
        if rows.iter().any(|row| row.kind == kind)
            && rows.iter().all(|row| row.state == outbox::State::Sent || row.state == outbox::State::Dropped)
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("mails still wait");
}

fn mails(app: &App) -> Vec<Value> {
    let Ok(files) = fs::read_dir(&app.config.mail.folder) else { return Vec::new() };
    files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter_map(|path| serde_json::from_str(&fs::read_to_string(path).ok()?).ok())
        .collect()
}
