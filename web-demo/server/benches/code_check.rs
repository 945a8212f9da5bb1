//! Login code check through the portal: 32 clients give their codes at the same moment, over and over.
//!
//! The portal is the program itself, over TCP, as in production: `POST /tool/v1/login/code` counts the try for account and
//! source, opens the sealed secret, judges the code, spends it in one statement, begins a tool session, writes the audit
//! row, and commits with a flush to the disk. The password (and its hash) comes before, outside of the measurement.
//!
//! `cargo bench -p gatepass-portal --bench code_check` prints `bench<TAB>NAME<TAB>…` lines. Each round moves the portal's
//! clock on, so that every technician has a fresh code; all 32 then post at once, which is the hardest way for 32 clients
//! to arrive.

#[path = "../tests/harness/mod.rs"]
mod harness;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use harness::{App, PASSWORD, TOOL, Technician, process::Portal};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Barrier,
};

const CLIENTS: usize = 32;
const WARM_UP: usize = 5;
/// What p99 may be on SQLite, in milliseconds.
const REACH: f64 = 20.0;

fn main() {
    let rounds = if std::env::args().any(|arg| arg == "--quick") { 20 } else { 100 };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        measure("portal_code_check_sqlite_32", App::sqlite().await, rounds, Some(REACH)).await;
        measure("portal_code_check_postgres_32", App::postgres().await, rounds, None).await;
    });
}

async fn measure(name: &str, app: App, rounds: usize, reach: Option<f64>) {
    let portal = Portal::start(&app, &[("GATEPASS__LOG__FILTER", "warn")]).await;
    let mut people = Vec::new();
    for _ in 0..CLIENTS {
        people.push(app.enrolled().await);
    }
    let gates: Arc<[Barrier; 3]> = Arc::new(std::array::from_fn(|_| Barrier::new(CLIENTS + 1)));
    let clients: Vec<_> = people
        .into_iter()
        .map(|person| tokio::spawn(client(person, portal.port, rounds + WARM_UP, gates.clone())))
        .collect();
    for _ in 0..rounds + WARM_UP {
        app.steps(2);
        for gate in gates.iter() {
            gate.wait().await;
        }
    }
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.unwrap().into_iter().skip(WARM_UP));
    }
    times.sort_unstable();
    let at = |share: f64| {
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index into a few thousand times"
        )]
        let index = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
        times[index].as_secs_f64() * 1_000.0
    };
    let reach = reach.map_or_else(String::new, |reach| {
        format!("\treach_p99_ms={reach}\t{}", if at(0.99) <= reach { "reached" } else { "missed" })
    });
    println!(
        "bench\t{name}\tclients={CLIENTS}\tsamples={}\tp50_ms={:.2}\tp90_ms={:.2}\tp99_ms={:.2}\tmax_ms={:.2}{reach}",
        times.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}

/// One technician: password outside, code inside the measurement, on one connection that stays open.
async fn client(person: Technician, port: u16, rounds: usize, gates: Arc<[Barrier; 3]>) -> Vec<Duration> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let [start, all_have_tickets, all_are_done] = &*gates;
    let mut times = Vec::new();
    for _ in 0..rounds {
        start.wait().await;
        let login = json!({ "email": person.email, "password": PASSWORD, "toolSerial": TOOL });
        let ticket = post(&mut stream, "/tool/v1/login", &login).await["ticket"].clone();
        let body = json!({ "ticket": ticket, "code": person.code() });
        all_have_tickets.wait().await;
        let before = Instant::now();
        let answer = post(&mut stream, "/tool/v1/login/code", &body).await;
        times.push(before.elapsed());
        assert!(answer["token"].is_string(), "{answer}");
        all_are_done.wait().await;
    }
    times
}

async fn post(stream: &mut TcpStream, path: &str, body: &Value) -> Value {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the portal hung up: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&buffer[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().trim().parse().unwrap();
        if bytes.len() >= end + 4 + length {
            return serde_json::from_slice(&bytes[end + 4..]).unwrap();
        }
    }
}
