//! Throw-away servers for tests. Each ends with its handle and with the process that started it.

mod postgres;
mod smtp_sink;

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    net::TcpListener,
    path::PathBuf,
};

pub use postgres::{Database, Postgres};
pub use smtp_sink::{Message, SmtpSink};

/// Why a server did not start or did not answer.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A program is not installed.
    #[error("{program} is not installed: {remedy}")]
    Missing {
        /// What was looked for.
        program: &'static str,
        /// The command that installs it.
        remedy: &'static str,
    },
    /// The operating system refused a file, a folder or a process.
    #[error("{what}: {source}")]
    System {
        /// What was being done.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and said no.
    #[error("{what}: {said}")]
    Refused {
        /// What was being done.
        what: String,
        /// The end of the program's own words.
        said: String,
    },
    /// Something that had to happen did not happen in time.
    #[error("{what} did not happen within {seconds} s")]
    Late {
        /// What was awaited.
        what: String,
        /// How long it was awaited.
        seconds: u64,
    },
}

impl ServiceError {
    fn system(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }
}

/// A port of 127.0.0.1 that nothing listens on, below 32768 so that no outgoing connection takes it meanwhile.
///
/// # Panics
/// Where a thousand random ports are all taken.
#[must_use]
pub fn free_port() -> u16 {
    (0..1_000)
        .map(|_| 20_000 + u16::try_from(random() % 12_000).unwrap_or_default())
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("one of a thousand random ports is free")
}

/// Not for secrets: names and ports only.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
