use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::{ServiceError, free_port, random};
use crate::vectors::repository;

/// A message that the sink took.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The plain text part, decoded; empty where there is none.
    pub text: String,
    /// The HTML part, decoded; empty where there is none.
    pub html: String,
    /// Every `http(s)` link of the text part (of the HTML part where there is no text), each once, in order.
    pub links: Vec<String>,
    /// The whole message as it came over the line.
    pub raw: String,
}

/// An SMTP server on 127.0.0.1 that keeps what it is sent and can be told to refuse. It speaks no TLS and asks for no login.
#[derive(Debug)]
pub struct SmtpSink {
    folder: PathBuf,
    port: u16,
    server: Option<Server>,
}

impl SmtpSink {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// [`ServiceError`]: `aiosmtpd` is not in `target/tools/venv`, or it did not start.
    pub fn start() -> Result<Self, ServiceError> {
        let folder =
            std::env::temp_dir().join(format!("gatepass-mail-{}-{:08x}", std::process::id(), random() & 0xffff_ffff));
        fs::create_dir_all(&folder).map_err(ServiceError::system("making the sink's folder"))?;
        let mut sink = Self { folder, port: free_port(), server: None };
        sink.resume()?;
        Ok(sink)
    }

    /// `smtp://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every message so far, oldest first.
    ///
    /// # Panics
    /// Where the sink's own files cannot be read.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.folder)
            .expect("the sink's folder is there")
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| {
                let text = fs::read_to_string(file).expect("a kept message can be read");
                serde_json::from_str(&text).expect("a kept message has its shape")
            })
            .collect()
    }

    /// Waits until at least `count` messages are there and returns all.
    ///
    /// # Errors
    /// [`ServiceError::Late`] after `limit`.
    pub fn wait_for(&self, count: usize, limit: Duration) -> Result<Vec<Message>, ServiceError> {
        let begun = Instant::now();
        loop {
            let messages = self.messages();
            if messages.len() >= count {
                return Ok(messages);
            }
            if begun.elapsed() > limit {
                let what = format!("message {count} ({} so far)", messages.len());
                return Err(ServiceError::Late { what, seconds: limit.as_secs() });
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// From now on every message is answered with `answer` (for example `451 try later`) and not kept.
    ///
    /// # Errors
    /// [`ServiceError`] where the sink is stopped.
    pub fn refuse(&mut self, answer: &str) -> Result<(), ServiceError> {
        self.order(&format!("refuse {answer}"))
    }

    /// From now on every message is taken again.
    ///
    /// # Errors
    /// [`ServiceError`] where the sink is stopped.
    pub fn accept(&mut self) -> Result<(), ServiceError> {
        self.order("accept")
    }

    /// From now on a message is kept at once and its sender hears of it only `delay` later: a slow server.
    ///
    /// # Errors
    /// [`ServiceError`] where the sink is stopped.
    pub fn delay(&mut self, delay: Duration) -> Result<(), ServiceError> {
        self.order(&format!("delay {}", delay.as_millis()))
    }

    /// Closes the port: connections are refused until [`SmtpSink::resume`]. Kept messages stay.
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// Listens again on the same port.
    ///
    /// # Errors
    /// [`ServiceError`]: it did not start.
    pub fn resume(&mut self) -> Result<(), ServiceError> {
        self.server = None;
        self.server = Some(Server::start(&self.folder, self.port)?);
        Ok(())
    }

    fn order(&mut self, line: &str) -> Result<(), ServiceError> {
        match &mut self.server {
            Some(server) => server.order(line),
            None => Err(ServiceError::Refused { what: line.to_owned(), said: "the sink is stopped".to_owned() }),
        }
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.server = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[derive(Debug)]
struct Server {
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Server {
    fn start(folder: &std::path::Path, port: u16) -> Result<Self, ServiceError> {
        let python = repository().join("target/tools/venv/bin/python");
        if !python.is_file() {
            return Err(ServiceError::Missing { program: "aiosmtpd", remedy: "cargo xtask setup" });
        }
        let script = repository().join("tests/src/services/smtp_sink.py");
        let mut process = Command::new(python)
            .arg(script)
            .arg(folder)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(ServiceError::system("starting the SMTP sink"))?;
        let orders = process.stdin.take();
        let answers = BufReader::new(
            process
                .stdout
                .take()
                .ok_or(ServiceError::Late { what: "the SMTP sink's output".to_owned(), seconds: 0 })?,
        );
        let mut server = Self { process, orders, answers };
        server.wait_for_ok("starting the SMTP sink")?;
        Ok(server)
    }

    fn order(&mut self, line: &str) -> Result<(), ServiceError> {
        if let Some(orders) = &mut self.orders {
            writeln!(orders, "{line}").map_err(ServiceError::system("speaking to the SMTP sink"))?;
        }
        self.wait_for_ok(line)
    }

    fn wait_for_ok(&mut self, what: &str) -> Result<(), ServiceError> {
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(ServiceError::system("hearing the SMTP sink"))?;
        if answer.trim() == "ok" {
            return Ok(());
        }
        Err(ServiceError::Refused { what: what.to_owned(), said: "it ended (its own words stand above)".to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input ends it; the kill is for a sink that hangs.
        self.orders = None;
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(2) {
            if matches!(self.process.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    /// A client small enough to see what the sink answers; returns the answer to the message itself.
    fn send(port: u16, to: &str, body: &str) -> std::io::Result<String> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        let mut answers = BufReader::new(stream.try_clone()?);
        let mut answer = String::new();
        for line in ["", "HELO test", "MAIL FROM:<portal@gatepass.test>", &format!("RCPT TO:<{to}>"), "DATA", body] {
            if !line.is_empty() {
                (&stream).write_all(format!("{line}\r\n").as_bytes())?;
            }
            answer.clear();
            answers.read_line(&mut answer)?;
            if answer.starts_with('4') || answer.starts_with('5') {
                break;
            }
        }
        Ok(answer)
    }

    const BODY: &str = "Subject: =?utf-8?q?Bekr=C3=A4fta?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nHej, =\r\nhttps://gatepass.test/confirm?token=3Dabc\r\n.";

    #[test]
    fn a_mail_is_kept_decoded_with_its_links() {
        let sink = SmtpSink::start().unwrap();
        assert!(send(sink.port(), "anna@example.test", BODY).unwrap().starts_with("250"));
        let messages = sink.wait_for(1, Duration::from_secs(5)).unwrap();
        assert_eq!(messages[0].to, ["anna@example.test"]);
        assert_eq!(messages[0].subject, "Bekräfta");
        assert_eq!(messages[0].links, ["https://gatepass.test/confirm?token=abc"]);
    }

    #[test]
    fn a_refused_mail_is_not_kept_and_a_stopped_sink_comes_back_on_its_port() {
        let mut sink = SmtpSink::start().unwrap();
        let port = sink.port();
        sink.refuse("451 try later").unwrap();
        assert!(send(port, "anna@example.test", BODY).unwrap().starts_with("451"));
        assert!(send(port, "permfail@example.test", BODY).unwrap().starts_with("550"));
        assert!(sink.messages().is_empty());
        sink.stop();
        assert!(send(port, "anna@example.test", BODY).is_err(), "nobody listens");
        for count in 1..=2 {
            sink.resume().unwrap();
            assert!(send(port, "anna@example.test", BODY).unwrap().starts_with("250"));
            assert_eq!(sink.wait_for(count, Duration::from_secs(5)).unwrap().len(), count, "earlier mail stays");
        }
    }
}
