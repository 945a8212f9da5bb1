//! What was drawn and not yet fetched by every browser: a window that moves along the set.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::frame::Frame;

/// Groups that may wait to be fetched: some hundred megabytes at most.
const WINDOW: usize = 24;

/// What the native build says of one frame.
#[derive(Debug, Clone)]
pub(crate) struct Native {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Frames by group, and who has fetched what.
#[derive(Debug)]
pub(crate) struct Store {
    groups: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// The next group to be drawn.
    next: usize,
    drawn: BTreeMap<usize, Arc<Vec<Frame>>>,
    native: BTreeMap<usize, Vec<Native>>,
    /// For each browser, the first group that it still wants.
    wanted: Vec<usize>,
    closed: bool,
}

impl Store {
    pub(crate) fn new(groups: usize, browsers: usize) -> Self {
        let state = State {
            next: 0,
            drawn: BTreeMap::new(),
            native: BTreeMap::new(),
            wanted: vec![0; browsers],
            closed: false,
        };
        Self { groups, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Draws group after group until all are drawn; several threads may do so side by side.
    pub(crate) fn fill(&self, draw: impl Fn(usize) -> Vec<Frame>) {
        while let Some(group) = self.take() {
            let frames = draw(group);
            let native = frames.iter().map(|frame| Native { name: frame.name.clone(), text: frame.text() }).collect();
            let mut state = self.lock();
            state.native.insert(group, native);
            if !state.wanted.is_empty() {
                state.drawn.insert(group, Arc::new(frames));
            }
            self.changed.notify_all();
        }
    }

    /// The next group to draw, when there is room for it.
    fn take(&self) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.closed || state.next >= self.groups {
                return None;
            }
            let slowest = state.wanted.iter().copied().min().unwrap_or(state.next);
            if state.next < slowest + WINDOW {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A group for a browser, once it is drawn; `None` behind the last. The groups before it are no longer wanted.
    pub(crate) fn fetch(&self, browser: usize, group: usize) -> Option<Arc<Vec<Frame>>> {
        let mut state = self.lock();
        if let Some(wanted) = state.wanted.get_mut(browser) {
            *wanted = group;
        }
        let slowest = state.wanted.iter().copied().min().unwrap_or(0);
        state.drawn = state.drawn.split_off(&slowest);
        self.changed.notify_all();
        while group < self.groups && !state.closed {
            if let Some(frames) = state.drawn.get(&group) {
                return Some(Arc::clone(frames));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Nobody fetches any more; without browsers the drawing goes on to its end.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = !state.wanted.is_empty();
        self.changed.notify_all();
    }

    /// What the native build says, in order.
    pub(crate) fn native(&self) -> Vec<Native> {
        self.lock().native.values().flatten().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
