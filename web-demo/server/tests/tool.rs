//! The tool's login, brands and permits.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

mod harness;

use gatepass_portal::{accounts::sessions, admin, storage::entities::account, tool::permit};
use harness::{App, PASSWORD, TOOL};
use jsonwebtoken::jwk::JwkSet;
use sea_orm::EntityTrait;
use serde_json::json;

on_both_databases! {
    only_a_verified_technician_gets_in
    a_wrong_password_and_an_unknown_address_are_one_answer
    a_ticket_works_once_and_for_ten_minutes
    the_tool_session_ends_when_it_should
    brands_say_what_they_ask_for
    a_permit_is_read_offline_and_works_once
    a_hundred_redemptions_of_one_permit_are_one
    floods_of_permits_pause
    permits_end_with_the_sessions
    a_permit_is_refused_when_altered_or_expired
    a_brand_per_unlock_wants_a_fresh_code_each_time
    losing_the_verification_ends_permits_and_sessions
    what_is_no_request_of_ours_is_a_problem_document
}

async fn only_a_verified_technician_gets_in(app: App) {
    let anna = app.technician().await;
    let row = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
    assert!(admin::set_verified(&app.portal, &row, false).await.unwrap());
    let answer = anna.password().await;
    assert_eq!((answer.status.as_u16(), answer.problem()), (403, "not_verified"));
    assert!(answer.body["detail"].as_str().unwrap().contains("helpdesk"), "it says what to do");
    assert!(admin::set_verified(&app.portal, &row, true).await.unwrap());
    assert!(!admin::set_verified(&app.portal, &row, true).await.unwrap(), "twice changes nothing");
    assert_eq!(anna.password().await.ok()["next"], "enrol");
    let events: Vec<_> = app.audit(anna.id).await.into_iter().map(|(event, _)| event).collect();
    assert!(
        ["identity_unverified", "tool_login_refused", "identity_verified"]
            .iter()
            .all(|event| events.iter().any(|one| one == event)),
        "{events:?}"
    );
}

async fn a_wrong_password_and_an_unknown_address_are_one_answer(app: App) {
    let anna = app.enrolled().await;
    let mut answers = Vec::new();
    for (email, password) in
        [(anna.email.as_str(), "fel lösenord helt och hållet"), ("nobody@verkstad.example", PASSWORD)]
    {
        let answer = app.tool("login", None, json!({ "email": email, "password": password, "toolSerial": TOOL })).await;
        answers.push((answer.status, answer.body.to_string()));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].1.contains("login_refused"));
}

async fn a_ticket_works_once_and_for_ten_minutes(app: App) {
    let anna = app.enrolled().await;
    let ticket = anna.ticket().await;
    anna.give(&ticket, &anna.code()).await.ok();
    app.steps(2);
    assert_eq!(anna.give(&ticket, &anna.code()).await.problem(), "ticket_invalid");
    // The refused ticket did not spend the code.
    let late = anna.ticket().await;
    anna.give(&anna.ticket().await, &anna.code()).await.ok();
    app.minutes(10);
    assert_eq!(anna.give(&late, &anna.code()).await.problem(), "ticket_invalid");
    assert_eq!(anna.give("not-a-ticket", &anna.code()).await.problem(), "ticket_invalid");
}

async fn the_tool_session_ends_when_it_should(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let session = app.get("/tool/v1/session", Some(&token)).await.ok();
    assert_eq!(
        session["technician"],
        json!({ "fullName": "Anna Svensson", "initials": "AS", "workshop": "Bil & Däck AB" })
    );
    let end = axum::http::Request::delete("/tool/v1/session")
        .header("authorization", format!("Bearer {token}"))
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(app.request("192.0.2.1", end).await.status.as_u16(), 204);
    assert_eq!(app.get("/tool/v1/session", Some(&token)).await.problem(), "not_logged_in");

    let token = anna.log_in().await;
    app.minutes(i64::from(app.config.tool.session_hours) * 60);
    for token in [Some(token.as_str()), Some("x"), Some(""), None] {
        assert_eq!(app.get("/tool/v1/session", token).await.problem(), "not_logged_in");
    }
}

async fn brands_say_what_they_ask_for(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let brands = app.get("/tool/v1/brands", Some(&token)).await.ok();
    let state = |id: &str| {
        brands
            .as_array()
            .unwrap()
            .iter()
            .find(|brand| brand["id"] == id)
            .map(|brand| (brand["rule"].clone(), brand["state"].clone()))
    };
    assert_eq!(state("vag"), Some((json!("unlock"), json!("code_wanted"))));
    assert_eq!(state("fca"), Some((json!("session"), json!("open"))));
    assert_eq!(state("volvo"), Some((json!("none"), json!("no_gateway"))));
    assert!(state("mercedes-benz").is_some());
    assert_eq!(app.tool("permits", Some(&token), json!({ "brand": "volvo" })).await.problem(), "no_gateway");
    assert_eq!(app.tool("permits", Some(&token), json!({ "brand": "trabant" })).await.problem(), "brand_unknown");
    assert_eq!(app.get("/tool/v1/brands", None).await.problem(), "not_logged_in");
}

async fn a_permit_is_read_offline_and_works_once(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let issued = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.ok();
    let permit = issued["permit"].as_str().unwrap();

    // The tool has nothing but the key set.
    let answer = app.get("/.well-known/jwks.json", None).await;
    assert_eq!(answer.headers["cache-control"], "public, max-age=300");
    let set: JwkSet = serde_json::from_value(answer.ok()).unwrap();
    let now = app.portal.clock.now_seconds();
    let claims = permit::verify(permit, &set, &app.config.server.public_url, now).unwrap();
    assert_eq!(
        (claims.sub, claims.brand.as_str(), claims.tool.as_str(), claims.workshop.as_str()),
        (anna.id, "fca", TOOL, "Bil & Däck AB")
    );
    assert!(claims.exp - claims.iat <= 600);
    assert_eq!(issued["jti"], claims.jti.to_string());
    assert_eq!(issued["expiresAt"].as_u64(), Some(claims.exp * 1000));

    let spent = app.tool("permits/redemption", None, json!({ "permit": permit })).await.ok();
    assert_eq!(spent["toolSerial"], TOOL);
    let again = app.tool("permits/redemption", None, json!({ "permit": permit })).await;
    assert_eq!((again.status.as_u16(), again.problem()), (409, "permit_used"));
}

async fn a_hundred_redemptions_of_one_permit_are_one(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let permit = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.text("permit");
    let posts: Vec<_> = (0..100)
        .map(|n| {
            let (app, body) = (app.clone(), json!({ "permit": permit }));
            tokio::spawn(
                async move { app.tool_from(&format!("198.51.100.{n}"), "permits/redemption", None, body).await },
            )
        })
        .collect();
    let mut won = 0;
    for post in posts {
        let answer = post.await.unwrap();
        if answer.status.is_success() { won += 1 } else { assert_eq!(answer.problem(), "permit_used") }
    }
    assert_eq!(won, 1);
    let refused = app.audit(anna.id).await.into_iter().filter(|(event, _)| event == "permit_refused").count();
    assert_eq!(refused, 1, "a flood of requests is no flood of rows");
}

/// One source that guesses at permits, and one session that asks for them by the hundred, meet their count.
async fn floods_of_permits_pause(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let tries = app.config.throttle.source_tries;
    let permit = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.text("permit");
    for _ in 0..tries {
        let answer = app.tool("permits/redemption", None, json!({ "permit": format!("{permit}x") })).await;
        assert_eq!(answer.problem(), "permit_invalid");
    }
    let answer = app.tool("permits/redemption", None, json!({ "permit": permit })).await;
    assert_eq!(answer.problem(), "throttled");
    assert!(answer.retry_after().is_some());
    app.tool_from("198.51.100.9", "permits/redemption", None, json!({ "permit": permit })).await.ok();
    for _ in 1..tries {
        app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.ok();
    }
    assert_eq!(app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.problem(), "throttled");
}

async fn a_permit_is_refused_when_altered_or_expired(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let permit = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.text("permit");
    let (head, rest) = permit.split_once('.').unwrap();
    let (body, signature) = rest.split_once('.').unwrap();
    let other_brand = base64_of(&String::from_utf8(bytes_of(body)).unwrap().replace("\"fca\"", "\"vag\""));
    for altered in [
        format!("{head}.{other_brand}.{signature}"),
        format!("{head}.{body}."),
        permit.to_uppercase(),
        String::new(),
        "a.b.c".into(),
    ] {
        assert_eq!(
            app.tool("permits/redemption", None, json!({ "permit": altered })).await.problem(),
            "permit_invalid"
        );
    }
    // Somebody else's portal signs well, too.
    let elsewhere = App::sqlite().await;
    let theirs = elsewhere.enrolled().await;
    let their_token = theirs.log_in().await;
    let foreign = elsewhere.tool("permits", Some(&their_token), json!({ "brand": "fca" })).await.text("permit");
    assert_eq!(app.tool("permits/redemption", None, json!({ "permit": foreign })).await.problem(), "permit_invalid");

    app.seconds(600);
    assert_eq!(app.tool("permits/redemption", None, json!({ "permit": permit })).await.problem(), "permit_expired");
}

async fn a_brand_per_unlock_wants_a_fresh_code_each_time(app: App) {
    let anna = app.enrolled().await;
    let ticket = anna.ticket().await;
    let at_login = anna.code();
    let token = anna.give(&ticket, &at_login).await.text("token");
    assert_eq!(app.tool("permits", Some(&token), json!({ "brand": "vag" })).await.problem(), "code_wanted");
    let same = app.tool("permits", Some(&token), json!({ "brand": "vag", "code": at_login })).await;
    assert_eq!(same.problem(), "code_refused", "the login's code is spent");
    app.steps(2);
    let code = anna.code();
    app.tool("permits", Some(&token), json!({ "brand": "vag", "code": code })).await.ok();
    assert_eq!(
        app.tool("permits", Some(&token), json!({ "brand": "vag", "code": code })).await.problem(),
        "code_refused"
    );
}

async fn losing_the_verification_ends_permits_and_sessions(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let permit = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.text("permit");
    let row = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
    admin::set_verified(&app.portal, &row, false).await.unwrap();
    assert_eq!(app.get("/tool/v1/session", Some(&token)).await.problem(), "not_logged_in");
    assert_eq!(app.tool("permits/redemption", None, json!({ "permit": permit })).await.problem(), "not_verified");
}

/// Who logs out everywhere because a tool is lost ends what was opened with it too.
async fn permits_end_with_the_sessions(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let permit = app.tool("permits", Some(&token), json!({ "brand": "fca" })).await.text("permit");
    sessions::end_all(&app.portal.db, app.portal.clock.now(), anna.id, sessions::Keep::default()).await.unwrap();
    assert_eq!(app.tool("permits/redemption", None, json!({ "permit": permit })).await.problem(), "permit_used");
}

async fn what_is_no_request_of_ours_is_a_problem_document(app: App) {
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    let marker = "<script>Robert'); DROP TABLE accounts;--";
    for (path, token, body, code) in [
        ("login", None, json!({ "email": anna.email, "password": PASSWORD }), "body_invalid"),
        (
            "login",
            None,
            json!({ "email": anna.email, "password": PASSWORD, "toolSerial": TOOL, "more": marker }),
            "body_invalid",
        ),
        ("login", None, json!({ "email": anna.email, "password": PASSWORD, "toolSerial": marker }), "fields_refused"),
        ("login", None, json!({ "email": anna.email, "password": PASSWORD, "toolSerial": "" }), "fields_refused"),
        ("login", None, json!({ "email": [marker], "password": 1, "toolSerial": TOOL }), "body_invalid"),
        ("login/code", None, json!({ "ticket": marker }), "body_invalid"),
        ("login/code", None, json!({ "ticket": marker, "code": "1", "recoveryCode": "2" }), "body_invalid"),
        ("login/code", None, json!({ "ticket": marker, "code": "1" }), "ticket_invalid"),
        ("permits", Some(token.as_str()), json!({ "brand": marker }), "brand_unknown"),
        ("permits", Some(token.as_str()), json!({ "brand": "vag", "code": marker }), "code_refused"),
        ("permits", None, json!({ "brand": "vag" }), "not_logged_in"),
        ("permits/redemption", None, json!({ "permit": marker }), "permit_invalid"),
        ("permits/redemption", None, json!({ "permit": "x".repeat(70_000) }), "body_too_large"),
    ] {
        let answer = app.tool(path, token, body).await;
        assert_eq!(answer.problem(), code, "{path}");
        assert!(
            !answer.body.to_string().contains("script") && !answer.body.to_string().contains(&anna.email),
            "{path} echoes"
        );
    }
    app.get("/tool/v1/session", Some(&token)).await.ok();
}

fn bytes_of(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
