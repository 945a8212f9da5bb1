//! The code check at login through the portal: 32 clients that all post their code at the same moment, again and again.
//! The password hash is not in it: it belongs to the step before.
//!
//! Every code works once, so the portal's clock is moved on by one time step between rounds.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use gatepass_tests::services::{Postgres, free_port};
use serde_json::{Value, json};

use super::{Row, Verdict};
use crate::{
    artefacts,
    portal::{Client, NewAccount, Portal, Settings, code_at},
    say::Say,
    tools::{self, Tool},
    workspace::target,
};

const CLIENTS: usize = 32;
const ROUNDS: usize = 40;
/// Not measured: connections, statements and caches are made in them.
const WARM_UP: usize = 5;
const PASSWORD: &str = "kvarn-7-blixt-9-tunna";
const LIMIT: Duration = Duration::from_millis(20);

pub(super) fn measure(say: &Say) -> Result<Vec<Row>> {
    let needs = [Tool::Postgres, Tool::Oathtool];
    if let Some(reason) = tools::ensure(say, &needs).reason(&needs) {
        bail!("{reason}");
    }
    say.line("bench", "building the portal, optimised");
    let program = artefacts::portal(say, None, true)?;
    let cluster = Postgres::start()?;
    let database = cluster.try_database()?;
    Ok(vec![
        one(say, &program, "SQLite", None, Some(LIMIT))?,
        one(say, &program, "PostgreSQL", Some(database.url().to_owned()), None)?,
    ])
}

fn one(say: &Say, program: &Path, name: &str, database: Option<String>, limit: Option<Duration>) -> Result<Row> {
    let folder = target().join("bench-login");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let moved = folder.join("clock");
    fs::write(&moved, "0")?;
    let mut settings = Settings::local(folder, free_port());
    settings.database = database;
    // The cheapest password hash: its time is not measured, but it would keep both cores busy meanwhile.
    settings.more = format!(
        "\n[accounts]\npassword_memory_kib = 8\npassword_passes = 1\n\
         \n[throttle]\naccount_tries = 1000000\nsource_tries = 1000000\nhard_stop = 1000000\n\
         \n[clock]\noffset_file = {}\n\n[log]\nfilter = \"warn\"\n",
        Value::from(moved.to_string_lossy().as_ref())
    );
    let portal = Portal::start(program, settings)?;
    say.line("bench", format!("{name}: {CLIENTS} accounts with a second factor"));
    let people = (0..CLIENTS).map(|number| enrol(&portal, number)).collect::<Result<Vec<_>>>()?;

    say.line("bench", format!("{name}: {CLIENTS} clients post their codes at the same moment, {ROUNDS} times"));
    let mut times = Vec::new();
    for round in 0..WARM_UP + ROUNDS {
        let offset = 30 * (u64::try_from(round)? + 1);
        fs::write(&moved, offset.to_string())?;
        let measured = burst(&people, portal.settings().port, offset)?;
        if round >= WARM_UP {
            times.extend(measured);
        }
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1_000.0);
    Ok(Row {
        what: format!("login code check through the portal, {name}, {CLIENTS} clients, p99"),
        target: limit.map_or_else(|| "-".to_owned(), |limit| format!("≤ {}", milliseconds(limit))),
        reached: format!("{} (median {})", milliseconds(at(99)), milliseconds(at(50))),
        verdict: limit.map_or(Verdict::Figure, |limit| Verdict::of(at(99) <= limit)),
    })
}

struct Person {
    client: Client,
    email: String,
    secret: String,
}

fn enrol(portal: &Portal, number: usize) -> Result<Person> {
    let email = format!("tech{number}@bench.example");
    // A name as a document prints one: letters only.
    let full_name = "Tea Teknik";
    let account = NewAccount { email: &email, password: PASSWORD, full_name, workshop: "Bench AB", language: "en" };
    let (secret, _) = portal.technician(&account)?;
    Ok(Person { client: portal.client(), email, secret })
}

/// Everybody logs in up to the code, then all post their codes at once; how long each waited for the answer.
fn burst(people: &[Person], port: u16, offset: u64) -> Result<Vec<Duration>> {
    let ready = Barrier::new(people.len());
    thread::scope(|scope| {
        let clients: Vec<_> = people
            .iter()
            .map(|person| {
                let ready = &ready;
                scope.spawn(move || -> Result<Duration> {
                    let post = Post::prepare(person, port, offset);
                    // Everybody comes here, whatever went wrong before: the others wait.
                    ready.wait();
                    post?.send()
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap_or_else(|_| bail!("a client stopped"))).collect()
    })
}

/// A post of a code, ready to be sent: what a client computes must not keep the portal's cores busy while it is measured.
struct Post {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Post {
    fn prepare(person: &Person, port: u16, offset: u64) -> Result<Self> {
        let (ticket, _) = person.client.begin_tool_login(&person.email, PASSWORD)?;
        let body = json!({ "ticket": ticket, "code": code_at(&person.secret, offset)? }).to_string();
        let head = format!(
            "POST /tool/v1/login/code HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream, bytes: (head + &body).into_bytes() })
    }

    /// From the first byte of the request to the last one of the answer.
    fn send(mut self) -> Result<Duration> {
        let begun = Instant::now();
        self.stream.write_all(&self.bytes)?;
        let mut answer = BufReader::new(self.stream);
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let begin = head.len();
            ensure!(answer.read_line(&mut head)? > 0, "the portal hung up");
            if let Some(value) = head.get(begin..).and_then(|line| line.strip_prefix("content-length:")) {
                length = value.trim().parse().context("the answer's length")?;
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body)?;
        let took = begun.elapsed();
        ensure!(head.starts_with("HTTP/1.1 200"), "a right code was refused: {}", String::from_utf8_lossy(&body));
        Ok(took)
    }
}
