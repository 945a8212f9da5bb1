//! Opens the page in real browsers and waits until each is through.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use tokio::net::TcpListener;

use crate::{
    serve::{Desk, router},
    store::Store,
};

/// A browser that Playwright drives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }
}

/// What each browser says of each frame. With no browser there is nothing to wait for.
pub(crate) fn run(browsers: &[Browser], store: &Arc<Store>) -> Result<Vec<Vec<String>>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut desks = Vec::new();
    for (index, &browser) in browsers.iter().enumerate() {
        let desk = Desk::new(Arc::clone(store), index);
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).context("no port on the loopback")?;
        let address = format!("http://{}/", listener.local_addr()?);
        let served = router(Arc::clone(&desk));
        runtime.spawn(async move { axum::serve(listener, served).await });
        desks.push((browser, desk, address));
    }
    let ended: Vec<Result<()>> = thread::scope(|scope| {
        let all: Vec<_> = desks
            .iter()
            .map(|(browser, _, address)| {
                scope.spawn(move || {
                    let ended = open(*browser, address);
                    // The other one need not go on: the comparison has failed.
                    if ended.is_err() {
                        store.close();
                    }
                    ended
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(anyhow!("a thread ended")))).collect()
    });
    let texts = desks.iter().zip(ended).map(|((browser, desk, _), ended)| {
        let name = browser.name();
        let texts = desk.result().map_err(|why| anyhow!("{name}: {why}"));
        ended.with_context(|| name).and(texts)
    });
    let texts = texts.collect::<Result<Vec<_>>>();
    runtime.shutdown_background();
    texts
}

/// Runs `browser.mjs` to its end.
fn open(browser: Browser, address: &str) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(browser.name().to_lowercase()).arg(address).stdin(Stdio::null());
    let status = node.status().context("cannot start node")?;
    if !status.success() {
        bail!("browser.mjs ended with {status}");
    }
    Ok(())
}
