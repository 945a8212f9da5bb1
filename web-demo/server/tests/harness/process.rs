//! The program itself: `gatepass` as an operator runs it, and a client that speaks HTTP to it.

use std::{
    fs,
    io::Read as _,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use gatepass_tests::services::free_port;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{Answer, App};

/// `gatepass serve`; ends with this value.
pub struct Portal {
    child: Child,
    pub port: u16,
    log: PathBuf,
}

impl Portal {
    /// Starts a portal on the app's database, keys and clock, and waits until it answers.
    pub async fn start(app: &App, more: &[(&str, &str)]) -> Self {
        let port = free_port();
        let log = app.folder().join(format!("portal-{port}.log"));
        let file = fs::File::create(&log).unwrap();
        let child = gatepass(app)
            .arg("serve")
            .env("GATEPASS__SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("GATEPASS__LOG__FORMAT", "json")
            .envs(more.iter().copied())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        let mut portal = Self { child, port, log };
        let start = Instant::now();
        while portal.try_send("GET", "/health", &[], None).await.is_err() {
            let ended = portal.child.try_wait().unwrap();
            assert!(
                ended.is_none() && start.elapsed() < Duration::from_secs(30),
                "the portal does not start: {ended:?} {}",
                portal.log()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        portal
    }

    /// Everything it has logged.
    pub fn log(&self) -> String {
        let mut text = String::new();
        fs::File::open(&self.log).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.try_send("POST", path, headers, Some(body)).await.unwrap()
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.try_send("GET", path, headers, None).await.unwrap()
    }

    /// One request on a connection of its own.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n", self.port);
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        if !body.is_empty() {
            text += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        }
        stream.write_all(format!("{text}\r\n{body}").as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        parse(&bytes).ok_or_else(|| std::io::Error::other("not HTTP"))
    }

    /// Ends it in the middle of whatever it does (SIGKILL), as a power cut would.
    pub fn kill(self) {
        drop(self);
    }

    /// Ends it as an operator would, and says whether it ended well.
    pub fn stop(mut self) -> bool {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = StatusCode::from_bytes(lines.next()?.split(' ').nth(1)?.as_bytes()).ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':')?;
        headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value.trim()).ok()?);
    }
    let body = &bytes[end + 4..];
    let body =
        serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()));
    Some(Answer { status, headers, body })
}

/// The program, set up for the app's database, keys and clock.
pub fn gatepass(app: &App) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatepass"));
    command.envs(app.environment()).stdin(Stdio::null());
    command
}

/// Runs one command of the program to its end; its standard output.
#[track_caller]
pub fn run(app: &App, args: &[&str]) -> String {
    let Output { status, stdout, stderr } = gatepass(app).args(args).output().unwrap();
    assert!(status.success(), "gatepass {args:?}: {status} {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}
