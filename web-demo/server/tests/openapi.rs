//! The API's description: what the page's types are generated from.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use axum::http::StatusCode;
use support::Server;

fn document() -> String {
    let mut text = serde_json::to_string_pretty(&gatepass_portal::app::openapi()).unwrap();
    text.push('\n');
    text
}

/// A page built on an old description would break at its users. Renew it with
/// `GATEPASS_WRITE_OPENAPI=1 cargo test -p gatepass-portal --test openapi`.
#[test]
fn the_committed_description_is_the_served_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    if std::env::var_os("GATEPASS_WRITE_OPENAPI").is_some() {
        std::fs::write(&file, document()).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap();
    assert!(committed == document(), "openapi.json is stale; see the comment at this test");
}

/// Every operation names its success, its problem document, and (where it takes one) its body.
#[test]
fn every_operation_is_described() {
    let document = serde_json::to_value(gatepass_portal::app::openapi()).unwrap();
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations += 1;
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}: summary");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}: success");
            let problem = &responses["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{method} {path}");
        }
    }
    assert!(operations >= 30, "{operations}");
    // Every schema that is named exists.
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn the_description_is_served() {
    let server = Server::sqlite().await;
    let answer = server.browser().get("/api/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json["info"]["title"], "Gatepass portal");
}
