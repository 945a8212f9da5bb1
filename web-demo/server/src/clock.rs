//! The portal's one clock. Nothing else asks the system for the time.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// A point in time: milliseconds since 1970-01-01 UTC. Also the form of every time in the database and in the HTTP API.
pub type Millis = i64;

/// One second in [`Millis`].
pub const SECOND: Millis = 1_000;
/// One minute in [`Millis`].
pub const MINUTE: Millis = 60 * SECOND;
/// One hour in [`Millis`].
pub const HOUR: Millis = 60 * MINUTE;
/// One day in [`Millis`].
pub const DAY: Millis = 24 * HOUR;

/// A clock that is set right by so much is no news.
const STEP_BACK: Millis = 10 * SECOND;

/// Tells the time. In development it can be moved: by [`Clock::advance`] inside the process, or by a file with a whole
/// number of seconds (`clock.offset_file`) from outside, which every process that reads the same file follows.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset: Arc<AtomicI64>,
    /// The latest time told, to notice a step back.
    latest: Arc<AtomicI64>,
    file: Option<Arc<PathBuf>>,
}

impl Clock {
    /// The system's clock, moved by the number of seconds in `offset_file` where one is given and can be read.
    #[must_use]
    pub fn new(offset_file: Option<PathBuf>) -> Self {
        Self { offset: Arc::default(), latest: Arc::default(), file: offset_file.map(Arc::new) }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Millis {
        let system = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
        let now = system.saturating_add(self.offset.load(Ordering::Relaxed)).saturating_add(self.moved_by_file());
        let before = self.latest.swap(now, Ordering::Relaxed);
        if before.saturating_sub(now) > STEP_BACK {
            tracing::warn!(
                seconds = (before - now) / SECOND,
                "the system's clock went back: codes that were used meanwhile may be refused until that time has passed again; \
                 `gatepass admin resync` helps one account"
            );
        }
        now
    }

    /// Now in whole seconds, as one-time passwords and JWT want it. Zero before 1970.
    #[must_use]
    pub fn now_seconds(&self) -> u64 {
        u64::try_from(self.now().div_euclid(SECOND)).unwrap_or(0)
    }

    /// Moves this clock, and all its clones, on by `by` milliseconds. For tests.
    pub fn advance(&self, by: Millis) {
        self.offset.fetch_add(by, Ordering::Relaxed);
    }

    fn moved_by_file(&self) -> Millis {
        let Some(file) = &self.file else { return 0 };
        let seconds: i64 =
            std::fs::read_to_string(file.as_path()).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        seconds.saturating_mul(SECOND)
    }
}
