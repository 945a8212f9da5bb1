//! What is read from a request before a handler sees it: the JSON body, the network source, proof of origin.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::{
    app::Portal,
    config::{is_loopback_host, origin_of},
    problem::{Code, Outcome, Problem},
};

/// Bytes of a request body read at most.
pub const BODY_LIMIT: usize = 64 * 1024;

/// The header that carries the CSRF token.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// A JSON body. Refusals are problem documents that repeat nothing of it.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Outcome<Self> {
        if !is_json(request.headers()) {
            return Err(Code::ContentType.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(Code::BodyTooLarge)
            } else {
                Code::BodyMalformed.into()
            }
        })?;
        // serde's error may quote the input and is not used; whether it was JSON at all is asked apart.
        let value = serde_json::from_slice(&bytes).map_err(|_| match serde_json::from_slice::<IgnoredAny>(&bytes) {
            Ok(IgnoredAny) => Problem::new(Code::BodyInvalid),
            Err(_) => Code::BodyMalformed.into(),
        })?;
        // serde also reads a struct from a list of its fields' values; the API knows objects only.
        let is_object = bytes.trim_ascii_start().first() == Some(&b'{');
        if !is_object || holds_nul(&bytes) {
            return Err(Code::BodyInvalid.into());
        }
        Ok(Self(value))
    }
}

/// Whether a string in the JSON holds U+0000, which PostgreSQL cannot store and nothing here needs.
fn holds_nul(bytes: &[u8]) -> bool {
    fn in_value(value: &Value) -> bool {
        match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(list) => list.iter().any(in_value),
            Value::Object(map) => map.iter().any(|(key, value)| key.contains('\0') || in_value(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    // Only an escape can bring one in; a second look is worth its time only then.
    bytes.windows(6).any(|window| window == b"\\u0000")
        && serde_json::from_slice(bytes).is_ok_and(|value| in_value(&value))
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The network address a request came from: the peer, or what a trusted proxy says.
///
/// Personal data: used for counting tries, never logged or stored in the clear.
#[derive(Clone, Copy)]
pub struct Source(pub IpAddr);

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source(…)")
    }
}

impl FromRequestParts<Portal> for Source {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Outcome<Self> {
        Ok(source_of(
            &parts.headers,
            peer(parts.extensions.get::<ConnectInfo<SocketAddr>>()),
            &portal.config.server.trusted_proxies,
        ))
    }
}

/// Where a request without a connection (a test in process) comes from.
fn peer(info: Option<&ConnectInfo<SocketAddr>>) -> IpAddr {
    info.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip())
}

/// Walks `X-Forwarded-For` from the right as long as the address before was a trusted proxy's.
fn source_of(headers: &HeaderMap, peer: IpAddr, trusted: &[IpAddr]) -> Source {
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut source = peer.to_canonical();
    for hop in forwarded.iter().rev() {
        if !trusted.contains(&source) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        source = address.to_canonical();
    }
    Source(source)
}

/// Whether a request came over this machine's own loopback, through no proxy that says so, and under a name of this machine: a
/// page of somebody else's can give its own host name this machine's address, and then ask as if it were our page.
#[must_use]
pub fn is_local(headers: &HeaderMap, info: Option<&ConnectInfo<SocketAddr>>) -> bool {
    let through_a_proxy =
        ["x-forwarded-for", "forwarded", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let ours = headers.get_all(header::HOST).iter().all(|host| host.to_str().is_ok_and(is_loopback_host));
    peer(info).to_canonical().is_loopback() && !through_a_proxy && ours
}

/// A request from this machine itself, as [`is_local`] says; to others there is nothing here.
#[derive(Debug, Clone, Copy)]
pub struct FromHere;

impl<S: Send + Sync> FromRequestParts<S> for FromHere {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        if is_local(&parts.headers, parts.extensions.get::<ConnectInfo<SocketAddr>>()) {
            Ok(Self)
        } else {
            Err(Code::NotFound.into())
        }
    }
}

/// The middleware against cross-site requests, for everything under `/api`: an unsafe request passes when the browser says
/// that our own page sent it (`Origin`, `Sec-Fetch-Site`), or when it carries the CSRF header, which another site cannot
/// set and whose value the session then checks.
pub async fn same_origin(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if unsafe_method
        && request.uri().path().starts_with("/api/")
        && !is_ours(request.headers(), &portal.config.server.public_url)
    {
        return Problem::new(Code::CsrfMissing).into_response();
    }
    next.run(request).await
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && site != "same-origin"
    {
        return false;
    }
    if let Some(origin) = text("origin") {
        // Under another name too, but never in the clear where people come over HTTPS.
        let (scheme, host) = origin_of(origin).and_then(|origin| origin.split_once("://")).unzip();
        let secure = scheme == Some("https") || !public_url.starts_with("https://");
        return origin == public_url || (secure && host.is_some() && host == text("host"));
    }
    text("sec-fetch-site").is_some() || headers.contains_key(CSRF_HEADER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[(&'static str, &'static str)]) -> HeaderMap {
        values.iter().fold(HeaderMap::new(), |mut headers, (name, value)| {
            headers.append(*name, value.parse().unwrap());
            headers
        })
    }

    /// Otherwise anybody gets a fresh count of tries with every request, or spends somebody else's.
    #[test]
    fn a_source_is_what_trusted_proxies_say_and_nobody_else() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let second: IpAddr = "10.0.0.2".parse().unwrap();
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        for (peer, forwarded, trusted, expected) in [
            (stranger, vec!["192.0.2.1"], vec![], "203.0.113.9"),
            (stranger, vec!["192.0.2.1"], vec![proxy], "203.0.113.9"),
            (proxy, vec!["192.0.2.1"], vec![], "10.0.0.1"),
            (proxy, vec!["192.0.2.1"], vec![proxy], "192.0.2.1"),
            // What a client made up stands to the left of what the proxy saw.
            (proxy, vec!["127.0.0.1, 198.51.100.7, 192.0.2.1"], vec![proxy], "192.0.2.1"),
            (proxy, vec!["127.0.0.1", "192.0.2.1"], vec![proxy], "192.0.2.1"),
            (proxy, vec!["10.0.0.1, 192.0.2.1"], vec![proxy], "192.0.2.1"),
            (proxy, vec!["192.0.2.1, 10.0.0.2"], vec![proxy, second], "192.0.2.1"),
            (proxy, vec!["192.0.2.1, 10.0.0.2"], vec![proxy], "10.0.0.2"),
            (proxy, vec![], vec![proxy], "10.0.0.1"),
            (proxy, vec!["unknown"], vec![proxy], "10.0.0.1"),
            (proxy, vec!["::ffff:192.0.2.1"], vec![proxy], "192.0.2.1"),
            ("::ffff:10.0.0.1".parse().unwrap(), vec!["2001:db8::1"], vec![proxy], "2001:db8::1"),
        ] {
            let map = headers(&forwarded.iter().map(|value| ("x-forwarded-for", *value)).collect::<Vec<_>>());
            assert_eq!(source_of(&map, peer, &trusted).0, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn what_came_through_a_proxy_is_not_from_this_machine() {
        let here = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
        let away = ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1)));
        assert!(is_local(&HeaderMap::new(), Some(&here)));
        assert!(!is_local(&HeaderMap::new(), Some(&away)));
        for name in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
            assert!(!is_local(&headers(&[(name, "127.0.0.1")]), Some(&here)), "{name}");
        }
        for (host, local) in [
            ("localhost:8080", true),
            ("127.0.0.1", true),
            ("[::1]:8080", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
        ] {
            assert_eq!(is_local(&headers(&[("host", host)]), Some(&here)), local, "{host}");
        }
    }
}
