//! Runs programs: their words go to a log file and to the live line; none outlives us, and none hangs for ever.

use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Read, Write},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::say::Say;

/// Process groups that run now, to be ended when we are told to end.
static RUNNING: LazyLock<Mutex<HashSet<i32>>> = LazyLock::new(Mutex::default);

/// Set when we have been told to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// What a program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    /// Standard output and standard error, line by line as they came.
    pub(crate) output: String,
    /// Standard output alone.
    pub(crate) stdout: String,
    pub(crate) time: Duration,
    /// It was ended by us because it took too long.
    pub(crate) late: bool,
}

impl Ran {
    pub(crate) fn ok(&self) -> bool {
        self.status.success()
    }

    /// The last `count` lines.
    pub(crate) fn tail(&self, count: usize) -> String {
        let lines: Vec<&str> = self.output.lines().collect();
        lines[lines.len().saturating_sub(count)..].join("\n")
    }
}

/// One program to run to its end.
pub(crate) struct Run<'a> {
    say: &'a Say,
    who: &'a str,
    command: Command,
    log: Option<&'a Path>,
    limit: Duration,
}

impl<'a> Run<'a> {
    pub(crate) fn new(say: &'a Say, who: &'a str, command: Command) -> Self {
        Self { say, who, command, log: None, limit: Duration::from_secs(40 * 60) }
    }

    /// Appends everything it says to this file.
    pub(crate) fn log(mut self, file: &'a Path) -> Self {
        self.log = Some(file);
        self
    }

    /// Ends it after this time.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it to its end, whatever that is.
    pub(crate) fn go(mut self) -> Result<Ran> {
        let begun = Instant::now();
        let mut log = self.log.map(open_log).transpose()?;
        if let Some(log) = &mut log {
            writeln!(log, "\n$ {}", describe(&self.command))?;
        }
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = Group::spawn(&mut self.command)?;
        let (tell, lines) = mpsc::channel::<(bool, String)>();
        for (from_stdout, stream) in [
            (true, group.child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>)),
            (false, group.child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>)),
        ] {
            let (tell, Some(stream)) = (tell.clone(), stream) else { continue };
            thread::spawn(move || forward(stream, |line| tell.send((from_stdout, line)).is_ok()));
        }
        drop(tell);

        let (mut output, mut stdout, mut late) = (String::new(), String::new(), false);
        loop {
            match lines.recv_timeout(Duration::from_millis(200)) {
                Ok((from_stdout, line)) => {
                    if let Some(log) = &mut log {
                        writeln!(log, "{line}")?;
                    }
                    self.say.live(self.who, &line);
                    output.push_str(&line);
                    output.push('\n');
                    if from_stdout {
                        stdout.push_str(&line);
                        stdout.push('\n');
                    }
                }
                // A grandchild may hold the pipes open after the program itself has ended: that is not worth waiting for.
                Err(mpsc::RecvTimeoutError::Timeout) if group.child.try_wait()?.is_some() => break,
                Err(mpsc::RecvTimeoutError::Timeout) if !late && begun.elapsed() > self.limit => {
                    late = true;
                    group.kill(Signal::KILL);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        let status = group.child.wait()?;
        Ok(Ran { status, output, stdout, time: begun.elapsed(), late })
    }

    /// Runs it and fails with its last words where it fails.
    pub(crate) fn must(self) -> Result<Ran> {
        let what = describe(&self.command);
        let ran = self.go()?;
        if ran.late {
            bail!("`{what}` was ended after {} s", ran.time.as_secs());
        }
        if !ran.ok() {
            bail!("`{what}` failed ({})\n{}", ran.status, ran.tail(25));
        }
        Ok(ran)
    }
}

/// A program that runs beside us until this value is dropped, with everything it started.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) child: Child,
    group: Option<Pid>,
}

impl Group {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        let child = command.process_group(0).spawn().with_context(|| format!("cannot start {}", describe(command)))?;
        let group = Pid::from_child(&child);
        registry().insert(group.as_raw_nonzero().get());
        Ok(Self { child, group: Some(group) })
    }

    fn kill(&self, signal: Signal) {
        if let Some(group) = self.group {
            let _ = kill_process_group(group, signal);
        }
    }

    /// What Ctrl-C in its terminal does.
    pub(crate) fn interrupt(&self) {
        self.kill(Signal::INT);
    }

    /// Asks it to end, waits up to `limit`, then ends it.
    pub(crate) fn end(&mut self, limit: Duration) {
        self.kill(Signal::TERM);
        let begun = Instant::now();
        while begun.elapsed() < limit && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
        self.kill(Signal::KILL);
        let _ = self.child.wait();
        if let Some(group) = self.group.take() {
            registry().remove(&group.as_raw_nonzero().get());
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.group.is_some() {
            let runs = matches!(self.child.try_wait(), Ok(None));
            self.end(if runs { Duration::from_secs(5) } else { Duration::ZERO });
        }
    }
}

/// Ctrl-C and TERM end every program we started, then us.
pub(crate) fn end_children_on_signal() -> Result<()> {
    ctrlc::set_handler(|| {
        ENDING.store(true, Ordering::SeqCst);
        for (signal, pause) in [(Signal::TERM, 600), (Signal::KILL, 0)] {
            for group in registry().iter().copied().filter_map(Pid::from_raw) {
                let _ = kill_process_group(group, signal);
            }
            thread::sleep(Duration::from_millis(pause));
        }
        std::process::exit(130);
    })
    .context("cannot watch for Ctrl-C")
}

/// True once we have been told to end.
pub(crate) fn ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// What a short question to a program answers (first line), or nothing where it is not there or fails.
pub(crate) fn ask(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    String::from_utf8_lossy(&text).lines().find(|line| !line.trim().is_empty()).map(|line| line.trim().to_owned())
}

/// The command as one would type it.
pub(crate) fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn registry() -> std::sync::MutexGuard<'static, HashSet<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_log(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().create(true).append(true).open(path).with_context(|| format!("cannot write {}", path.display()))
}

/// Sends each line on; a carriage return ends a line too (progress bars).
fn forward(stream: Box<dyn Read + Send>, mut to: impl FnMut(String) -> bool) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
        for line in String::from_utf8_lossy(&bytes).trim_end_matches('\n').split('\r').filter(|line| !line.is_empty()) {
            if !to(line.to_owned()) {
                return;
            }
        }
        bytes.clear();
    }
}
