//! What a person sees: lines with the time and who speaks; where the terminal allows it, one live line at the bottom.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How often something that goes on for long shows that it is alive where there is no live line.
const HEARTBEAT: Duration = Duration::from_secs(20);
const LIVE_EVERY: Duration = Duration::from_millis(80);
/// Who has said nothing for this long no longer stands in the live line.
const LIVE_FOR: Duration = Duration::from_secs(15);
/// Letters of the live line that all who speak share.
const LIVE_WIDTH: usize = 100;

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
    /// What each who works now said last.
    speakers: Vec<(String, String, Instant)>,
}

impl State {
    fn heard(&mut self, who: &str, text: &str) {
        let now = Instant::now();
        self.speakers.retain(|(speaker, _, when)| speaker != who && now.duration_since(*when) < LIVE_FOR);
        self.speakers.push((who.to_owned(), text.to_owned(), now));
        // The order stays, so that each keeps its place while several speak in turn.
        self.speakers.sort();
    }

    fn live_line(&self) -> String {
        let each = LIVE_WIDTH / self.speakers.len().max(1);
        let parts = self.speakers.iter().map(|(who, text, _)| {
            let room = each.saturating_sub(who.chars().count() + 3);
            format!("{who} {}", text.chars().take(room).collect::<String>())
        });
        parts.collect::<Vec<_>>().join(" · ")
    }
}

impl Say {
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            terminal: io::stdout().is_terminal(),
            state: Mutex::new(State { live: false, last: now, speakers: Vec::new() }),
        }
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
        let text: String = text.trim().chars().filter(|letter| !letter.is_control()).take(LIVE_WIDTH).collect();
        if text.is_empty() {
            return;
        }
        state.heard(who, &text);
        if state.last.elapsed() < wait {
            return;
        }
        state.last = Instant::now();
        state.live = self.terminal;
        let line = state.live_line();
        let mut out = io::stdout().lock();
        let (before, after) = if self.terminal { ("\r\x1b[K", "") } else { ("", " …\n") };
        let _ = write!(out, "{before}[{}] {line}{after}", clock(self.elapsed()));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Two parts at once: a person sees what both do, each in its place.
    #[test]
    fn the_live_line_shows_everybody_who_works() {
        let mut state = State { live: false, last: Instant::now(), speakers: Vec::new() };
        state.heard("portal", "Compiling sqlx");
        state.heard("e2e", "test 1");
        state.heard("portal", "Compiling sea-orm");
        assert_eq!(state.live_line(), "e2e test 1 · portal Compiling sea-orm");
        state.heard("e2e", &"x".repeat(300));
        assert!(state.live_line().chars().count() <= LIVE_WIDTH + 3, "{}", state.live_line());
    }
}
