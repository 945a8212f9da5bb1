//! `gatepass serve`: the portal until it is told to stop.

use std::{net::SocketAddr, path::Path, process::ExitCode, time::Duration};

use anyhow::Context;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::{self, Portal},
    clock::MINUTE,
    config::Config,
    keys, mail, maintenance,
};

/// A connection that says nothing for so long is closed.
const FIRST_REQUEST: Duration = Duration::from_secs(20);

/// Runs the portal: background work and HTTP, until SIGTERM or Ctrl-C. Running requests get `server.shutdown_seconds`.
///
/// # Errors
/// With a text an operator can act on.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let portal = Portal::open(config).await?;
    keys::check_fit(&portal.db, &portal.keys).await?;
    let tls = tls(&portal.config.server.tls_cert, &portal.config.server.tls_key).await?;
    let listener = std::net::TcpListener::bind(portal.config.server.listen)
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
    let served = match tls {
        Some(tls) => {
            axum_server::from_tcp_rustls(listener, tls)?
                .handle(handle)
                .first_request_timeout(FIRST_REQUEST)
                .serve(service)
                .await
        }
        None => {
            axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(FIRST_REQUEST).serve(service).await
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
