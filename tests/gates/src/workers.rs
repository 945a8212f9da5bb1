//! Many jobs on every core, with a word about how far they are.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Hears how far something is: one line each time.
pub type Tell<'a> = &'a (dyn Fn(&str) + Sync);

/// How often a line is said.
const EVERY: Duration = Duration::from_secs(1);

/// Does all jobs, as many at a time as the machine has cores; the results are in the jobs' order, whoever did them.
pub fn side_by_side<J: Sync, T: Send>(what: &str, jobs: &[J], tell: Tell<'_>, work: impl Fn(&J) -> T + Sync) -> Vec<T> {
    let begun = Instant::now();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new(jobs.iter().map(|_| None).collect::<Vec<Option<T>>>());
    let said = Mutex::new(None::<Instant>);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, job)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    jobs.get(index).map(|job| (index, job))
                } {
                    let result = work(job);
                    results.lock().unwrap_or_else(PoisonError::into_inner)[index] = Some(result);
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                    if done == jobs.len() || said.is_none_or(|last| last.elapsed() >= EVERY) {
                        *said = Some(Instant::now());
                        tell(&progress(what, done, jobs.len(), begun.elapsed()));
                    }
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.into_iter().map(|result| result.expect("every job was done before the threads ended")).collect()
}

/// `photographs: 12 of 90, 4 min left`.
fn progress(what: &str, done: usize, all: usize, time: Duration) -> String {
    let of = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).max(1);
    let left = (time / of(done) * of(all - done)).as_secs();
    match (all - done, left) {
        (0, _) => format!("{what}: all {all} in {:.0} s", time.as_secs_f64()),
        (_, 0..100) => format!("{what}: {done} of {all}, {left} s left"),
        _ => format!("{what}: {done} of {all}, {} min left", left.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_jobs_and_all_are_told() {
        let lines = Mutex::new(Vec::new());
        let jobs: Vec<usize> = (0..40).collect();
        let tell = |line: &str| lines.lock().expect("no thread panicked").push(line.to_owned());
        let squares = side_by_side("squares", &jobs, &tell, |job| job * job);
        assert_eq!(squares, jobs.iter().map(|job| job * job).collect::<Vec<_>>());
        assert!(
            lines
                .into_inner()
                .expect("no thread panicked")
                .last()
                .is_some_and(|line| line.starts_with("squares: all 40"))
        );
        assert_eq!(progress("films", 10, 40, Duration::from_secs(10)), "films: 10 of 40, 30 s left");
        assert_eq!(progress("films", 10, 40, Duration::from_secs(100)), "films: 10 of 40, 5 min left");
    }
}
