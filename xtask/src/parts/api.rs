//! schemathesis against a running portal: no request that its OpenAPI document allows, and none that it forbids, may make
//! the server fail.

use std::{fs, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};
use gatepass_tests::services::free_port;
use serde_json::json;

use super::{Part, Sheet};
use crate::{
    artefacts,
    counts::Counts,
    portal::{NewAccount, Portal, Settings},
    tools::Tool,
    workspace::{command, target, venv},
};

pub(super) const PART: Part = Part {
    name: "api",
    about: "schemathesis on the served OpenAPI document, without a session, with one, at a tool: no server error",
    needs: &[Tool::Python, Tool::Oathtool],
    run,
};

const PASSWORD: &str = "kvarn-7-blixt-9-tunna";

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let program = artefacts::portal(sheet.say, Some(sheet.log()), false);
    let Some(program) = sheet.step("portal", program) else { return Ok(()) };
    let folder = target().join("api");
    let _ = fs::remove_dir_all(&folder);
    let mut settings = Settings::local(folder, free_port());
    // Many wrong requests from one address are the point here.
    settings.more = "\n[throttle]\naccount_tries = 1000000\nsource_tries = 1000000\nhard_stop = 1000000\n\
        \n[accounts]\npassword_memory_kib = 8\npassword_passes = 1\n"
        .to_owned();
    let Some(mut portal) = sheet.step("the portal starts", Portal::start(&program, settings)) else {
        return Ok(());
    };

    let origin = format!("Origin: {}", portal.settings().public_url);
    let site = "Sec-Fetch-Site: same-origin".to_owned();
    let anonymous = vec![origin.clone(), site.clone()];
    schemathesis(sheet, &portal, "without a session", &anonymous)?;

    if let Some((cookie, csrf)) = sheet.step("a session", session(&portal)) {
        schemathesis(sheet, &portal, "with a session", &[origin, site, cookie, csrf])?;
    }
    if let Some(token) = sheet.step("a tool's session", tool_token(&portal)) {
        schemathesis(sheet, &portal, "at a tool", &[format!("Authorization: Bearer {token}")])?;
    }
    sheet.judge(
        "the portal still runs and is ready",
        portal.runs() && portal.client().get("/ready").is_ok(),
        "GET /ready",
    );
    let log = fs::read_to_string(portal.settings().folder.join("portal.log")).unwrap_or_default();
    let panics = log.lines().filter(|line| line.contains("panicked")).count();
    sheet.judge("nothing panicked", panics == 0, &format!("{panics} panics in the log"));
    Ok(())
}

fn schemathesis(sheet: &mut Sheet<'_>, portal: &Portal, name: &str, headers: &[String]) -> Result<()> {
    let port = portal.settings().port;
    let report = sheet.beside(&format!("{}.xml", name.replace(' ', "-")));
    let _ = fs::remove_file(&report);
    let mut schemathesis: Command = command(venv().join("bin/schemathesis"));
    schemathesis.args([
        "run",
        &format!("http://127.0.0.1:{port}/api/openapi.json"),
        "--url",
        &format!("http://127.0.0.1:{port}"),
    ]);
    schemathesis.args([
        "--checks",
        "not_a_server_error",
        "--max-examples",
        "12",
        "--workers",
        "1",
        "--seed",
        "20261123",
    ]);
    schemathesis.args([
        "--phases",
        "examples,coverage,fuzzing",
        "--no-color",
        "--report",
        "junit",
        "--report-junit-path",
    ]);
    schemathesis.arg(&report).current_dir(&portal.settings().folder);
    // Logging out would end the session that the other requests stand on.
    for operation in ["DELETE /api/v1/session", "DELETE /api/v1/sessions", "DELETE /tool/v1/session"] {
        schemathesis.args(["--exclude-name", operation]);
    }
    for header in headers {
        schemathesis.args(["--header", header]);
    }
    sheet.counted_within(name, schemathesis, Duration::from_secs(600), |_| junit(&report).ok())?;
    Ok(())
}

fn account(email: &str) -> NewAccount<'_> {
    NewAccount { email, password: PASSWORD, full_name: "Api Tester", workshop: "Test Garage", language: "en" }
}

/// An account's cookie and CSRF header, as header lines.
fn session(portal: &Portal) -> Result<(String, String)> {
    let email = "session@tests.example";
    let client = portal.client();
    client.register(&account(email))?;
    let (cookie, answer) = client.log_in(&json!({ "email": email, "password": PASSWORD }))?;
    let csrf = answer["csrfToken"].as_str().context("no csrfToken in the answer")?;
    Ok((format!("Cookie: {cookie}"), format!("x-csrf-token: {csrf}")))
}

fn tool_token(portal: &Portal) -> Result<String> {
    let (_, token) = portal.technician(&account("tool@tests.example"))?;
    Ok(token)
}

/// One test per operation.
fn junit(report: &Path) -> Result<Counts> {
    let text = fs::read_to_string(report)?;
    let document = roxmltree::Document::parse(&text)?;
    let mut counts = Counts::default();
    for case in document.descendants().filter(|node| node.has_tag_name("testcase")) {
        let has = |name: &str| case.children().any(|child| child.has_tag_name(name));
        if has("failure") || has("error") {
            counts.failed += 1;
        } else {
            // An operation that has nothing to vary is not a test left out.
            counts.passed += u64::from(!has("skipped"));
        }
    }
    Ok(counts)
}
