//! Bad input: every endpoint answers with a problem document of a stable code, repeats nothing and loses nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use gatepass_portal::{
    problem::{Code, FieldCode},
    storage::entities::account,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use support::{Answer, Browser, PASSWORD, Server, URL, registration};

/// Stands in everything that is sent; must not stand in anything that comes back.
const MARKER: &str = "mK7<img src=x onerror=alert(1)>'; DROP TABLE accounts; --";

/// An operation of the API with a JSON body.
struct Operation {
    path: String,
    /// Whether a browser's session is wanted.
    session: bool,
    /// Field names, and whether each must be there.
    fields: Vec<(String, bool)>,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(gatepass_portal::app::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("post") else { continue };
        let Some(name) = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str() else {
            continue;
        };
        let schema = &document["components"]["schemas"][name.rsplit('/').next().unwrap()];
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let fields = schema["properties"].as_object().unwrap().keys();
        operations.push(Operation {
            path: path.clone(),
            session: operation["security"].to_string().contains("session"),
            fields: fields.map(|name| (name.clone(), required.contains(name.as_str()))).collect(),
        });
    }
    assert!(operations.len() >= 15, "{}", operations.len());
    operations
}

/// Sends a body as the logged-in browser does.
async fn send(browser: &Browser, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::ORIGIN, URL)
        .header(header::CONTENT_TYPE, kind);
    if let (Some(cookie), Some(csrf)) = (&browser.cookie, &browser.csrf) {
        request = request.header(header::COOKIE, cookie).header("x-csrf-token", csrf);
    }
    // The clone keeps the browser's own cookie as it is.
    browser.clone().raw(request.body(body.into()).unwrap()).await
}

fn well_behaved(answer: &Answer, what: &str) -> String {
    assert!(answer.status.is_client_error(), "{what}: {answer:?}");
    let code = answer.problem().to_owned();
    for part in ["mK7", "<img", "DROP TABLE", "onerror"] {
        assert!(!answer.text.contains(part), "{what}: the input is echoed: {}", answer.text);
        for value in answer.headers.values() {
            assert!(!value.to_str().unwrap_or_default().contains(part), "{what}: the input is echoed in a header");
        }
    }
    assert!(Code::ALL.iter().any(|known| known.code() == code), "{what}: {code}");
    code
}

on_both! {
    /// Whatever is sent, the answer is a problem a client can act on, and the accounts are still there.
    async fn every_body_of_every_endpoint(server: Server) {
        let browser = server.member("asa@verkstad.example").await;
        for Operation { path, fields, .. } in operations() {
            // A tool's own routes ask for its token first; that is an answer too.
            let tool = path.starts_with("/tool/v1/");
            let is = |code: String, expected: &str, what: &str| {
                assert!(code == expected || (tool && code == "not_logged_in"), "{path} {what}: {code}, not {expected}");
            };
            let json = "application/json";
            for (what, body) in [("no JSON", "{"), ("nothing", ""), ("text", MARKER)] {
                is(well_behaved(&send(&browser, &path, json, body).await, what), "body_malformed", what);
            }
            for (what, body) in [("a list", json!([MARKER])), ("a string", json!(MARKER)), ("null", Value::Null), ("nothing in it", json!({ MARKER: 1 }))] {
                is(well_behaved(&send(&browser, &path, json, body.to_string()).await, what), "body_invalid", what);
            }
            let good: serde_json::Map<String, Value> =
                fields.iter().filter(|(_, required)| *required).map(|(name, _)| (name.clone(), json!(MARKER))).collect();
            for (name, required) in &fields {
                for wrong in [json!(7), json!({ "a": MARKER }), json!([MARKER]), json!(true)] {
                    let mut body = good.clone();
                    body.insert(name.clone(), wrong.clone());
                    let what = format!("{name} = {wrong}");
                    is(well_behaved(&send(&browser, &path, json, Value::Object(body).to_string()).await, &what), "body_invalid", &what);
                }
                if *required {
                    let mut body = good.clone();
                    body.remove(name);
                    let what = format!("without {name}");
                    is(well_behaved(&send(&browser, &path, json, Value::Object(body).to_string()).await, &what), "body_invalid", &what);
                }
            }
            let mut unknown = good.clone();
            unknown.insert(MARKER.to_owned(), json!(MARKER));
            is(well_behaved(&send(&browser, &path, json, Value::Object(unknown).to_string()).await, "unknown field"), "body_invalid", "unknown field");

            let answer = send(&browser, &path, "text/plain", Value::Object(good.clone()).to_string()).await;
            is(well_behaved(&answer, "text/plain"), "content_type", "text/plain");
            assert!(tool || answer.status == StatusCode::UNSUPPORTED_MEDIA_TYPE);

            let large = format!("{{\"{}\": \"{}\"}}", fields[0].0, "a".repeat(70_000));
            let answer = send(&browser, &path, json, large).await;
            is(well_behaved(&answer, "too large"), "body_too_large", "too large");
            assert!(tool || answer.status == StatusCode::PAYLOAD_TOO_LARGE);

            let invalid = [&b"{\"x\": \""[..], &[0xff, 0xfe], &b"\"}"[..]].concat();
            well_behaved(&send(&browser, &path, json, invalid).await, "not UTF-8");
            let deep = "[".repeat(60_000);
            well_behaved(&send(&browser, &path, json, deep).await, "deep");
            // Right in form, wrong in content.
            well_behaved(&send(&browser, &path, json, Value::Object(good).to_string()).await, "markers");
        }
        assert_eq!(account::Entity::find().count(&server.portal.db).await.unwrap(), 1);
        assert_eq!(server.browser().get("/health").await.status, StatusCode::OK);
    }
}

on_both! {
    /// Another site cannot act with a technician's session, and an ended session acts on nothing.
    async fn proof_of_origin_and_session(server: Server) {
        let browser = server.member("asa@verkstad.example").await;
        let cookie = browser.cookie.clone().unwrap();
        for Operation { path, session, .. } in operations() {
            if !path.starts_with("/api/") {
                continue;
            }
            let bare = || Request::builder().method(Method::POST).uri(&path).header(header::CONTENT_TYPE, "application/json");
            let mut here = server.browser();
            let none = bare().body(Body::from("{}")).unwrap();
            assert_eq!(well_behaved(&here.raw(none).await, "no proof"), "csrf_missing", "{path}");
            for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
                let other = bare().header(name, value).header(header::HOST, "localhost:8080").header(header::COOKIE, &cookie);
                let answer = here.raw(other.body(Body::from("{}")).unwrap()).await;
                assert_eq!(well_behaved(&answer, "another site"), "csrf_missing", "{path} {name} {value}");
            }
            if session {
                let ours = || bare().header(header::ORIGIN, URL);
                let answer = here.raw(ours().body(Body::from("{}")).unwrap()).await;
                assert_eq!(well_behaved(&answer, "no session"), "not_logged_in", "{path}");
                let answer = here.raw(ours().header(header::COOKIE, &cookie).body(Body::from("{}")).unwrap()).await;
                assert_eq!(well_behaved(&answer, "no token"), "csrf_missing", "{path}");
                let wrong = ours().header(header::COOKIE, &cookie).header("x-csrf-token", "A".repeat(43));
                assert_eq!(well_behaved(&here.raw(wrong.body(Body::from("{}")).unwrap()).await, "wrong token"), "csrf_missing", "{path}");
            }
        }
        let mut late = browser.clone();
        server.portal.clock.advance(13 * gatepass_portal::clock::HOUR);
        for path in ["/api/v1/session", "/api/v1/sessions"] {
            assert_eq!(late.delete(path).await.problem(), "not_logged_in");
        }
    }
}

on_both! {
    /// SQL and HTML in names and addresses are refused with the field's name, or mean nothing.
    async fn sql_and_html_in_names(server: Server) {
        let mut browser = server.member("asa@verkstad.example").await;
        for name in ["<script>alert(1)</script>", "Robert'); DROP TABLE accounts;--", "a\" OR \"1\"=\"1", "{{7*7}}", "\u{202e}annA", "Åsa\r\nBcc: x@y.z"] {
            let mut body = registration("ny@verkstad.example");
            body["fullName"] = json!(name);
            body["workshop"] = json!(format!("{name}<"));
            body["email"] = json!(format!("{name}@verkstad.example<"));
            let answer = browser.post("/api/v1/accounts", body).await;
            assert_eq!((answer.status, answer.problem()), (StatusCode::UNPROCESSABLE_ENTITY, "fields_refused"));
            assert_eq!(
                answer.json["fields"],
                json!({ "email": "not_an_email", "fullName": "unexpected_character", "workshop": "unexpected_character" }),
                "{name:?}"
            );
        }
        for email in ["' OR 1=1 --", "asa@verkstad.example' --", "%", ""] {
            assert_eq!(browser.log_in(email, PASSWORD).await.problem(), "login_refused", "{email:?}");
        }
        let answer = browser.log_in("asa@verkstad.example\0", PASSWORD).await;
        assert_eq!(answer.problem(), "body_invalid", "PostgreSQL has no U+0000");
        assert_eq!(browser.log_in("a\\u0000@verkstad.example", PASSWORD).await.problem(), "login_refused", "a backslash is none");
        let long = "å".repeat(20_000);
        for (field, why) in [("email", "too_long"), ("fullName", "too_long"), ("workshop", "too_long"), ("password", "too_long")] {
            let mut body = registration("ny@verkstad.example");
            body[field] = json!(long);
            let answer = browser.post("/api/v1/accounts", body).await;
            assert_eq!(answer.json["fields"], json!({ field: why }));
        }
        let (email, password) = ("asa@verkstad.example", "x".repeat(60_000));
        assert_eq!(browser.log_in(email, &password).await.problem(), "login_refused");
        assert_eq!(account::Entity::find().count(&server.portal.db).await.unwrap(), 1);
    }
}

/// A wrong address or method is a problem document too, for every client.
#[tokio::test]
async fn addresses_that_are_not_there() {
    let server = Server::sqlite().await;
    let mut browser = server.browser();
    for (method, path, code) in [
        (Method::GET, "/api/v1/mK7", "not_found"),
        (Method::POST, "/api/v1/mK7", "not_found"),
        (Method::GET, "/api/v1/accounts", "method_not_allowed"),
        (Method::PUT, "/api/v1/session", "method_not_allowed"),
        (Method::GET, "/api/v1/mailbox/mK7", "path_invalid"),
        (Method::GET, "/api/v1/mailbox/019a0000-0000-7000-8000-000000000000", "not_found"),
        (Method::GET, "/api/v1/mailbox/..%2f..%2fetc%2fpasswd", "path_invalid"),
        (Method::GET, "/assets/mK7.js", "not_found"),
    ] {
        let answer = browser.send(method.clone(), path, None).await;
        assert_eq!(well_behaved(&answer, path), code, "{method} {path}");
    }
}

/// Clients in four languages switch on these; the list they share must be what the portal can say.
#[test]
fn the_list_of_codes_is_complete() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/error-codes.json")).unwrap();
    let list: Value = serde_json::from_str(&text).unwrap();
    let names = |key: &str| {
        list[key].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("portal"), Code::ALL.iter().map(|code| code.code()).collect::<Vec<_>>());
    assert_eq!(names("portal_field"), FieldCode::ALL.iter().map(|code| code.code()).collect::<Vec<_>>());
}
