//! The second factor: enrolment, codes, throttle, recovery codes, what is told and what is kept.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

mod harness;

use std::collections::BTreeSet;

use gatepass_core::secret::Secret;
use gatepass_portal::{
    accounts::sessions::Keep,
    storage::entities::{recovery_code, second_factor},
};
use harness::{App, PASSWORD, Technician};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

on_both_databases! {
    a_new_technician_enrols_and_logs_in
    a_code_works_once_even_a_hundred_times_at_once
    a_reused_code_is_refused_and_its_owner_told
    wrong_reused_and_paused_look_the_same
    five_wrong_codes_pause_the_account_and_the_pauses_grow
    wrong_codes_survive_a_restart_and_count_across_portals
    a_hundred_wrong_codes_end_it_until_a_recovery_code
    the_helpdesk_opens_it_again
    a_source_that_tries_many_accounts_pauses
    recovery_codes_work_once_even_in_parallel
    new_recovery_codes_end_the_old
    a_pending_enrolment_ends_after_ten_minutes_and_with_the_next
    of_two_enrolments_only_the_last_counts
    of_parallel_first_codes_one_counts_and_its_recovery_codes_work
    a_phone_a_step_behind_or_ahead_is_taken_and_remembered
    changing_the_authenticator_ends_other_sessions
    no_login_with_one_factor_outlives_the_activation_of_the_second
    a_flood_of_codes_is_no_flood_of_rows
    two_consecutive_codes_move_the_window_and_do_not_widen_it
    a_sealed_secret_moved_to_another_row_opens_nothing
    a_clock_that_was_a_month_ahead_shuts_nobody_out
}

async fn a_new_technician_enrols_and_logs_in(app: App) {
    let mut anna = app.technician().await;
    let first = anna.password().await.ok();
    assert_eq!(first["next"], "enrol");
    let enrolment = &first["enrolment"];
    assert!(enrolment["qrSvg"].as_str().unwrap().starts_with("<svg"));
    assert_eq!(enrolment["issuer"], "Gatepass");
    assert_eq!(enrolment["account"], anna.email);
    let secret = enrolment["secret"].as_str().unwrap().to_owned();
    assert_eq!(Secret::from_base32(&secret).unwrap().0.bits(), 160);
    anna.secret = Some(secret.clone());

    let done = anna.give(first["ticket"].as_str().unwrap(), &anna.code()).await.ok();
    assert_eq!(done["technician"]["initials"], "AS");
    let codes: BTreeSet<_> =
        done["recoveryCodes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    assert_eq!((codes.len(), done["recoveryCodesLeft"].as_u64()), (10, Some(10)), "ten different codes");
    assert!(codes.iter().all(|code| code.len() == 19), "80 bits each, in four groups");
    assert_eq!(app.letters(&anna.email).await, ["second_factor_added"]);

    // The secret is never shown again.
    app.steps(2);
    let second = anna.password().await.ok();
    assert_eq!(second["next"], "code");
    assert!(!second.to_string().contains(&secret));
    let again = anna.give(second["ticket"].as_str().unwrap(), &anna.code()).await.ok();
    assert!(again.get("recoveryCodes").is_none());
    assert_eq!(again["recoveryCodesLeft"], 10);
    let session = app.get("/tool/v1/session", again["token"].as_str()).await.ok();
    assert_eq!(session["technician"]["fullName"], "Anna Svensson");
}

async fn a_code_works_once_even_a_hundred_times_at_once(app: App) {
    let anna = app.enrolled().await;
    // A hundred tickets and a source each, so that nothing but the code's single use is left to decide.
    let mut tickets = Vec::new();
    for _ in 0..100 {
        tickets.push(anna.ticket().await);
    }
    let code = anna.code();
    let posts: Vec<_> = tickets
        .into_iter()
        .enumerate()
        .map(|(n, ticket)| {
            let (app, code) = (app.clone(), code.clone());
            tokio::spawn(async move {
                app.tool_from(&format!("198.51.100.{n}"), "login/code", None, json!({ "ticket": ticket, "code": code }))
                    .await
            })
        })
        .collect();
    let mut won = 0;
    for post in posts {
        let answer = post.await.unwrap();
        if answer.status.is_success() {
            won += 1;
        } else {
            assert_eq!(answer.problem(), "code_refused");
        }
    }
    assert_eq!(won, 1, "one code, one login");
}

async fn a_reused_code_is_refused_and_its_owner_told(app: App) {
    let anna = app.enrolled().await;
    let code = anna.code();
    let (first, second) = (anna.ticket().await, anna.ticket().await);
    anna.give(&first, &code).await.ok();
    let again = anna.give(&second, &code).await;
    assert_eq!(again.problem(), "code_refused");
    // Codes of earlier steps are gone with it, although they were never used.
    let earlier = anna.give(&second, &anna.code_at(-1)).await;
    assert_eq!(earlier.problem(), "code_refused");
    assert!(app.letters(&anna.email).await.ends_with(&["code_reused".into()]), "the owner is told, once");
    let reasons: Vec<_> = app
        .audit(anna.id)
        .await
        .into_iter()
        .filter(|(event, _)| event == "code_refused")
        .map(|(_, reason)| reason)
        .collect();
    assert_eq!(reasons, ["reused", "reused"]);
}

async fn wrong_reused_and_paused_look_the_same(app: App) {
    let anna = app.enrolled().await;
    let code = anna.code();
    let ticket = anna.ticket().await;
    anna.give(&ticket, &code).await.ok();
    let ticket = anna.ticket().await;
    let mut bodies = BTreeSet::new();
    let mut reasons = Vec::new();
    for try_ in [code.as_str(), &anna.wrong_code(), "12345", "no code", &anna.wrong_code()] {
        let answer = anna.give(&ticket, try_).await;
        bodies.insert((answer.status.as_u16(), answer.body.to_string()));
        reasons.push(answer.retry_after().is_some());
    }
    assert_eq!(reasons, [false, false, false, false, true], "the pause follows from the number of tries alone");
    app.steps(2);
    let right_but_paused = anna.give(&ticket, &anna.code()).await;
    assert!(right_but_paused.retry_after().is_some());
    bodies.insert((right_but_paused.status.as_u16(), right_but_paused.body.to_string()));
    // Somebody without a second factor who guesses at a ticket of the code kind meets the same words.
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    let told: Vec<_> = app
        .audit(anna.id)
        .await
        .into_iter()
        .filter(|(event, _)| event == "code_refused")
        .map(|(_, reason)| reason)
        .collect();
    assert_eq!(told, ["reused", "wrong", "malformed", "malformed", "wrong", "pausing"], "the audit log knows");
}

async fn five_wrong_codes_pause_the_account_and_the_pauses_grow(app: App) {
    let anna = app.enrolled().await;
    let ticket = anna.ticket().await;
    let mut pauses = Vec::new();
    for n in 1..=5 {
        let answer = anna.give(&ticket, &anna.wrong_code()).await;
        assert_eq!(answer.problem(), "code_refused");
        assert_eq!(answer.retry_after().is_some(), n == 5, "try {n}");
        pauses.extend(answer.retry_after());
    }
    // Not one second earlier, whatever is given.
    app.seconds(pauses[0] - 2);
    assert!(anna.give(&ticket, &anna.code()).await.retry_after().is_some());
    app.seconds(3);
    for _ in 0..5 {
        let ticket = anna.ticket().await;
        let mut pause = None;
        for _ in 0..5 {
            pause = anna.give(&ticket, &anna.wrong_code()).await.retry_after();
        }
        pauses.push(pause.expect("five tries, a pause"));
        app.seconds(pause.unwrap() + 1);
    }
    assert!(pauses[0] >= 299, "at most five tries in five minutes: {pauses:?}");
    assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]) && pauses.last() > pauses.first(), "{pauses:?}");
    assert!(app.letters(&anna.email).await.contains(&"codes_refused".into()));
    // The right code still opens, and forgives.
    let ticket = anna.ticket().await;
    anna.give(&ticket, &anna.code()).await.ok();
    app.steps(2);
    let ticket = anna.ticket().await;
    assert_eq!(anna.give(&ticket, &anna.wrong_code()).await.retry_after(), None);
}

async fn wrong_codes_survive_a_restart_and_count_across_portals(app: App) {
    let anna = app.enrolled().await;
    let other = app.again().await;
    let ticket = anna.ticket().await;
    let wrong = anna.wrong_code();
    for n in 0..5 {
        let portal = if n % 2 == 0 { &app } else { &other };
        portal.tool("login/code", None, json!({ "ticket": ticket, "code": wrong })).await;
    }
    let restarted = app.again().await;
    let answer = restarted.tool("login/code", None, json!({ "ticket": ticket, "code": anna.code() })).await;
    assert_eq!(answer.problem(), "code_refused");
    assert!(answer.retry_after().is_some(), "a restart forgives nothing");
}

async fn a_hundred_wrong_codes_end_it_until_a_recovery_code(app: App) {
    let anna = app.enrolled().await;
    let mut tries = 0;
    while tries < 100 {
        let ticket = anna.ticket().await;
        for _ in 0..5 {
            let answer = anna.give(&ticket, &anna.wrong_code()).await;
            tries += 1;
            if let Some(pause) = answer.retry_after() {
                app.seconds(pause + 1);
            }
        }
    }
    // A year later the right code still is not taken.
    app.minutes(365 * 24 * 60);
    let ticket = anna.ticket().await;
    let answer = anna.give(&ticket, &anna.code()).await;
    assert_eq!(answer.problem(), "code_refused");
    assert!(app.audit(anna.id).await.contains(&("code_refused".into(), "stopped".into())));
    assert!(app.letters(&anna.email).await.contains(&"codes_stopped".into()));

    anna.give_recovery(&ticket, &anna.recovery_codes[0]).await.ok();
    app.steps(2);
    let ticket = anna.ticket().await;
    anna.give(&ticket, &anna.code()).await.ok();
}

async fn the_helpdesk_opens_it_again(app: App) {
    let anna = app.enrolled().await;
    let ticket = anna.ticket().await;
    for _ in 0..5 {
        anna.give(&ticket, &anna.wrong_code()).await;
    }
    app.steps(1);
    assert_eq!(anna.give(&ticket, &anna.code()).await.problem(), "code_refused");
    gatepass_portal::second_factor::service::unlock_by_helpdesk(&app.portal, anna.id).await.unwrap();
    anna.give(&ticket, &anna.code()).await.ok();

    // And removes the authenticator of somebody who lost phone and recovery codes.
    let token = anna.log_in_soon().await;
    assert!(gatepass_portal::second_factor::service::reset_by_helpdesk(&app.portal, anna.id).await.unwrap());
    assert_eq!(app.get("/tool/v1/session", Some(&token)).await.problem(), "not_logged_in");
    assert_eq!(anna.password().await.ok()["next"], "enrol");
    assert!(app.letters(&anna.email).await.ends_with(&["second_factor_removed".into()]));
}

async fn a_source_that_tries_many_accounts_pauses(app: App) {
    let tries = usize::try_from(app.config.throttle.source_tries).unwrap();
    let mut people = Vec::new();
    for _ in 0..tries.div_ceil(4) {
        people.push(app.enrolled().await);
    }
    let somebody = app.enrolled().await;
    // Four wrong codes each, which pauses no account.
    for (n, person) in people.iter().flat_map(|person| [person; 4]).take(tries).enumerate() {
        let body = json!({ "ticket": person.ticket().await, "code": person.wrong_code() });
        let answer = app.tool_from("203.0.113.9", "login/code", None, body).await;
        assert_eq!((n, answer.problem()), (n, "code_refused"));
    }
    let ticket = somebody.ticket().await;
    let body = json!({ "ticket": ticket, "code": somebody.code() });
    let answer = app.tool_from("203.0.113.9", "login/code", None, body.clone()).await;
    assert_eq!(answer.problem(), "throttled");
    assert!(answer.retry_after().is_some());
    app.tool_from("203.0.113.10", "login/code", None, body).await.ok();
}

async fn recovery_codes_work_once_even_in_parallel(app: App) {
    let anna = app.enrolled().await;
    let mut tickets = Vec::new();
    for _ in 0..5 {
        tickets.push(anna.ticket().await);
    }
    let posts: Vec<_> = tickets
        .into_iter()
        .map(|ticket| {
            let anna: Technician = anna.clone();
            tokio::spawn(async move { anna.give_recovery(&ticket, &anna.recovery_codes[0]).await })
        })
        .collect();
    let mut won = 0;
    for post in posts {
        won += u32::from(post.await.unwrap().status.is_success());
    }
    assert_eq!(won, 1);
    let used = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(anna.id))
        .filter(recovery_code::Column::UsedAt.is_not_null());
    assert_eq!(used.all(&app.portal.db).await.unwrap().len(), 1);
    assert!(app.letters(&anna.email).await.contains(&"recovery_code_used".into()));

    // As people type it.
    app.minutes(30);
    let ticket = anna.ticket().await;
    let typed = anna.recovery_codes[1].to_lowercase().replace('-', " ");
    let answer = anna.give_recovery(&ticket, &typed).await.ok();
    assert_eq!(answer["recoveryCodesLeft"], 8);
    let ticket = anna.ticket().await;
    assert_eq!(anna.give_recovery(&ticket, "AAAA-BBBB-CCCC-DDDD").await.problem(), "code_refused");
}

async fn new_recovery_codes_end_the_old(app: App) {
    use gatepass_portal::{request::Source, second_factor::service};
    let anna = app.enrolled().await;
    let source = Source([192, 0, 2, 1].into());
    let code = anna.code();
    let new = service::new_recovery_codes(&app.portal, anna.id, source, code.clone().into()).await.unwrap();
    let ticket = anna.ticket().await;
    assert_eq!(anna.give_recovery(&ticket, &anna.recovery_codes[0]).await.problem(), "code_refused");
    anna.give_recovery(&ticket, &new[0]).await.ok();
    // The code that made them was spent.
    assert!(service::new_recovery_codes(&app.portal, anna.id, source, code.into()).await.is_err());
    assert!(app.letters(&anna.email).await.contains(&"recovery_codes_made".into()));
}

async fn a_pending_enrolment_ends_after_ten_minutes_and_with_the_next(app: App) {
    let mut anna = app.technician().await;
    let first = anna.password().await.ok();
    anna.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
    app.minutes(10);
    let late = anna.give(first["ticket"].as_str().unwrap(), &anna.code()).await;
    assert_eq!(late.problem(), "ticket_invalid");
    use gatepass_portal::{request::Source, second_factor::enrolment};
    let late =
        enrolment::confirm(&app.portal, anna.id, Source([192, 0, 2, 1].into()), &anna.code(), Keep::default()).await;
    assert_eq!(late.unwrap_err().code().code(), "enrolment_missing");
    assert!(!gatepass_portal::second_factor::is_active(&app.portal.db, anna.id).await.unwrap());
}

async fn of_two_enrolments_only_the_last_counts(app: App) {
    let mut anna = app.technician().await;
    let (first, second) = (anna.password().await.ok(), anna.password().await.ok());
    anna.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
    assert_eq!(anna.give(first["ticket"].as_str().unwrap(), &anna.code()).await.problem(), "code_refused");
    anna.secret = Some(second["enrolment"]["secret"].as_str().unwrap().to_owned());
    anna.give(second["ticket"].as_str().unwrap(), &anna.code()).await.ok();
    let rows = second_factor::Entity::find()
        .filter(second_factor::Column::AccountId.eq(anna.id))
        .all(&app.portal.db)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
}

async fn of_parallel_first_codes_one_counts_and_its_recovery_codes_work(app: App) {
    let mut anna = app.technician().await;
    let first = anna.password().await.ok();
    anna.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
    let (ticket, code) = (first["ticket"].as_str().unwrap().to_owned(), anna.code());
    let posts: Vec<_> = (0..5)
        .map(|_| {
            let (anna, ticket, code) = (anna.clone(), ticket.clone(), code.clone());
            tokio::spawn(async move { anna.give(&ticket, &code).await })
        })
        .collect();
    let mut shown = Vec::new();
    for post in posts {
        let answer = post.await.unwrap();
        if answer.status.is_success() {
            shown.push(answer.body["recoveryCodes"][0].as_str().unwrap().to_owned());
        } else {
            assert!(["enrolment_missing", "ticket_invalid"].contains(&answer.problem()), "{answer:?}");
        }
    }
    assert_eq!(shown.len(), 1, "one of them");
    app.steps(2);
    let ticket = anna.ticket().await;
    anna.give_recovery(&ticket, &shown[0]).await.ok();
}

async fn a_phone_a_step_behind_or_ahead_is_taken_and_remembered(app: App) {
    for (off, taken) in [(-2, false), (-1, true), (1, true), (2, false)] {
        let anna = app.enrolled().await;
        app.steps(2);
        let ticket = anna.ticket().await;
        let answer = anna.give(&ticket, &anna.code_at(off)).await;
        assert_eq!(answer.status.is_success(), taken, "{off} steps");
        let drift = gatepass_portal::second_factor::service::drift(&app.portal, anna.id).await.unwrap();
        assert_eq!(drift, Some(if taken { off } else { 0 }), "for support");
    }
}

async fn two_consecutive_codes_move_the_window_and_do_not_widen_it(app: App) {
    use gatepass_portal::second_factor::resync::resync;
    let anna = app.enrolled().await;
    app.steps(20);
    let refused = async |first: i64, second: i64| {
        let result = resync(&app.portal, anna.id, &anna.code_at(first), &anna.code_at(second)).await;
        result.unwrap_err().code().code()
    };
    for (first, second) in [(-5, -5), (-5, -3), (-4, -5), (-12, -11), (10, 11), (0, 5)] {
        assert_eq!(refused(first, second).await, "code_refused", "{first}, {second}");
    }
    let ticket = anna.ticket().await;
    assert_eq!(anna.give(&ticket, &anna.code_at(-5)).await.problem(), "code_refused");
    assert_eq!(resync(&app.portal, anna.id, &anna.code_at(-6), &anna.code_at(-5)).await.unwrap(), -5);
    assert_eq!(anna.give(&ticket, &anna.code_at(-5)).await.problem(), "code_refused", "it is spent");
    gatepass_portal::second_factor::service::unlock_by_helpdesk(&app.portal, anna.id).await.unwrap();
    app.steps(2);
    for (off, taken) in [(0, false), (-3, false), (-7, false), (-6, true), (-5, true), (-4, true)] {
        let ticket = anna.ticket().await;
        let answer = anna.give(&ticket, &anna.code_at(off)).await;
        assert_eq!(answer.status.is_success(), taken, "{off} steps");
    }
    let drift = gatepass_portal::second_factor::service::drift(&app.portal, anna.id).await.unwrap();
    assert_eq!(drift, Some(-4));
    assert!(app.audit(anna.id).await.contains(&("second_factor_resynced".into(), String::new())));
    // The next authenticator has a clock of its own.
    gatepass_portal::second_factor::service::reset_by_helpdesk(&app.portal, anna.id).await.unwrap();
    let mut anna = anna;
    anna.enrol().await;
    anna.log_in().await;
}

async fn changing_the_authenticator_ends_other_sessions(app: App) {
    use gatepass_portal::{
        request::Source,
        second_factor::{Proof, enrolment, service},
        storage::entities::account,
    };
    let mut anna = app.technician().await;
    let token = anna.enrol().await;
    let row = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
    let source = Source([192, 0, 2, 1].into());
    // The password alone does not replace it, nor does a wrong code; a try is counted like every other.
    let refused = service::begin_enrolment(&app.portal, &row, source, None).await.unwrap_err();
    assert_eq!(refused.code().code(), "code_wanted");
    let wrong = Proof::Code(anna.wrong_code().into());
    let refused = service::begin_enrolment(&app.portal, &row, source, Some(&wrong)).await.unwrap_err();
    assert_eq!(refused.code().code(), "code_refused");
    let reasons = app.audit(anna.id).await;
    assert!(reasons.contains(&("code_refused".into(), "wrong".into())), "{reasons:?}");
    let code = Proof::Code(anna.code().into());
    let new = service::begin_enrolment(&app.portal, &row, source, Some(&code)).await.unwrap();
    let again = service::begin_enrolment(&app.portal, &row, source, Some(&code)).await.unwrap_err();
    assert_eq!(again.code().code(), "code_refused", "a code works once");
    // Until its first code the old one goes on working.
    app.get("/tool/v1/session", Some(&token)).await.ok();
    let old = anna.secret.replace(new.secret.to_string());
    let first = anna.code();
    enrolment::confirm(&app.portal, anna.id, source, &first, Keep::default()).await.unwrap();
    assert_eq!(app.get("/tool/v1/session", Some(&token)).await.problem(), "not_logged_in");
    // The code that confirmed it is spent.
    let ticket = anna.ticket().await;
    assert_eq!(anna.give(&ticket, &first).await.problem(), "code_refused");
    app.steps(2);
    let new = anna.secret.clone();
    anna.secret = old;
    assert_eq!(anna.give(&ticket, &anna.code()).await.problem(), "code_refused", "the old phone");
    anna.secret = new;
    anna.give(&ticket, &anna.code()).await.ok();
}

/// A login that is under way while the first authenticator is confirmed ends with it, or wants a code.
async fn no_login_with_one_factor_outlives_the_activation_of_the_second(app: App) {
    use gatepass_portal::{
        accounts::service as accounts,
        request::Source,
        second_factor::{enrolment, service},
        storage::entities::{
            account,
            session::{self, State},
        },
    };
    let source = Source([192, 0, 2, 1].into());
    for _ in 0..5 {
        let mut anna = app.technician().await;
        let row = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
        let new = service::begin_enrolment(&app.portal, &row, source, None).await.unwrap();
        anna.secret = Some(new.secret.to_string());
        let logins: Vec<_> = (0..4_u8)
            .map(|n| {
                let (portal, email) = (app.portal.clone(), anna.email.clone());
                tokio::spawn(async move {
                    for _ in 0..6 {
                        let source = Source([198, 51, 100, n].into());
                        // Who logs in at the same moment may have to wait for the others' tries.
                        let _ = accounts::log_in(&portal, source, &Default::default(), &email, PASSWORD).await;
                    }
                })
            })
            .collect();
        enrolment::confirm(&app.portal, anna.id, source, &anna.code(), Keep::default()).await.unwrap();
        for login in logins {
            login.await.unwrap();
        }
        let whole = session::Entity::find()
            .filter(session::Column::AccountId.eq(anna.id))
            .filter(session::Column::State.eq(State::LoggedIn));
        assert_eq!(whole.all(&app.portal.db).await.unwrap().len(), 0);
    }
}

async fn a_flood_of_codes_is_no_flood_of_rows(app: App) {
    let anna = app.enrolled().await;
    let ticket = anna.ticket().await;
    let before = app.audit(anna.id).await.len();
    for n in 0..100 {
        let body = json!({ "ticket": ticket, "code": anna.wrong_code() });
        let source = if n < 50 { "192.0.2.1".to_owned() } else { format!("198.51.100.{n}") };
        app.tool_from(&source, "login/code", None, body).await;
    }
    // Five that were judged, and that more were not.
    assert_eq!(app.audit(anna.id).await.len() - before, 6);
}

/// The machine's clock jumps ahead and is set right: the helpdesk can let the owner in, and pauses of that time are over.
async fn a_clock_that_was_a_month_ahead_shuts_nobody_out(app: App) {
    use gatepass_portal::second_factor::resync::resync;
    let anna = app.enrolled().await;
    const MONTH: i64 = 30 * 24 * 60;
    app.minutes(MONTH);
    let ticket = anna.ticket().await;
    anna.give(&ticket, &anna.code()).await.ok();
    app.steps(2);
    let ticket = anna.ticket().await;
    for _ in 0..5 {
        anna.give(&ticket, &anna.wrong_code()).await;
    }
    for _ in 0..5 {
        let wrong = json!({ "email": anna.email, "password": "fel fel fel fel", "toolSerial": "GP-1" });
        assert_eq!(app.tool("login", None, wrong).await.problem(), "login_refused");
    }
    assert_eq!(anna.password().await.problem(), "throttled");
    app.minutes(-MONTH);
    app.steps(2);
    let ticket = anna.ticket().await;
    let refused = anna.give(&ticket, &anna.code()).await;
    assert_eq!(
        (refused.problem(), refused.retry_after()),
        ("code_refused", None),
        "used in a time that did not come yet"
    );
    assert_eq!(resync(&app.portal, anna.id, &anna.code_at(-1), &anna.code()).await.unwrap(), 0);
    assert_eq!(anna.give(&ticket, &anna.code()).await.problem(), "code_refused", "spent");
    app.steps(2);
    anna.log_in().await;
}

async fn a_sealed_secret_moved_to_another_row_opens_nothing(app: App) {
    use sea_orm::sea_query::Expr;
    let (anna, mallory) = (app.enrolled().await, app.enrolled().await);
    let row = |id| second_factor::Entity::find().filter(second_factor::Column::AccountId.eq(id));
    let of_mallory = row(mallory.id).one(&app.portal.db).await.unwrap().unwrap();
    // Somebody who can write to the database gives Anna's account their own authenticator.
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::SealedSecret, Expr::value(of_mallory.sealed_secret))
        .filter(second_factor::Column::AccountId.eq(anna.id))
        .exec(&app.portal.db)
        .await
        .unwrap();
    let ticket = anna.ticket().await;
    assert_eq!(anna.give(&ticket, &mallory.code()).await.problem(), "internal");
    // Or their whole row.
    second_factor::Entity::delete_many()
        .filter(second_factor::Column::AccountId.eq(anna.id))
        .exec(&app.portal.db)
        .await
        .unwrap();
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::AccountId, Expr::value(anna.id))
        .filter(second_factor::Column::AccountId.eq(mallory.id))
        .exec(&app.portal.db)
        .await
        .unwrap();
    assert_eq!(anna.give(&ticket, &mallory.code()).await.problem(), "internal");
}

/// The same moment, held open: the login has checked the password and waits for the account while the factor is activated.
#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_waits_for_the_account_sees_the_factor_activated_meanwhile() {
    use gatepass_portal::{
        accounts::{service as accounts, sessions},
        request::Source,
        second_factor::service,
        storage::{
            self,
            entities::{account, session::State},
        },
    };
    let app = App::postgres().await;
    let anna = app.technician().await;
    let source = Source([192, 0, 2, 1].into());
    let row = account::Entity::find_by_id(anna.id).one(&app.portal.db).await.unwrap().unwrap();
    service::begin_enrolment(&app.portal, &row, source, None).await.unwrap();

    let tx = storage::begin(&app.portal.db).await.unwrap();
    sessions::hold(&tx, anna.id).await.unwrap();
    let (portal, email) = (app.portal.clone(), anna.email.clone());
    let login = tokio::spawn(async move {
        accounts::log_in(&portal, source, &Default::default(), &email, PASSWORD).await.unwrap().state
    });
    let at_tool = {
        let anna = anna.clone();
        tokio::spawn(async move { anna.password().await.ok() })
    };
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(!login.is_finished() && !at_tool.is_finished());
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::State, sea_orm::sea_query::Expr::value(second_factor::State::Active))
        .filter(second_factor::Column::AccountId.eq(anna.id))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(login.await.unwrap(), State::CodeWanted);
    assert_eq!(at_tool.await.unwrap()["next"], "code");
}

impl Technician {
    /// A login when a code was used a moment ago.
    async fn log_in_soon(&self) -> String {
        self.app.steps(2);
        self.log_in().await
    }
}

/// A recovery code that leaked lets one person in, not a hundred at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_works_once_even_a_hundred_times_at_once() {
    for postgres in [false, true] {
        let app = App::on(postgres, |config| config.throttle.account_tries = 1000).await;
        let anna = app.enrolled().await;
        let mut tickets = Vec::new();
        for _ in 0..100 {
            tickets.push(anna.ticket().await);
        }
        let posts: Vec<_> = tickets
            .into_iter()
            .enumerate()
            .map(|(n, ticket)| {
                let (app, body) = (app.clone(), json!({ "ticket": ticket, "recoveryCode": anna.recovery_codes[0] }));
                tokio::spawn(async move { app.tool_from(&format!("198.51.100.{n}"), "login/code", None, body).await })
            })
            .collect();
        let mut won = 0;
        for post in posts {
            let answer = post.await.unwrap();
            if answer.status.is_success() { won += 1 } else { assert_eq!(answer.problem(), "code_refused") }
        }
        assert_eq!(won, 1, "one recovery code, one login");
        assert_eq!(app.letters(&anna.email).await.iter().filter(|kind| *kind == "recovery_code_used").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_knows_only_sha1_is_told_so() {
    let app = App::sqlite_with(|config| {
        config.second_factor.algorithm = "SHA256".into();
        config.second_factor.digits = 8;
    })
    .await;
    let mut anna = app.technician().await;
    let first = anna.password().await.ok();
    anna.secret = Some(first["enrolment"]["secret"].as_str().unwrap().to_owned());
    let ticket = first["ticket"].as_str().unwrap();
    let answer = anna.give(ticket, &anna.code()).await;
    assert_eq!(answer.problem(), "app_limited");
    assert_eq!(answer.body["fields"], json!({ "algorithm": "app_sha1_only", "digits": "app_six_digits_only" }));
    assert_eq!(anna.give(ticket, "00000000").await.problem(), "code_refused");
    // An app that can do what is asked is taken.
    use gatepass_core::otp::{self, Algorithm, Digits, Format, Period, TotpParams};
    let params = TotpParams::new(Algorithm::Sha256, Format::Decimal(Digits::new(8).unwrap()), Period::default());
    let (secret, _) = Secret::from_base32(anna.secret.as_ref().unwrap()).unwrap();
    let code = otp::generate(&secret, &params, app.portal.clock.now_seconds());
    anna.give(ticket, code.as_str()).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_database_holds_no_secret_and_no_code() {
    let app = App::sqlite().await;
    let anna = app.enrolled().await;
    let token = anna.log_in().await;
    app.portal.db.clone().close().await.unwrap();
    let secret = Secret::from_base32(anna.secret.as_ref().unwrap()).unwrap().0;
    let mut files = 0;
    for file in ["gatepass.db", "gatepass.db-wal"] {
        let Ok(bytes) = std::fs::read(app.folder().join(file)) else { continue };
        files += 1;
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(holds(anna.email.as_bytes()) || file != "gatepass.db", "the search finds what is there");
        assert!(!holds(secret.expose()), "the raw secret in {file}");
        assert!(!holds(anna.secret.as_ref().unwrap().as_bytes()), "the base32 secret in {file}");
        assert!(!holds(token.as_bytes()) && !holds(PASSWORD.as_bytes()), "token or password in {file}");
        for code in &anna.recovery_codes {
            assert!(!holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes()), "a recovery code in {file}");
        }
    }
    assert!(files > 0);
}
