//! `gatepass serve`: the portal until it is told to stop.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use axum_server::{
    Handle, Server,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::{self, Portal},
    clock::MINUTE,
    config::Config,
    connections::Limit,
    keys, mail, maintenance,
};

/// A connection that says nothing for so long is closed.
const FIRST_REQUEST: Duration = Duration::from_secs(20);
/// After an answer the next request may take so long to begin and to send its head; then the connection is closed. A little
/// more than reverse proxies keep an idle connection (nginx: 60 s), so that they close it first and never write into a
/// closed one.
const NEXT_REQUEST: Duration = Duration::from_secs(75);

/// Runs the portal: background work and HTTP, until SIGTERM or Ctrl-C. Running requests get `server.shutdown_seconds`.
///
/// # Errors
/// With a text an operator can act on.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let portal = Portal::open(config).await?;
    keys::check_fit(&portal.db, &portal.keys).await?;
    let tls = tls(&portal.config.server.tls_cert, &portal.config.server.tls_key).await?;
    let listener = TcpListener::bind(portal.config.server.listen)
        .with_context(|| format!("server.listen: {} cannot be used", portal.config.server.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;

    let stop = CancellationToken::new();
    let background = start_background(&portal, &stop);
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(handle.clone(), Duration::from_secs(portal.config.server.shutdown_seconds)));

    let service = app::router(&portal).into_make_service_with_connect_info::<SocketAddr>();
    if portal.config.development {
        tracing::warn!("development = true: this portal is not for real people");
    }
    tracing::info!(%address, url = portal.config.server.public_url, https = tls.is_some(), "listening");
    let limit = Limit::new(portal.config.server.max_connections);
    let served = match tls {
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls).acceptor(limit);
            patient(axum_server::from_tcp(listener)?.acceptor(acceptor), NEXT_REQUEST)
                .handle(handle)
                .serve(service)
                .await
        }
        None => {
            patient(axum_server::from_tcp(listener)?.acceptor(limit), NEXT_REQUEST).handle(handle).serve(service).await
        }
    };
    stop.cancel();
    background.wait().await;
    // SQLite then leaves one whole file behind, fit for copying.
    portal.db.close_by_ref().await?;
    served?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Ends connections that are held open and not used: before the first request, between two, and (HTTP/2) when the other side
/// does not answer a ping.
fn patient<A>(mut server: Server<SocketAddr, A>, next_request: Duration) -> Server<SocketAddr, A> {
    let builder = server.http_builder();
    // Counts from the end of the answer before, so it ends idle connections too.
    builder.http1().header_read_timeout(next_request);
    builder.http2().keep_alive_interval(next_request).keep_alive_timeout(FIRST_REQUEST).max_concurrent_streams(100);
    server.first_request_timeout(FIRST_REQUEST)
}

/// Starts what runs beside the requests: mail, cleaning up. It ends when `stop` is cancelled; wait for the tracker then.
#[must_use]
pub fn start_background(portal: &Portal, stop: &CancellationToken) -> TaskTracker {
    let tasks = TaskTracker::new();
    tasks.spawn(mail::outbox::work(portal.clone(), stop.clone()));
    tasks.spawn(maintenance::work(
        portal.clone(),
        stop.clone(),
        Duration::from_millis(u64::try_from(10 * MINUTE).unwrap_or(600_000)),
    ));
    let (keys, stopped) = (portal.keys.clone(), stop.clone());
    tasks.spawn(async move { stopped.run_until_cancelled(keys.follow()).await });
    tasks.close();
    tasks
}

async fn tls(
    certificate: &Option<std::path::PathBuf>,
    key: &Option<std::path::PathBuf>,
) -> anyhow::Result<Option<RustlsConfig>> {
    let (Some(certificate), Some(key)) = (certificate, key) else { return Ok(None) };
    // Another part of the process may have chosen already; both are the same library.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    readable(certificate, "server.tls_cert")?;
    readable(key, "server.tls_key")?;
    let config = RustlsConfig::from_pem_file(certificate, key)
        .await
        .context("server.tls_cert, server.tls_key: not a PEM certificate and its key")?;
    Ok(Some(config))
}

fn readable(file: &Path, key: &str) -> anyhow::Result<()> {
    std::fs::metadata(file).map(|_| ()).with_context(|| format!("{key}: {} cannot be read", file.display()))
}

async fn stop_on_signal(handle: Handle<SocketAddr>, patience: Duration) {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be waited for");
            return;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!(seconds = patience.as_secs(), "stopping: running requests may finish");
    handle.graceful_shutdown(Some(patience));
}

#[cfg(test)]
mod tests {
    use axum::{Router, routing::get};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        time::timeout,
    };

    use super::*;

    /// A portal's connections without the portal: one route, `limit` connections, `next_request` of patience.
    async fn serving(limit: usize, next_request: Duration) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let server = patient(axum_server::from_tcp(listener).unwrap().acceptor(Limit::new(limit)), next_request);
        tokio::spawn(server.serve(Router::new().route("/", get(async || "here")).into_make_service()));
        address
    }

    async fn ask(stream: &mut TcpStream) -> std::io::Result<String> {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
    }

    const LONG: Duration = Duration::from_secs(60);

    /// Otherwise a few hundred connections that asked once and stay take all the files the process may open.
    #[tokio::test]
    async fn a_connection_that_has_asked_once_is_closed_when_it_stays_idle() {
        let address = serving(10, Duration::from_secs(1)).await;
        for slow in [b"".as_slice(), b"GET / HTTP/1.1\r\nHost: loc"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            assert!(ask(&mut stream).await.unwrap().contains("here"));
            assert!(ask(&mut stream).await.unwrap().contains("here"), "kept open for the next request");
            stream.write_all(slow).await.unwrap();
            let mut rest = Vec::new();
            timeout(LONG, stream.read_to_end(&mut rest)).await.expect("the connection is closed").ok();
        }
    }

    #[tokio::test]
    async fn connections_above_the_limit_are_closed_until_one_has_gone() {
        let address = serving(2, LONG).await;
        let (mut one, mut two) =
            (TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
        assert!(ask(&mut one).await.unwrap().contains("here"));
        assert!(ask(&mut two).await.unwrap().contains("here"));
        let mut three = TcpStream::connect(address).await.unwrap();
        assert!(!ask(&mut three).await.is_ok_and(|answer| answer.contains("here")));
        drop(one);
        timeout(LONG, async {
            loop {
                let mut four = TcpStream::connect(address).await.unwrap();
                if ask(&mut four).await.is_ok_and(|answer| answer.contains("here")) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await
        .expect("its place is free again");
    }
}
