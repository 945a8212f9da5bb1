//! What a person sees: lines with the time and who speaks; where the terminal allows it, one live line at the bottom.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How often something that goes on for long shows that it is alive where there is no live line.
const HEARTBEAT: Duration = Duration::from_secs(20);
const LIVE_EVERY: Duration = Duration::from_millis(80);

/// The one voice of xtask. Shared by the threads of the set-up.
#[derive(Debug)]
pub(crate) struct Say {
    begun: Instant,
    terminal: bool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    live: bool,
    last: Instant,
}

impl Say {
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Self { begun: now, terminal: io::stdout().is_terminal(), state: Mutex::new(State { live: false, last: now }) }
    }

    /// Seconds since xtask began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// A line that stays.
    pub(crate) fn line(&self, who: &str, text: impl AsRef<str>) {
        let mut state = self.state();
        state.last = Instant::now();
        let mut out = io::stdout().lock();
        if std::mem::take(&mut state.live) {
            let _ = write!(out, "\r\x1b[K");
        }
        for line in text.as_ref().lines() {
            let _ = writeln!(out, "[{}] {who:<9} {line}", clock(self.elapsed()));
        }
        let _ = out.flush();
    }

    /// Text without time and name.
    pub(crate) fn plain(&self, text: impl AsRef<str>) {
        let mut state = self.state();
        let mut out = io::stdout().lock();
        if std::mem::take(&mut state.live) {
            let _ = write!(out, "\r\x1b[K");
        }
        let _ = writeln!(out, "{}", text.as_ref());
        let _ = out.flush();
    }

    /// What goes on right now: overwritten by the next; without a terminal a heartbeat now and then.
    pub(crate) fn live(&self, who: &str, text: &str) {
        let mut state = self.state();
        let wait = if self.terminal { LIVE_EVERY } else { HEARTBEAT };
        if text.trim().is_empty() || state.last.elapsed() < wait {
            return;
        }
        state.last = Instant::now();
        state.live = self.terminal;
        let text: String = text.trim().chars().filter(|letter| !letter.is_control()).take(78).collect();
        let mut out = io::stdout().lock();
        let (before, after) = if self.terminal { ("\r\x1b[K", "") } else { ("", " …\n") };
        let _ = write!(out, "{before}[{}] {who:<9} {text}{after}", clock(self.elapsed()));
        let _ = out.flush();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `mm:ss`.
pub(crate) fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// `1 m 05 s`, `4.2 s`.
pub(crate) fn seconds(time: Duration) -> String {
    if time.as_secs() >= 60 {
        return format!("{} m {:02} s", time.as_secs() / 60, time.as_secs() % 60);
    }
    format!("{:.1} s", time.as_secs_f64())
}
