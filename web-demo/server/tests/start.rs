//! The program at its start, its end, and when the machine fails it: one clear sentence instead of a riddle.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use gatepass_tests::services::free_port;
use tempfile::TempDir;

/// A folder with keys, and the variables that make a portal live in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = gatepass(folder.path(), &[]).args(["keys", "init"]).output().unwrap();
    assert!(made.status.success(), "{}", text(&made));
    folder
}

fn gatepass(folder: &Path, more: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatepass"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GATEPASS__DATABASE__URL", format!("sqlite://{}", folder.join("gatepass.db").display()))
        .env("GATEPASS__KEYS__FOLDER", folder.join("keys"))
        .env("GATEPASS__MAIL__FOLDER", folder.join("mail"))
        .env("GATEPASS__SERVER__LISTEN", "127.0.0.1:0")
        .envs(more.iter().copied())
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs `gatepass serve`, which must not come up; what it says on standard error.
fn refusal(folder: &Path, more: &[(&str, &str)]) -> String {
    let mut child = gatepass(folder, more).arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("the portal came up");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    assert_eq!(said.trim().lines().count(), 1, "one sentence: {said}");
    assert!(said.starts_with("gatepass: ") && !said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    said
}

/// An operator at three in the morning reads what is wrong and where.
#[test]
fn a_start_that_cannot_work_says_why() {
    let here = folder();
    let path = here.path();
    for (more, words) in [
        (vec![("GATEPASS__SERVER__LISTN", "x")], vec!["listn"]),
        (vec![("GATEPASS__SERVER__LISTEN", "nowhere")], vec!["listen"]),
        (vec![("GATEPASS_CONFIG", "missing.toml")], vec!["missing.toml"]),
        (vec![("GATEPASS__LOG__FILTER", "===")], vec!["log.filter"]),
        (vec![("GATEPASS__KEYS__FOLDER", "nokeys")], vec!["nokeys", "gatepass keys init"]),
        (vec![("GATEPASS__SERVER__PAGE_DIR", "nopage")], vec!["server.page_dir", "nopage"]),
        (
            vec![("GATEPASS__SERVER__TLS_CERT", "c.pem"), ("GATEPASS__SERVER__TLS_KEY", "k.pem")],
            vec!["server.tls_cert", "c.pem"],
        ),
        (vec![("GATEPASS__DATABASE__URL", "sqlite:///proc/nowhere/x.db")], vec!["database", "/proc/nowhere/x.db"]),
        (vec![("GATEPASS__DATABASE__URL", "postgres://u:hemligt@127.0.0.1:1/x")], vec!["database", "PostgreSQL"]),
        (vec![("GATEPASS__MAIL__FOLDER", "/proc/nowhere")], vec!["mail.folder"]),
    ] {
        let said = refusal(path, &more);
        assert!(words.iter().all(|word| said.contains(word)), "{more:?}: {said}");
        assert!(!said.contains("hemligt"), "the password is not printed");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(refusal(path, &[("GATEPASS__SERVER__LISTEN", &address)]).contains("server.listen"));
}

/// A damaged file is named as such and left as it is, for whoever can mend it.
#[test]
fn a_damaged_database_is_named_and_left_alone() {
    let here = folder();
    let file = here.path().join("gatepass.db");
    std::fs::write(&file, "this was a database once").unwrap();
    let said = refusal(here.path(), &[]);
    assert!(said.contains("damaged") && said.contains("gatepass.db"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "this was a database once");

    std::fs::remove_file(&file).unwrap();
    let portal = Portal::start(&here, &[]);
    portal.stop();
    let mut bytes = std::fs::read(&file).unwrap();
    assert!(bytes.len() > 40_000);
    for byte in &mut bytes[4096..36_864] {
        *byte = 0x5a;
    }
    std::fs::write(&file, &bytes).unwrap();
    let said = refusal(here.path(), &[]);
    assert!(said.contains("damaged"), "{said}");
}

/// The program, running; ends with this value.
struct Portal {
    child: Child,
    address: String,
    log: std::path::PathBuf,
}

impl Portal {
    fn start(folder: &TempDir, more: &[(&str, &str)]) -> Self {
        Self::from(gatepass(folder.path(), more).arg("serve"), folder)
    }

    fn from(command: &mut Command, folder: &TempDir) -> Self {
        let log = folder.path().join(format!("log-{}", free_port()));
        let file = std::fs::File::create(&log).unwrap();
        let mut child = command
            .env("GATEPASS__LOG__FORMAT", "json")
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        let start = Instant::now();
        loop {
            let said = std::fs::read_to_string(&log).unwrap();
            let line = said.lines().find(|line| line.contains("\"listening\""));
            if let Some(line) = line {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                return Self { child, address: line["address"].as_str().unwrap().to_owned(), log };
            }
            assert!(
                child.try_wait().unwrap().is_none() && start.elapsed() < Duration::from_secs(30),
                "no start: {said}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Status and body of one request; the connection's end ends the answer.
    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> std::io::Result<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(40)))?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost:8080\r\norigin: http://localhost:8080\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Ok((status, answer))
    }

    fn stop(mut self) -> bool {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A release in the middle of the day cuts nobody's request off.
#[test]
fn a_stop_lets_running_requests_finish() {
    let here = folder();
    let portal = Portal::start(&here, &[]);
    let address = portal.address.clone();
    // A body that arrives slowly: the request runs while the portal is told to stop.
    let mut slow = TcpStream::connect(&address).unwrap();
    let body = r#"{"email":"asa@verkstad.example","password":"fel fel fel fel"}"#;
    let head = format!(
        "POST /api/v1/session HTTP/1.1\r\nhost: localhost:8080\r\norigin: http://localhost:8080\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).unwrap();
    slow.write_all(&body.as_bytes()[..20]).unwrap();
    // The portal has taken the connection when it answers a later one.
    assert_eq!(portal.send("GET", "/health", "", "").unwrap().0, 200);
    let stopped = std::thread::spawn(move || portal.stop());
    let start = Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(start.elapsed() < Duration::from_secs(10), "the portal goes on listening");
        std::thread::sleep(Duration::from_millis(20));
    }
    slow.write_all(&body.as_bytes()[20..]).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("login_refused"), "{answer}");
    assert!(stopped.join().unwrap(), "exit code 0");
}

/// A full disk: operators see it in /ready, users get a problem document, and nothing half-written stays.
#[test]
fn a_full_disk_is_seen_and_survived() {
    let here = folder();
    Portal::start(&here, &[]).stop();
    // No file of the process may grow beyond 512 KiB; the write then fails as on a full disk, if the signal is ignored.
    let program = env!("CARGO_BIN_EXE_gatepass");
    let limited = gatepass(here.path(), &[]);
    let environment: Vec<(std::ffi::OsString, std::ffi::OsString)> =
        limited.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    let mut command = Command::new("bash");
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f 512; exec '{program}' serve")]);
    command.env_clear().envs(environment).current_dir(here.path()).stdin(Stdio::null());
    let portal = Portal::from(&mut command, &here);
    let mut seen = false;
    for _ in 0..400 {
        let (status, answer) = portal.send("GET", "/ready", "", "").unwrap();
        if status == 503 {
            assert!(answer.contains("\"unavailable\"") && answer.contains("\"unreachable\""), "{answer}");
            seen = true;
            break;
        }
    }
    assert!(seen, "the disk never filled");
    let body = r#"{"email":"asa@verkstad.example","password":"lila moln över sjöbo","fullName":"Åsa Berg","workshop":"Bil","language":"sv"}"#;
    let (status, answer) = portal.send("POST", "/api/v1/accounts", "", body).unwrap();
    assert_eq!(status, 500, "{answer}");
    assert!(
        answer.contains("application/problem+json") && answer.contains("\"internal\"") && !answer.contains("disk"),
        "{answer}"
    );
    assert_eq!(portal.send("GET", "/health", "", "").unwrap().0, 200, "the process lives on");
    assert!(portal.log().contains("\"code\":\"internal\""));
    drop(portal);
    let portal = Portal::start(&here, &[]);
    assert_eq!(portal.send("GET", "/ready", "", "").unwrap().0, 200, "with room again, all is well");
    assert_eq!(portal.send("POST", "/api/v1/accounts", "", body).unwrap().0, 202, "the address is not half taken");
}

/// What a run logged can be handed to a helpdesk: no name, address, password, cookie or link stands in it.
#[test]
fn the_log_holds_no_personal_data_and_no_secret() {
    let here = folder();
    let mail = here.path().join("mail");
    let portal = Portal::start(&here, &[("GATEPASS__LOG__FILTER", "debug")]);
    let post = |path: &str, headers: &str, body: &str| portal.send("POST", path, headers, body).unwrap();
    let register = r#"{"email":"hemlige.holger@verkstad.example","password":"lila moln över sjöbo","fullName":"Holger Hemlig","workshop":"Holgers Garage","language":"sv"}"#;
    assert_eq!(post("/api/v1/accounts", "", register).0, 202);
    let start = Instant::now();
    let token = loop {
        let stored = std::fs::read_dir(&mail)
            .unwrap()
            .map(|file| file.unwrap().path())
            .find(|path| path.extension().is_some_and(|e| e == "json"));
        if let Some(stored) = stored {
            let stored: serde_json::Value = serde_json::from_slice(&std::fs::read(stored).unwrap()).unwrap();
            break stored["links"][0].as_str().unwrap().split_once("#token=").unwrap().1.to_owned();
        }
        assert!(start.elapsed() < Duration::from_secs(20), "no mail");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(post("/api/v1/accounts/confirmation", "", &format!("{{\"token\":\"{token}\"}}")).0, 200);
    post("/api/v1/session", "", r#"{"email":"hemlige.holger@verkstad.example","password":"fel gissning här"}"#);
    let (status, answer) =
        post("/api/v1/session", "", r#"{"email":"hemlige.holger@verkstad.example","password":"lila moln över sjöbo"}"#);
    assert_eq!(status, 200, "{answer}");
    let cookie = answer.split("__Host-gatepass=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let csrf = answer.split("\"csrfToken\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let headers = format!("cookie: __Host-gatepass={cookie}\r\nx-csrf-token: {csrf}\r\n");
    let (status, answer) = post("/api/v1/second-factor/enrolment", &headers, r#"{"password":"lila moln över sjöbo"}"#);
    assert_eq!(status, 200, "{answer}");
    let secret = answer.split("\"secret\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    post("/api/v1/second-factor/enrolment/confirmation", &headers, r#"{"code":"482951"}"#);
    post(
        "/tool/v1/login",
        "",
        r#"{"email":"hemlige.holger@verkstad.example","password":"lila moln över sjöbo","toolSerial":"SERIE-77"}"#,
    );
    portal.send("GET", "/account/confirm?email=hemlige.holger@verkstad.example", "", "").unwrap();
    portal.send("GET", "/hemlige.holger@verkstad.example", "", "").unwrap();
    portal.send("GET", "/api/v1/mailbox/hemlige.holger", "", "").unwrap();
    post(
        "/api/v1/account/email",
        &headers,
        r#"{"newEmail":"nye.holger@verkstad.example","password":"lila moln över sjöbo"}"#,
    );
    let log = portal.log();
    assert!(log.contains("account_registered") && log.contains("logged_in"), "the run left its traces");
    let lower = log.to_lowercase();
    for secret in [
        "holger",
        "verkstad.example",
        "garage",
        "lila moln",
        "sjöbo",
        "fel gissning",
        "482951",
        "serie-77",
        "otpauth",
        &token.to_lowercase(),
        &cookie.to_lowercase(),
        &csrf.to_lowercase(),
        &secret.to_lowercase(),
    ] {
        assert!(
            !lower.contains(secret),
            "the log holds {secret:?}: {}",
            log.lines().find(|line| line.to_lowercase().contains(secret)).unwrap()
        );
    }
    assert!(portal.stop());
}
