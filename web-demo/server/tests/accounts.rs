//! Accounts: what a technician does with one, and what somebody else cannot.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use axum::http::StatusCode;
use gatepass_core::{
    otp::{self, TotpParams},
    secret::Secret,
};
use gatepass_portal::{
    clock::{DAY, HOUR, MINUTE},
    storage::entities::{account, audit, outbox, second_factor, session, throttle, tool_login},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use support::{PASSWORD, Server, registration};

on_both! {
    /// Without this nobody gets in at all.
    async fn register_confirm_log_in_log_out(server: Server) {
        let mut browser = server.browser();
        let answer = browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::ACCEPTED, "{}"));

        let refused = browser.log_in("asa@verkstad.example", PASSWORD).await;
        // Told as a wrong password is: whether the address had an account before is nobody's business.
        assert_eq!((refused.status, refused.problem()), (StatusCode::UNAUTHORIZED, "login_refused"));

        let token = server.token_to("asa@verkstad.example").await;
        let answer = browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await;
        assert_eq!((answer.status, &answer.json), (StatusCode::OK, &json!({ "email": "asa@verkstad.example" })));

        let answer = browser.log_in("Asa@Verkstad.example", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!(answer.json["state"], "logged_in");
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        for part in ["__Host-gatepass=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{part}");
        }

        let session = browser.get("/api/v1/session").await;
        assert_eq!(session.json["csrfToken"], answer.json["csrfToken"]);
        let account = &session.json["account"];
        assert_eq!(account["fullName"], "Åsa Lindström");
        assert_eq!(account["workshop"], "Bilverkstan i Ånge");
        assert_eq!((&account["language"], &account["verified"]), (&json!("sv"), &json!(false)));

        assert_eq!(browser.delete("/api/v1/session").await.status, StatusCode::NO_CONTENT);
        let after = browser.get("/api/v1/session").await;
        assert_eq!((after.status, after.problem()), (StatusCode::UNAUTHORIZED, "not_logged_in"));
    }
}

on_both! {
    /// Otherwise anybody could find out who has an account here.
    async fn a_known_address_is_not_told_from_an_unknown_one(server: Server) {
        server.member("asa@verkstad.example").await;
        let mut stranger = server.browser();
        for (path, known, unknown) in [
            ("/api/v1/accounts", registration("asa@verkstad.example"), registration("nils@verkstad.example")),
            ("/api/v1/accounts/confirmation/resend", json!({ "email": "asa@verkstad.example" }), json!({ "email": "ida@verkstad.example" })),
            ("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" }), json!({ "email": "ida@verkstad.example" })),
            (
                "/api/v1/session",
                json!({ "email": "asa@verkstad.example", "password": "gissning nummer ett" }),
                json!({ "email": "ida@verkstad.example", "password": "gissning nummer ett" }),
            ),
        ] {
            let (a, b) = (stranger.post(path, known).await, stranger.post(path, unknown).await);
            assert_eq!((a.status, &a.text), (b.status, &b.text), "{path}");
            let names = |answer: &support::Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(names(&a), names(&b), "{path}");
        }
        // Until the throttle stops the one as the other.
        let mut codes = vec![Vec::new(), Vec::new()];
        for (email, codes) in ["asa@verkstad.example", "ida@verkstad.example"].iter().zip(&mut codes) {
            for _ in 0..8 {
                let answer = stranger.log_in(email, "gissning nummer två").await;
                codes.push((answer.problem().to_owned(), answer.headers.contains_key("retry-after")));
            }
        }
        assert_eq!(codes[0], codes[1]);
        assert_eq!(codes[0].last().unwrap(), &("throttled".to_owned(), true));
    }
}

on_both! {
    /// Whoever registers an address with a password and then logs in with it learns nothing of who had an account before.
    async fn registering_and_logging_in_tells_nothing(server: Server) {
        server.member("asa@verkstad.example").await;
        let mut stranger = server.browser();
        let mut told = Vec::new();
        for email in ["asa@verkstad.example", "ida@verkstad.example"] {
            let mut body = registration(email);
            body["password"] = json!("ett helt annat lösen");
            assert_eq!(stranger.post("/api/v1/accounts", body).await.status, StatusCode::ACCEPTED);
            let mut answers = Vec::new();
            for _ in 0..7 {
                let answer = stranger.log_in(email, "ett helt annat lösen").await;
                answers.push((answer.status, answer.text.clone(), answer.headers.contains_key("retry-after")));
            }
            told.push(answers);
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(told[0].last().unwrap().0, StatusCode::TOO_MANY_REQUESTS);
    }
}

on_both! {
    /// The owner of an address hears of it when somebody registers the address again, and keeps the account.
    async fn registering_twice_changes_nothing_for_the_owner(server: Server) {
        server.member("asa@verkstad.example").await;
        let mut other = server.browser();
        let mut body = registration("ASA@verkstad.example");
        body["password"] = json!("ett helt annat lösen");
        assert_eq!(other.post("/api/v1/accounts", body).await.status, StatusCode::ACCEPTED);
        let mails = server.mails().await;
        assert_eq!(mails.last().unwrap()["subject"], "Du har redan ett konto");
        assert!(mails.last().unwrap()["links"][0].as_str().unwrap().ends_with("/account/login"));
        assert_eq!(other.log_in("asa@verkstad.example", PASSWORD).await.status, StatusCode::OK);
        assert_eq!(account::Entity::find().all(&server.portal.db).await.unwrap().len(), 1);
    }
}

on_both! {
    /// Nobody prepares an account, with a password of theirs, for an address that somebody else confirms: neither before the
    /// owner registers nor after.
    async fn of_two_registrations_neither_password_counts_and_the_owner_chooses(server: Server) {
        for (n, attacker_first) in [true, false].into_iter().enumerate() {
            let email = format!("person{n}@verkstad.example");
            let mut attackers = registration(&email);
            attackers["password"] = json!("angriparens lösenord");
            let bodies = if attacker_first { [attackers, registration(&email)] } else { [registration(&email), attackers] };
            let [first, second] = bodies;
            let mut browser = server.browser();
            assert_eq!(browser.post("/api/v1/accounts", first).await.status, StatusCode::ACCEPTED);
            let old = server.token_to(&email).await;
            assert_eq!(browser.post("/api/v1/accounts", second).await.text, "{}", "the answer does not tell");
            let new = server.token_to(&email).await;
            let mails = server.mails().await;
            assert_eq!(mails.last().unwrap()["subject"], "Välj ditt lösenord");
            assert!(mails.last().unwrap()["links"][0].as_str().unwrap().contains("/account/reset#token="));
            for token in [&old, &new] {
                let answer = browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await;
                assert_eq!(answer.problem(), "link_invalid");
            }
            for password in [PASSWORD, "angriparens lösenord", ""] {
                assert_eq!(server.browser().log_in(&email, password).await.problem(), "login_refused");
            }
            // Asked for again it is the same letter.
            browser.post("/api/v1/accounts/confirmation/resend", json!({ "email": email })).await;
            assert_eq!(server.mails().await.last().unwrap()["subject"], "Välj ditt lösenord");
            let token = server.token_to(&email).await;
            let body = json!({ "token": token, "password": "ägarens eget val 7" });
            assert_eq!(browser.post("/api/v1/password-reset/complete", body).await.status, StatusCode::OK);
            assert_eq!(server.browser().log_in(&email, "angriparens lösenord").await.problem(), "login_refused");
            assert_eq!(server.browser().log_in(&email, "ägarens eget val 7").await.status, StatusCode::OK);
        }
    }
}

on_both! {
    /// A link that was used, is old, or was made for something else opens nothing.
    async fn links_work_once_in_time_for_one_purpose(server: Server) {
        let mut browser = server.browser();
        browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        let confirm = server.token_to("asa@verkstad.example").await;
        let wrong = browser.post("/api/v1/password-reset/complete", json!({ "token": confirm, "password": "ett nytt bra lösen" })).await;
        assert_eq!((wrong.status, wrong.problem()), (StatusCode::BAD_REQUEST, "link_invalid"));
        let wrong = browser.post("/api/v1/account/email/confirmation", json!({ "token": confirm })).await;
        assert_eq!(wrong.problem(), "link_invalid");

        server.portal.clock.advance(2 * DAY + MINUTE);
        let late = browser.post("/api/v1/accounts/confirmation", json!({ "token": confirm })).await;
        assert_eq!(late.problem(), "link_invalid");

        browser.post("/api/v1/accounts/confirmation/resend", json!({ "email": "asa@verkstad.example" })).await;
        let first = server.token_to("asa@verkstad.example").await;
        browser.post("/api/v1/accounts/confirmation/resend", json!({ "email": "asa@verkstad.example" })).await;
        let second = server.token_to("asa@verkstad.example").await;
        assert_ne!(first, second);
        assert_eq!(browser.post("/api/v1/accounts/confirmation", json!({ "token": first })).await.problem(), "link_invalid");
        assert_eq!(browser.post("/api/v1/accounts/confirmation", json!({ "token": second })).await.status, StatusCode::OK);
        assert_eq!(browser.post("/api/v1/accounts/confirmation", json!({ "token": second })).await.problem(), "link_invalid");
        assert_eq!(browser.post("/api/v1/accounts/confirmation", json!({ "token": "" })).await.problem(), "link_invalid");
    }
}

on_both! {
    /// Two clicks at the same moment are one confirmation.
    async fn a_link_used_by_twenty_at_once_works_for_one(server: Server) {
        let mut browser = server.browser();
        browser.post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        let token = server.token_to("asa@verkstad.example").await;
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (mut browser, token) = (server.browser(), token.clone());
                tokio::spawn(async move { browser.post("/api/v1/accounts/confirmation", json!({ "token": token })).await.status })
            })
            .collect();
        let mut good = 0;
        for one in tries {
            good += usize::from(one.await.unwrap() == StatusCode::OK);
        }
        assert_eq!(good, 1);
    }
}

on_both! {
    /// Who forgot the password gets back in; whoever was in is out.
    async fn reset_by_mail_ends_every_session(server: Server) {
        let mut thief = server.member("asa@verkstad.example").await;
        let mut owner = server.browser();
        assert_eq!(owner.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await.status, StatusCode::ACCEPTED);
        let token = server.token_to("asa@verkstad.example").await;

        let weak = owner.post("/api/v1/password-reset/complete", json!({ "token": token, "password": "lindström2026" })).await;
        assert_eq!((weak.status, &weak.json["fields"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!({ "password": "password_own_data" })));
        let body = json!({ "token": token, "password": "ett nytt bra lösen" });
        let answer = owner.post("/api/v1/password-reset/complete", body.clone()).await;
        assert_eq!((answer.status, &answer.json["email"]), (StatusCode::OK, &json!("asa@verkstad.example")));
        assert_eq!(owner.post("/api/v1/password-reset/complete", body).await.problem(), "link_invalid");

        assert_eq!(thief.get("/api/v1/session").await.problem(), "not_logged_in");
        assert_eq!(owner.log_in("asa@verkstad.example", PASSWORD).await.problem(), "login_refused");
        assert_eq!(owner.log_in("asa@verkstad.example", "ett nytt bra lösen").await.status, StatusCode::OK);
        assert_eq!(server.mails().await.last().unwrap()["subject"], "Ditt lösenord har ändrats");
    }
}

on_both! {
    /// A lock-out by somebody else's guesses ends with a reset.
    async fn a_reset_lifts_the_throttle_of_the_login(server: Server) {
        server.member("asa@verkstad.example").await;
        let mut guesser = server.browser();
        for _ in 0..6 {
            guesser.log_in("asa@verkstad.example", "fel fel fel fel").await;
        }
        let mut owner = server.browser();
        assert_eq!(owner.log_in("asa@verkstad.example", PASSWORD).await.problem(), "throttled");
        owner.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
        let token = server.token_to("asa@verkstad.example").await;
        owner.post("/api/v1/password-reset/complete", json!({ "token": token, "password": "ett nytt bra lösen" })).await;
        assert_eq!(owner.log_in("asa@verkstad.example", "ett nytt bra lösen").await.status, StatusCode::OK);
    }
}

on_both! {
    /// The new password counts at once, other devices are out, this one stays.
    async fn change_of_password(server: Server) {
        let mut here = server.member("asa@verkstad.example").await;
        let mut there = server.browser();
        there.log_in("asa@verkstad.example", PASSWORD).await;
        let path = "/api/v1/account/password";
        let wrong = here.post(path, json!({ "currentPassword": "fel lösenord här", "newPassword": "ett nytt bra lösen" })).await;
        assert_eq!((wrong.status, wrong.problem()), (StatusCode::FORBIDDEN, "password_wrong"));
        let same = here.post(path, json!({ "currentPassword": PASSWORD, "newPassword": PASSWORD })).await;
        assert_eq!(same.json["fields"], json!({ "newPassword": "unchanged" }));
        let short = here.post(path, json!({ "currentPassword": PASSWORD, "newPassword": "kort" })).await;
        assert_eq!(short.json["fields"], json!({ "newPassword": "too_short" }));
        let done = here.post(path, json!({ "currentPassword": PASSWORD, "newPassword": "ett nytt bra lösen" })).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
        assert_eq!(here.get("/api/v1/session").await.status, StatusCode::OK);
        assert_eq!(there.get("/api/v1/session").await.problem(), "not_logged_in");
        assert_eq!(there.log_in("asa@verkstad.example", "ett nytt bra lösen").await.status, StatusCode::OK);
    }
}

on_both! {
    /// An account moves only to an address that was proved, and the old address hears of it.
    async fn change_of_email(server: Server) {
        let mut browser = server.member("asa@verkstad.example").await;
        server.member("nils@verkstad.example").await;
        let path = "/api/v1/account/email";
        let wrong = browser.post(path, json!({ "newEmail": "ny@verkstad.example", "password": "fel lösenord här" })).await;
        assert_eq!(wrong.problem(), "password_wrong");
        let same = browser.post(path, json!({ "newEmail": "ASA@verkstad.example", "password": PASSWORD })).await;
        assert_eq!(same.json["fields"], json!({ "newEmail": "unchanged" }));

        let free = browser.post(path, json!({ "newEmail": "ny@verkstad.example", "password": PASSWORD })).await;
        let taken = browser.post(path, json!({ "newEmail": "nils@verkstad.example", "password": PASSWORD })).await;
        assert_eq!((free.status, &free.text), (taken.status, &taken.text));
        let mails = server.mails().await;
        assert_eq!(mails.last().unwrap()["subject"], "Du har redan ett konto", "the address's owner is told");

        browser.post(path, json!({ "newEmail": "ny@verkstad.example", "password": PASSWORD })).await;
        let token = server.token_to("ny@verkstad.example").await;
        assert_eq!(browser.get("/api/v1/session").await.json["account"]["email"], "asa@verkstad.example");
        let answer = server.browser().post("/api/v1/account/email/confirmation", json!({ "token": token })).await;
        assert_eq!((answer.status, &answer.json["email"]), (StatusCode::OK, &json!("ny@verkstad.example")));
        let mails = server.mails().await;
        let last = mails.last().unwrap();
        assert_eq!((&last["to"], &last["subject"]), (&json!("asa@verkstad.example"), &json!("Din e-postadress har ändrats")));
        let mut anew = server.browser();
        assert_eq!(anew.log_in("asa@verkstad.example", PASSWORD).await.problem(), "login_refused");
        assert_eq!(anew.log_in("ny@verkstad.example", PASSWORD).await.status, StatusCode::OK);
    }
}

on_both! {
    /// Sessions end: by the clock, by logging out everywhere, and a login never keeps the cookie it came with.
    async fn sessions_end(server: Server) {
        let mut browser = server.member("asa@verkstad.example").await;
        let before = browser.clone();
        browser.log_in("asa@verkstad.example", PASSWORD).await;
        assert_ne!(before.cookie, browser.cookie);
        assert_eq!(before.clone().get("/api/v1/session").await.problem(), "not_logged_in");

        server.portal.clock.advance(50 * MINUTE);
        assert_eq!(browser.get("/api/v1/session").await.status, StatusCode::OK);
        server.portal.clock.advance(50 * MINUTE);
        assert_eq!(browser.get("/api/v1/session").await.status, StatusCode::OK, "used in between");
        server.portal.clock.advance(61 * MINUTE);
        assert_eq!(browser.get("/api/v1/session").await.problem(), "not_logged_in", "idle");

        browser.log_in("asa@verkstad.example", PASSWORD).await;
        for _ in 0..24 {
            server.portal.clock.advance(HOUR / 2);
            browser.get("/api/v1/session").await;
        }
        assert_eq!(browser.get("/api/v1/session").await.problem(), "not_logged_in", "twelve hours");

        let (mut here, mut there) = (server.browser(), server.browser());
        here.log_in("asa@verkstad.example", PASSWORD).await;
        there.log_in("asa@verkstad.example", PASSWORD).await;
        assert_eq!(here.delete("/api/v1/sessions").await.status, StatusCode::NO_CONTENT);
        for mut browser in [here, there] {
            assert_eq!(browser.get("/api/v1/session").await.problem(), "not_logged_in");
        }
        server.portal.clock.advance(2 * DAY);
        server.clean().await;
    }
}

on_both! {
    /// Guessing a password is slowed down for the account, also after a restart and after the pause.
    async fn guesses_are_counted_across_restarts(server: Server) {
        server.member("asa@verkstad.example").await;
        let mut browser = server.browser();
        for _ in 0..5 {
            assert_eq!(browser.log_in("asa@verkstad.example", "fel fel fel fel").await.problem(), "login_refused");
        }
        let server = server.restarted().await;
        let mut browser = server.browser();
        let stopped = browser.log_in("asa@verkstad.example", PASSWORD).await;
        assert_eq!((stopped.status, stopped.problem()), (StatusCode::TOO_MANY_REQUESTS, "throttled"));
        let wait: i64 = stopped.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=300).contains(&wait), "{wait}");
        server.portal.clock.advance(wait * 1000 + 1000);
        assert_eq!(browser.log_in("asa@verkstad.example", PASSWORD).await.status, StatusCode::OK);
    }
}

on_both! {
    /// One address guessing at many accounts meets its own count.
    async fn guesses_are_counted_by_source(server: Server) {
        for at in 0..60 {
            let answer = server.browser().log_in(&format!("nobody{at}@verkstad.example"), "fel fel fel fel").await;
            assert_eq!(answer.problem(), "login_refused", "{at}");
        }
        assert_eq!(server.browser().log_in("somebody@verkstad.example", "fel fel fel fel").await.problem(), "throttled");
    }
}

on_both! {
    /// What the database holds is useless to a thief: no password, token or cookie in the clear.
    async fn nothing_secret_stands_in_the_database(server: Server) {
        let browser = server.member("asa@verkstad.example").await;
        let cookie = browser.cookie.unwrap();
        let cookie = cookie.split_once('=').unwrap().1;
        let account = account::Entity::find().one(&server.portal.db).await.unwrap().unwrap();
        assert!(account.password_hash.starts_with("$argon2id$v=19$"));
        assert!(!format!("{account:?}").contains("verkstad"), "Debug shows no personal data");
        let sessions = gatepass_portal::storage::entities::session::Entity::find().all(&server.portal.db).await.unwrap();
        assert!(sessions.iter().all(|row| row.token_hash.len() == 32 && row.token_hash != cookie.as_bytes()));
    }
}

on_both! {
    /// Who takes an account back with a reset must not lose it to a link that the thief asked for before.
    async fn a_reset_ends_a_change_of_address_that_was_asked_for(server: Server) {
        let mut thief = server.member("asa@verkstad.example").await;
        let ask = json!({ "newEmail": "tjuv@verkstad.example", "password": PASSWORD });
        assert_eq!(thief.post("/api/v1/account/email", ask.clone()).await.status, StatusCode::ACCEPTED);
        let here = server.token_to("tjuv@verkstad.example").await;
        // A second one, whose mail still waits when the password is reset.
        assert_eq!(thief.post("/api/v1/account/email", ask).await.status, StatusCode::ACCEPTED);
        let later = server.portal.clock.now() + HOUR;
        outbox::Entity::update_many()
            .col_expr(outbox::Column::DueAt, Expr::value(later))
            .filter(outbox::Column::Kind.eq("confirm_new_email"))
            .filter(outbox::Column::State.eq(outbox::State::Waiting))
            .exec(&server.portal.db)
            .await
            .unwrap();
        reset(&server, server.browser(), "ett nytt bra lösen").await;
        let follow = async |token: String| {
            server.browser().post("/api/v1/account/email/confirmation", json!({ "token": token })).await.problem().to_owned()
        };
        assert_eq!(follow(here.clone()).await, "link_invalid");
        server.portal.clock.advance(2 * HOUR);
        let waited = server.token_to("tjuv@verkstad.example").await;
        assert_ne!(here, waited);
        assert_eq!(follow(waited).await, "link_invalid", "asked for before the reset");
        assert_eq!(server.browser().log_in("asa@verkstad.example", "ett nytt bra lösen").await.status, StatusCode::OK);
    }
}

/// Sets a new password by mail.
async fn reset(server: &Server, mut owner: support::Browser, password: &str) {
    owner.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
    let token = server.token_to("asa@verkstad.example").await;
    let done = owner.post("/api/v1/password-reset/complete", json!({ "token": token, "password": password })).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
}

/// A thief who knows the old password and keeps requests in flight comes out of a reset with nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_in_flight_gain_nothing_from_a_password_that_is_reset_meanwhile() {
    for postgres in [false, true] {
        let server = Server::with(postgres, |config| config.accounts.password_hashes_at_once = 1).await;
        let mut thief = server.member("asa@verkstad.example").await;
        let change = account::ActiveModel { verified_at: sea_orm::Set(Some(1)), ..Default::default() };
        account::Entity::update_many().set(change).exec(&server.portal.db).await.unwrap();
        let enrolment = thief.post("/api/v1/second-factor/enrolment", json!({ "password": PASSWORD })).await;
        let (secret, _) = Secret::from_base32(enrolment.json["secret"].as_str().unwrap()).unwrap();
        let code = otp::generate(&secret, &TotpParams::default(), server.portal.clock.now_seconds());
        let tries = throttle::Entity::find().filter(throttle::Column::Failures.gt(0));
        let before: i64 = total(&tries.clone().all(&server.portal.db).await.unwrap());

        // This process hashes one password at a time, and now none: whatever comes has read the account and waits.
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let (tell, started) = tokio::sync::oneshot::channel::<()>();
        let passwords = server.portal.passwords.clone();
        tokio::spawn(async move {
            let work = move || {
                tell.send(()).unwrap();
                wait.recv().unwrap();
            };
            passwords.run(work).await.unwrap();
        });
        started.await.unwrap();
        let login = json!({ "email": "asa@verkstad.example", "password": PASSWORD });
        let at_tool = json!({ "email": "asa@verkstad.example", "password": PASSWORD, "toolSerial": "GP-1" });
        let change = json!({ "currentPassword": PASSWORD, "newPassword": "tjuvens eget lösenord" });
        let moved = json!({ "newEmail": "tjuv@verkstad.example", "password": PASSWORD });
        let in_flight: Vec<_> = [
            ("/api/v1/session", login, server.browser(), "login_refused"),
            ("/tool/v1/login", at_tool, server.browser(), "login_refused"),
            ("/api/v1/account/password", change, thief.clone(), "password_wrong"),
            ("/api/v1/account/email", moved, thief.clone(), "password_wrong"),
            (
                "/api/v1/second-factor/enrolment/confirmation",
                json!({ "code": code.as_str() }),
                thief.clone(),
                "not_logged_in",
            ),
        ]
        .into_iter()
        .map(|(path, body, mut browser, expected)| {
            (path, expected, tokio::spawn(async move { browser.post(path, body).await }))
        })
        .collect();
        // Each is counted (twice) before it waits for its turn.
        while total(&tries.clone().all(&server.portal.db).await.unwrap()) < before + 10 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;

        reset(&server, server.browser_elsewhere().await, "ett nytt bra lösen").await;
        release.send(()).unwrap();
        for (path, expected, answer) in in_flight {
            assert_eq!(answer.await.unwrap().problem(), expected, "{path}");
        }
        assert_eq!(session::Entity::find().count(&server.portal.db).await.unwrap(), 0, "sessions");
        assert_eq!(tool_login::Entity::find().count(&server.portal.db).await.unwrap(), 0, "logins at tools");
        let active =
            second_factor::Entity::find().filter(second_factor::Column::State.eq(second_factor::State::Active));
        assert_eq!(active.count(&server.portal.db).await.unwrap(), 0, "the thief's authenticator");
        let mut owner = server.browser();
        assert_eq!(owner.log_in("asa@verkstad.example", "ett nytt bra lösen").await.status, StatusCode::OK);
    }
}

fn total(rows: &[throttle::Model]) -> i64 {
    rows.iter().map(|row| row.total).sum()
}

on_both! {
    /// Nobody's mailbox is flooded from here, and the pause tells nothing about who has an account.
    async fn mails_to_one_address_are_limited(server: Server) {
        server.member("asa@verkstad.example").await;
        server.portal.clock.advance(2 * HOUR);
        server.clean().await;
        let before = server.mails().await.len();
        let mut answers = vec![Vec::new(), Vec::new()];
        for (email, answers) in ["asa@verkstad.example", "ida@verkstad.example"].iter().zip(&mut answers) {
            for n in 0..12 {
                let (path, body) = match n % 3 {
                    0 => ("/api/v1/password-reset", json!({ "email": email })),
                    1 => ("/api/v1/accounts/confirmation/resend", json!({ "email": email.to_uppercase() })),
                    _ => ("/api/v1/accounts", registration(email)),
                };
                let answer = server.browser().post(path, body).await;
                answers.push((answer.status, answer.headers.contains_key("retry-after")));
            }
        }
        assert_eq!(answers[0], answers[1]);
        // Four resets, which have a count of their own, and five others.
        assert_eq!(answers[0].iter().filter(|(status, _)| *status == StatusCode::ACCEPTED).count(), 9, "{answers:?}");
        assert_eq!(answers[0][11], (StatusCode::TOO_MANY_REQUESTS, true));
        let to_asa = server.mails().await.iter().skip(before).filter(|mail| mail["to"] == "asa@verkstad.example").count();
        assert!(to_asa <= 9, "{to_asa}");
        // And one sender does not write to the whole town.
        let mut sent = 0;
        for n in 0..70 {
            let body = json!({ "email": format!("nobody{n}@verkstad.example") });
            sent += usize::from(server.browser().post("/api/v1/password-reset", body).await.status == StatusCode::ACCEPTED);
        }
        assert!(sent < 60, "{sent}");
        let noted = audit::Entity::find().filter(audit::Column::Event.eq("throttled")).count(&server.portal.db).await.unwrap();
        assert_eq!(noted, 3, "one row an hour for each count that pauses");
    }
}

on_both! {
    /// A link goes to the address its owner proved, never to another spelling that somebody typed.
    async fn a_mail_goes_to_the_address_of_the_account(server: Server) {
        server.member("asa@verkstad.example").await;
        for (path, body) in [
            ("/api/v1/password-reset", json!({ "email": "ASA@VERKSTAD.example" })),
            ("/api/v1/accounts", registration("Asa@Verkstad.example")),
        ] {
            server.browser().post(path, body).await;
        }
        let mails = server.mails().await;
        assert_eq!(mails.len(), 3);
        assert!(mails.iter().all(|mail| mail["to"] == "asa@verkstad.example"), "{mails:?}");
        let wide = json!({ "email": "asa@verkstad.ｅxample" });
        let answer = server.browser().post("/api/v1/password-reset", wide).await;
        assert_eq!(answer.json["fields"], json!({ "email": "not_an_email" }));
    }
}

on_both! {
    /// Nobody has a sentence of their own delivered to a stranger with our name on it.
    async fn a_mail_to_an_unproved_address_holds_no_word_of_whoever_asked_for_it(server: Server) {
        let mut body = registration("frammande@verkstad.example");
        body["fullName"] = json!("Vinn en bil på evil.example");
        server.browser().post("/api/v1/accounts", body).await;
        server.browser().post("/api/v1/password-reset", json!({ "email": "frammande@verkstad.example" })).await;
        server.browser().post("/api/v1/accounts/confirmation/resend", json!({ "email": "frammande@verkstad.example" })).await;
        let mut member = server.member("asa@verkstad.example").await;
        member.post("/api/v1/account/email", json!({ "newEmail": "ny@verkstad.example", "password": PASSWORD })).await;
        let mails = server.mails().await;
        assert_eq!(mails.len(), 5);
        for mail in &mails {
            let text = mail["text"].as_str().unwrap();
            assert!(!mail.to_string().contains("evil.example"), "{mail}");
            assert!(text.contains("Hej,") && !text.contains("Lindström"), "{text}");
        }
        member.post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
        let mails = server.mails().await;
        assert!(mails.last().unwrap()["text"].as_str().unwrap().contains("Hej Åsa Lindström,"), "a proved address is greeted by name");
    }
}

on_both! {
    /// A thief at an open session who guesses the password leaves a trace.
    async fn a_wrong_password_inside_a_session_is_audited(server: Server) {
        let mut browser = server.member("asa@verkstad.example").await;
        let body = json!({ "password": "fel lösenord här" });
        assert_eq!(browser.post("/api/v1/second-factor/enrolment", body).await.problem(), "password_wrong");
        let rows = audit::Entity::find().filter(audit::Column::Event.eq("login_refused")).all(&server.portal.db).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].details, json!({ "reason": "wrong_password", "loggedIn": true }));
    }
}

on_both! {
    /// "Log out everywhere", a reset and a new password end what a lost tool still could do.
    async fn the_end_of_all_sessions_is_the_end_at_tools_too(server: Server) {
        let mut owner = server.member("asa@verkstad.example").await;
        let verified = account::ActiveModel { verified_at: sea_orm::Set(Some(1)), ..Default::default() };
        account::Entity::update_many().set(verified).exec(&server.portal.db).await.unwrap();
        let mut secret = None;
        let mut password = PASSWORD;
        for end in ["everywhere", "reset", "change"] {
            // At the tool, with a session; and at another, where the code is still wanted.
            let body = json!({ "email": "asa@verkstad.example", "password": password, "toolSerial": "GP-1" });
            let first = server.browser().post("/tool/v1/login", body.clone()).await.json;
            let secret = secret.get_or_insert_with(|| {
                Secret::from_base32(first["enrolment"]["secret"].as_str().unwrap()).unwrap().0
            });
            let code = || otp::generate(secret, &TotpParams::default(), server.portal.clock.now_seconds()).as_str().to_owned();
            let give = async |ticket: &serde_json::Value| {
                server.browser().post("/tool/v1/login/code", json!({ "ticket": ticket, "code": code() })).await
            };
            let token = give(&first["ticket"]).await.json["token"].as_str().unwrap().to_owned();
            server.portal.clock.advance(2 * MINUTE);
            let waiting = server.browser().post("/tool/v1/login", body).await.json;
            owner.log_in("asa@verkstad.example", password).await;
            owner.post("/api/v1/session/code", json!({ "code": code() })).await;
            server.portal.clock.advance(2 * MINUTE);
            let at_tool = async || {
                let request = axum::http::Request::get("/tool/v1/session").header("authorization", format!("Bearer {token}"));
                server.browser().raw(request.body(axum::body::Body::empty()).unwrap()).await
            };
            assert_eq!(at_tool().await.status, StatusCode::OK);
            match end {
                "everywhere" => assert_eq!(owner.delete("/api/v1/sessions").await.status, StatusCode::NO_CONTENT),
                "reset" => {
                    password = "ett nytt bra lösen";
                    reset(&server, server.browser(), password).await;
                }
                _ => {
                    let body = json!({ "currentPassword": password, "newPassword": "ännu ett nytt bra" });
                    assert_eq!(owner.post("/api/v1/account/password", body).await.status, StatusCode::NO_CONTENT);
                }
            }
            assert_eq!(at_tool().await.problem(), "not_logged_in", "{end}");
            assert_eq!(give(&waiting["ticket"]).await.problem(), "ticket_invalid", "{end}");
        }
    }
}

on_both! {
    /// Of several who follow one reset link at the same moment, one sets the password, and it is that one's.
    async fn of_parallel_resets_with_one_link_one_counts(server: Server) {
        server.member("asa@verkstad.example").await;
        server.browser().post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
        let token = server.token_to("asa@verkstad.example").await;
        let tries: Vec<_> = (0..8)
            .map(|n| {
                let (mut browser, token) = (server.browser(), token.clone());
                tokio::spawn(async move {
                    let password = format!("ett nytt bra lösen {n}");
                    let body = json!({ "token": token, "password": password });
                    (browser.post("/api/v1/password-reset/complete", body).await, password)
                })
            })
            .collect();
        let mut chosen = Vec::new();
        for one in tries {
            let (answer, password) = one.await.unwrap();
            if answer.status == StatusCode::OK { chosen.push(password) } else { assert_eq!(answer.problem(), "link_invalid") }
        }
        assert_eq!(chosen.len(), 1);
        assert_eq!(server.browser().log_in("asa@verkstad.example", &chosen[0]).await.status, StatusCode::OK);
    }
}

on_both! {
    /// Strangers who guess at the login must not stop somebody who is logged in; whoever took a session over has few tries.
    async fn the_password_inside_a_session_is_counted_for_the_session(server: Server) {
        let mut owner = server.member("asa@verkstad.example").await;
        for _ in 0..5 {
            server.browser().log_in("asa@verkstad.example", "fel fel fel fel").await;
        }
        assert_eq!(server.browser().log_in("asa@verkstad.example", PASSWORD).await.problem(), "throttled");
        let ask = async |browser: &mut support::Browser, password: &str| {
            browser.post("/api/v1/second-factor/enrolment", json!({ "password": password })).await
        };
        assert_eq!(ask(&mut owner, PASSWORD).await.status, StatusCode::OK);
        for _ in 0..5 {
            assert_eq!(ask(&mut owner, "fel fel fel fel").await.problem(), "password_wrong");
        }
        assert_eq!(ask(&mut owner, PASSWORD).await.problem(), "throttled");

        // The helpdesk opens all of it: login, session, mails.
        for n in 0..6 {
            let answer = server.browser().post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
            assert_eq!(answer.status == StatusCode::ACCEPTED, n < 5);
        }
        let account = account::Entity::find().one(&server.portal.db).await.unwrap().unwrap();
        gatepass_portal::second_factor::service::unlock_by_helpdesk(&server.portal, account.id).await.unwrap();
        assert_eq!(ask(&mut owner, PASSWORD).await.status, StatusCode::OK);
        assert_eq!(server.browser().log_in("asa@verkstad.example", PASSWORD).await.status, StatusCode::OK);
        let answer = server.browser().post("/api/v1/password-reset", json!({ "email": "asa@verkstad.example" })).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
    }
}

on_both! {
    /// Whoever asks for somebody else's resets all day leaves the owner a way: a mail whose link works, or a pause that ends
    /// before it does.
    async fn resets_that_others_ask_for_leave_the_owner_one(server: Server) {
        server.member("asa@verkstad.example").await;
        let ask = json!({ "email": "asa@verkstad.example" });
        for _ in 0..12 {
            loop {
                let answer = server.browser().post("/api/v1/password-reset", ask.clone()).await;
                if answer.status != StatusCode::ACCEPTED {
                    let wait: i64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
                    assert!(wait <= 15 * 60, "{wait}");
                    server.portal.clock.advance(wait * 1000);
                    break;
                }
            }
        }
        // Registrations in the same name do not count against it.
        for _ in 0..6 {
            server.browser().post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        }
        reset(&server, server.browser(), "ett nytt bra lösen").await;
    }
}

on_both! {
    /// What a flood of registrations costs is counted before it is spent; a weak password uses up nobody's mails.
    async fn a_registration_is_counted_before_its_password_is_judged(server: Server) {
        let weak = |email: &str| {
            let mut body = registration(email);
            body["password"] = json!("kort");
            body
        };
        for n in 0..60 {
            let answer = server.browser().post("/api/v1/accounts", weak("asa@verkstad.example")).await;
            assert_eq!(answer.problem(), "fields_refused", "{n}");
        }
        let answer = server.browser().post("/api/v1/accounts", weak("asa@verkstad.example")).await;
        assert_eq!(answer.problem(), "throttled", "not judged any more");
        server.portal.clock.advance(10 * MINUTE);
        let answer = server.browser().post("/api/v1/accounts", registration("asa@verkstad.example")).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
    }
}
