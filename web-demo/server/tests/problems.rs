//! Bad input: every endpoint answers with a problem document of a stable code, repeats nothing and loses nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use gatepass_core::{
    otp::{self, TotpParams},
    secret::Secret,
};
use gatepass_portal::{
    clock::{HOUR, MINUTE},
    problem::{Code, FieldCode},
    storage::entities::account,
};
use sea_orm::{EntityTrait, PaginatorTrait, Set};
use serde_json::{Value, json};
use support::{Answer, Browser, PASSWORD, Server, URL, registration};

/// Stands in what is sent; must not stand in anything that comes back.
const MARKER: &str = "mK7<img src=x onerror=alert(1)>'; DROP TABLE accounts; --";

/// What an operation asks for before it does anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Nothing. Every such operation stands in [`OPEN`]: an operation that only forgot its session is found by that.
    Open,
    /// A browser's session; an unsafe one its CSRF token too.
    Session,
    /// A tool's bearer token.
    Tool,
}

/// The operations that anybody may call.
const OPEN: [&str; 17] = [
    "GET /.well-known/jwks.json",
    "POST /api/v1/account/email/confirmation",
    "POST /api/v1/accounts",
    "POST /api/v1/accounts/confirmation",
    "POST /api/v1/accounts/confirmation/resend",
    "GET /api/v1/mailbox",
    "DELETE /api/v1/mailbox",
    "GET /api/v1/mailbox/{id}",
    "POST /api/v1/password-reset",
    "POST /api/v1/password-reset/complete",
    "POST /api/v1/session",
    "GET /health",
    "GET /metrics",
    "GET /ready",
    "POST /tool/v1/login",
    "POST /tool/v1/login/code",
    "POST /tool/v1/permits/redemption",
];

/// The operations of a session that still waits for its code.
const BEFORE_THE_CODE: [&str; 3] = ["GET /api/v1/session", "DELETE /api/v1/session", "POST /api/v1/session/code"];

/// An operation of the API, as the served document describes it.
#[derive(Debug)]
struct Operation {
    method: Method,
    path: String,
    access: Access,
    /// Of the JSON body, where there is one: field names, and whether each must be there.
    fields: Option<Vec<(String, bool)>>,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it changes something for a browser, so that another site must not be able to call it.
    fn wants_origin(&self) -> bool {
        self.method != Method::GET && self.path.starts_with("/api/")
    }
}

/// Every operation of the document that the portal serves.
async fn operations(server: &Server) -> Vec<Operation> {
    let document = server.browser().get("/api/openapi.json").await.json;
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let security = operation["security"].to_string();
            let access = match (security.contains("\"session\""), security.contains("\"tool\"")) {
                (true, false) => Access::Session,
                (false, true) => Access::Tool,
                _ => Access::Open,
            };
            let safe = method == Method::GET;
            assert_eq!(security.contains("csrf"), access == Access::Session && !safe, "{method} {path}: csrf");
            let body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
            assert_eq!(
                body.is_some(),
                method == Method::POST,
                "{method} {path}: a POST and nothing else has a JSON body"
            );
            let fields = body.map(|name| {
                let schema = &document["components"]["schemas"][name.rsplit('/').next().unwrap()];
                assert_eq!(schema["additionalProperties"], false, "{name} refuses unknown fields");
                let required: BTreeSet<&str> = schema["required"]
                    .as_array()
                    .map(|names| names.iter().filter_map(Value::as_str).collect())
                    .unwrap_or_default();
                let names = schema["properties"].as_object().unwrap().keys();
                names.map(|name| (name.clone(), required.contains(name.as_str()))).collect()
            });
            operations.push(Operation { method, path: path.clone(), access, fields });
        }
    }
    let open: BTreeSet<String> =
        operations.iter().filter(|one| one.access == Access::Open).map(Operation::name).collect();
    assert_eq!(open, OPEN.map(str::to_owned).into(), "operations without a session");
    assert!(operations.len() >= 32, "{}", operations.len());
    operations
}

/// A technician with everything a request can carry.
struct Person {
    /// Logged in, with a code.
    browser: Browser,
    /// The password was right, the code is wanted.
    half: Browser,
    /// The bearer token of a tool.
    token: String,
}

impl Person {
    async fn new(server: &Server) -> Self {
        let mut browser = server.member("asa@verkstad.example").await;
        let verified = account::ActiveModel { verified_at: Set(Some(1)), ..Default::default() };
        account::Entity::update_many().set(verified).exec(&server.portal.db).await.unwrap();
        let login = json!({ "email": "asa@verkstad.example", "password": PASSWORD, "toolSerial": "GP-1" });
        let first = browser.post("/tool/v1/login", login).await.json;
        let (secret, _) = Secret::from_base32(first["enrolment"]["secret"].as_str().unwrap()).unwrap();
        let code =
            || otp::generate(&secret, &TotpParams::default(), server.portal.clock.now_seconds()).as_str().to_owned();
        let done = browser.post("/tool/v1/login/code", json!({ "ticket": first["ticket"], "code": code() })).await.json;
        let token = done["token"].as_str().unwrap().to_owned();
        server.portal.clock.advance(2 * MINUTE);
        let (mut half, mut browser) = (server.browser(), server.browser());
        for browser in [&mut half, &mut browser] {
            assert_eq!(browser.log_in("asa@verkstad.example", PASSWORD).await.json["state"], "code_wanted");
        }
        let whole = browser.post("/api/v1/session/code", json!({ "code": code() })).await;
        assert_eq!(whole.json["state"], "logged_in", "{whole:?}");
        Self { browser, half, token }
    }

    /// A request with all that the operation asks for.
    fn request(&self, operation: &Operation) -> axum::http::request::Builder {
        let request = bare(operation).header(header::ORIGIN, URL);
        match operation.access {
            Access::Open => request,
            Access::Session => with(request, &self.browser),
            Access::Tool => request.header(header::AUTHORIZATION, format!("Bearer {}", self.token)),
        }
    }
}

fn bare(operation: &Operation) -> axum::http::request::Builder {
    let path = operation.path.replace("{id}", "019a0000-0000-7000-8000-000000000000");
    let request = Request::builder().method(operation.method.clone()).uri(path).header(header::HOST, "localhost:8080");
    if operation.fields.is_some() { request.header(header::CONTENT_TYPE, "application/json") } else { request }
}

fn with(request: axum::http::request::Builder, browser: &Browser) -> axum::http::request::Builder {
    request
        .header(header::COOKIE, browser.cookie.as_deref().unwrap())
        .header("x-csrf-token", browser.csrf.as_deref().unwrap())
}

async fn send(server: &Server, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
    server.browser().raw(request.body(body.into()).unwrap()).await
}

/// The code of an answer that is a problem document, repeats nothing that was sent, and is nobody's fault but the sender's.
fn well_behaved(answer: &Answer, what: &str) -> String {
    assert!(answer.status.is_client_error(), "{what}: {answer:?}");
    let code = answer.problem().to_owned();
    for part in ["mK7", "<img", "DROP TABLE", "onerror"] {
        assert!(!answer.text.contains(part), "{what}: the input is echoed: {}", answer.text);
        for value in answer.headers.values() {
            assert!(!value.to_str().unwrap_or_default().contains(part), "{what}: the input is echoed in a header");
        }
    }
    assert!(listed().contains(&code), "{what}: {code} is not in the list of codes");
    code
}

/// The codes that clients know.
fn listed() -> BTreeSet<String> {
    let list: Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    serde_json::from_value(list["portal"].clone()).unwrap()
}

on_both! {
    /// Whatever is sent, the answer is a problem a client can act on, and the accounts are still there.
    async fn every_body_of_every_endpoint(server: Server) {
        let person = Person::new(&server).await;
        for operation in operations(&server).await {
            let Some(fields) = &operation.fields else { continue };
            let name = operation.name();
            let is = |answer: Answer, status: StatusCode, expected: &str, what: &str| {
                let code = well_behaved(&answer, &format!("{name} {what}"));
                assert_eq!((answer.status, code.as_str()), (status, expected), "{name} {what}");
            };
            let post = |body: String| send(&server, person.request(&operation), body);
            for (what, body) in [("no JSON", "{"), ("nothing", ""), ("text", MARKER)] {
                is(post(body.to_owned()).await, StatusCode::BAD_REQUEST, "body_malformed", what);
            }
            let mut good: serde_json::Map<String, Value> =
                fields.iter().filter(|(_, required)| *required).map(|(name, _)| (name.clone(), json!(MARKER))).collect();
            let object = |fields: &serde_json::Map<String, Value>| Value::Object(fields.clone()).to_string();
            let mut invalid = vec![
                ("a list".to_owned(), json!([MARKER]).to_string()),
                ("a string".to_owned(), json!(MARKER).to_string()),
                ("null".to_owned(), "null".to_owned()),
                ("nothing of ours".to_owned(), json!({ MARKER: 1 }).to_string()),
            ];
            for (field, required) in fields {
                for wrong in [json!(7), json!(-1.5e300), json!({ "a": MARKER }), json!([MARKER]), json!(true), json!("a\u{0}b")] {
                    let mut body = good.clone();
                    body.insert(field.clone(), wrong.clone());
                    invalid.push((format!("{field} = {wrong}"), object(&body)));
                }
                if *required {
                    let mut body = good.clone();
                    body.remove(field);
                    invalid.push((format!("without {field}"), object(&body)));
                    body.insert(field.clone(), Value::Null);
                    invalid.push((format!("{field} = null"), object(&body)));
                }
                let mut twice = good.clone();
                twice.insert(field.clone(), json!(MARKER));
                let twice = format!("{{{:?}:\"x\",{}", field, &object(&twice)[1..]);
                invalid.push((format!("{field} twice"), twice));
            }
            let mut unknown = good.clone();
            unknown.insert(MARKER.to_owned(), json!(MARKER));
            invalid.push(("unknown field".to_owned(), object(&unknown)));
            for (what, body) in invalid {
                is(post(body).await, StatusCode::UNPROCESSABLE_ENTITY, "body_invalid", &what);
            }

            let mut request = person.request(&operation);
            request.headers_mut().unwrap().insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
            is(send(&server, request, object(&good)).await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type", "text");
            let large = format!("{{\"{}\": \"{}\"}}", fields[0].0, "a".repeat(70_000));
            is(post(large).await, StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "too large");
            let bytes = [&b"{\"x\": \""[..], &[0xff, 0xfe], &b"\"}"[..]].concat();
            well_behaved(&send(&server, person.request(&operation), bytes).await, "not UTF-8");
            well_behaved(&post("[".repeat(60_000)).await, "deep");

            // Right in form, wrong in content: short, long, SQL, HTML, other scripts, control characters.
            for text in [MARKER, "", "\u{1}\u{7f}\u{85}\u{202e}\u{feff}", "𝒜ßİ\u{301}\u{10ffff}", &"å".repeat(30_000 / good.len().max(1))] {
                for (_, value) in good.iter_mut() {
                    *value = json!(text);
                }
                if let Some(language) = good.get_mut("language") {
                    *language = json!("sv");
                }
                let answer = post(object(&good)).await;
                assert!(!answer.status.is_server_error() && !answer.status.is_success(), "{name}: {answer:?}");
                well_behaved(&answer, &name);
            }
        }
        assert_eq!(account::Entity::find().count(&server.portal.db).await.unwrap(), 1);
        let mut browser = person.browser.clone();
        assert_eq!(browser.get("/api/v1/session").await.json["state"], "logged_in", "nothing is lost");
    }
}

on_both! {
    /// Another site cannot act with a technician's session, and who has none, half of one, or one that has ended, acts on
    /// nothing: every operation of the document, so that a new one is not forgotten.
    async fn every_endpoint_asks_for_what_it_needs(server: Server) {
        let person = Person::new(&server).await;
        let operations = operations(&server).await;
        let body = |operation: &Operation| Body::from(if operation.fields.is_some() { "{}" } else { "" });
        let is = |answer: &Answer, expected: &str, what: &str| assert_eq!(well_behaved(answer, what), expected, "{what}");
        for operation in &operations {
            let name = operation.name();
            if operation.wants_origin() {
                is(&send(&server, bare(operation), body(operation)).await, "csrf_missing", &format!("{name}: no proof"));
                for (header, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("referer", URL)] {
                    let other = with(bare(operation), &person.browser);
                    let mut other = other.header(header, value);
                    if header == "referer" {
                        other.headers_mut().unwrap().remove("x-csrf-token");
                    }
                    is(&send(&server, other, body(operation)).await, "csrf_missing", &format!("{name}: {header} {value}"));
                }
            }
            if operation.access == Access::Session {
                let ours = || bare(operation).header(header::ORIGIN, URL);
                is(&send(&server, ours(), body(operation)).await, "not_logged_in", &format!("{name}: no session"));
                let made_up = ours().header(header::COOKIE, format!("__Host-gatepass={}", "A".repeat(43)));
                is(&send(&server, made_up, body(operation)).await, "not_logged_in", &format!("{name}: a made-up session"));
                let cookie = person.browser.cookie.as_deref().unwrap();
                let double = ours().header(header::COOKIE, format!("{cookie}; {cookie}"));
                is(&send(&server, double, body(operation)).await, "not_logged_in", &format!("{name}: two cookies"));
                if operation.method != Method::GET {
                    let no_token = ours().header(header::COOKIE, cookie);
                    is(&send(&server, no_token, body(operation)).await, "csrf_missing", &format!("{name}: no token"));
                    let others = ours().header(header::COOKIE, cookie).header("x-csrf-token", person.half.csrf.as_deref().unwrap());
                    is(&send(&server, others, body(operation)).await, "csrf_missing", &format!("{name}: another session's token"));
                }
                if !BEFORE_THE_CODE.contains(&name.as_str()) {
                    let half = with(ours(), &person.half);
                    is(&send(&server, half, body(operation)).await, "code_wanted", &format!("{name}: before the code"));
                }
            }
            if operation.access == Access::Tool {
                for token in [None, Some("Bearer "), Some("Bearer x"), Some("Basic eDp5"), Some("Bearer ' OR 1=1 --")] {
                    let request = token.into_iter().fold(bare(operation), |request, token| request.header(header::AUTHORIZATION, token));
                    is(&send(&server, request, body(operation)).await, "not_logged_in", &format!("{name}: {token:?}"));
                }
                let by_cookie = with(bare(operation), &person.browser);
                is(&send(&server, by_cookie, body(operation)).await, "not_logged_in", &format!("{name}: a browser's session"));
            }
            for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                if operations.iter().any(|other| other.path == operation.path && other.method == method) {
                    continue;
                }
                let mut request = person.request(operation);
                request = request.method(method.clone());
                let answer = send(&server, request, "").await;
                is(&answer, "method_not_allowed", &format!("{method} {}", operation.path));
                assert!(answer.headers.contains_key(header::ALLOW), "{method} {}", operation.path);
            }
        }
        // The next morning.
        server.portal.clock.advance(13 * HOUR);
        for operation in operations.iter().filter(|operation| operation.access != Access::Open) {
            let answer = send(&server, person.request(operation), body(operation)).await;
            is(&answer, "not_logged_in", &format!("{}: a session that has ended", operation.name()));
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
