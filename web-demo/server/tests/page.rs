//! The page's files and the headers that keep it safe.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use support::{Answer, Server};

async fn server() -> Server {
    Server::with(false, |config| {
        let page = config.mail.folder.with_file_name("page");
        std::fs::create_dir_all(page.join("assets")).unwrap();
        for name in ["index", "tool", "authenticator", "account", "mailbox", "404"] {
            std::fs::write(
                page.join(format!("{name}.html")),
                format!("<!doctype html><title>{name}</title>{}", "x ".repeat(4000)),
            )
            .unwrap();
        }
        std::fs::write(page.join("assets/tool-3f2a.js"), "export {}").unwrap();
        std::fs::write(page.join("assets/core-3f2a.wasm"), b"\0asm\x01\0\0\0").unwrap();
        std::fs::write(page.join("sw.js"), "self").unwrap();
        std::fs::write(page.join("manifest.webmanifest"), "{}").unwrap();
        std::fs::write(page.join(".env"), "SECRET").unwrap();
        config.server.page_dir = Some(page);
    })
    .await
}

async fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(Method::GET).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.browser().raw(request.body(Body::empty()).unwrap()).await
}

/// Each address people type shows its page.
#[tokio::test]
async fn each_entry_has_its_page() {
    let server = server().await;
    for (path, title) in [
        ("/", "index"),
        ("/tool", "tool"),
        ("/authenticator", "authenticator"),
        ("/account/confirm", "account"),
        ("/account/register?x=1", "account"),
        ("/mailbox", "mailbox"),
    ] {
        let answer = get(&server, path, &[("accept", "text/html")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text.contains(&format!("<title>{title}</title>")), "{path}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-cache", "a new release is seen at the next look");
    }
    for (path, kind) in [
        ("/assets/core-3f2a.wasm", "application/wasm"),
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
    ] {
        assert_eq!(get(&server, path, &[]).await.headers[header::CONTENT_TYPE], kind);
    }
}

/// A script that somebody smuggles in does not run, and no other site can frame the page.
#[tokio::test]
async fn every_answer_carries_the_policy() {
    let server = server().await;
    for path in ["/", "/tool", "/assets/tool-3f2a.js", "/nowhere", "/health", "/api/v1/session", "/api/openapi.json"] {
        let headers = get(&server, path, &[]).await.headers;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.split("; ").any(|one| one.trim() == directive), "{path}: {directive}: {policy}");
        }
        assert_eq!(policy.matches("unsafe").count(), 1, "only wasm-unsafe-eval");
        assert!(!policy.contains("http") && !policy.contains('*'));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
        assert!(headers["permissions-policy"].to_str().unwrap().contains("camera=(self)"));
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), "no other site reads answers");
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "over http a browser must ignore it");
    }
    let https = Server::with(false, |config| config.server.public_url = "https://gatepass.example".to_owned()).await;
    assert!(
        get(&https, "/health", &[]).await.headers[header::STRICT_TRANSPORT_SECURITY]
            .to_str()
            .unwrap()
            .starts_with("max-age=")
    );
}

/// Nothing beside the page can be read.
#[tokio::test]
async fn only_the_page_is_served() {
    let server = server().await;
    for path in [
        "/.env",
        "/../gatepass.db",
        "/..%2fgatepass.db",
        "/assets/../../gatepass.db",
        "/%2e%2e/gatepass.db",
        "/assets",
        "/assets/",
        "/keys/sealing-0001.json",
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
    }
    let answer = get(&server, "/nowhere", &[("accept", "text/html,*/*")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("<title>404</title>"), "a person sees a page");
}

/// A second visit downloads nothing anew, a first one little.
#[tokio::test]
async fn files_are_cached_and_compressed() {
    let server = server().await;
    let asset = get(&server, "/assets/tool-3f2a.js", &[]).await;
    assert_eq!(asset.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let page = get(&server, "/tool", &[]).await;
    let tag = page.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = get(&server, "/tool", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.len()), (StatusCode::NOT_MODIFIED, 0));
    for coding in ["br", "gzip"] {
        let small = get(&server, "/tool", &[("accept-encoding", coding)]).await;
        assert_eq!(small.headers[header::CONTENT_ENCODING], coding);
        assert!(small.text.len() < page.text.len() / 4);
    }
    let api = get(&server, "/api/v1/session", &[]).await;
    assert_eq!(api.headers[header::CACHE_CONTROL], "no-store", "a shared computer keeps nobody's account");
}
