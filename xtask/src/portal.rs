//! A portal of our own for demo, bench and tests: its folder, its settings, its process, and a small client.

use std::{
    fs::{self, File},
    net::{IpAddr, TcpStream},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    process::{Group, ask, describe},
    workspace::command,
};

const START_LIMIT: Duration = Duration::from_secs(60);

/// How a portal is to run.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Everything it keeps stands here.
    pub(crate) folder: PathBuf,
    pub(crate) listen: IpAddr,
    pub(crate) port: u16,
    /// What people type.
    pub(crate) public_url: String,
    pub(crate) page: Option<PathBuf>,
    /// Certificate and key, PEM.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// `postgres://…`; SQLite in the folder where there is none.
    pub(crate) database: Option<String>,
    /// Further lines of TOML.
    pub(crate) more: String,
}

impl Settings {
    /// On this machine only, without TLS, on SQLite.
    pub(crate) fn local(folder: PathBuf, port: u16) -> Self {
        Self {
            folder,
            listen: IpAddr::from([127, 0, 0, 1]),
            port,
            public_url: format!("http://localhost:{port}"),
            page: None,
            tls: None,
            database: None,
            more: String::new(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.join("gatepass.toml")
    }

    fn write(&self) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        let in_folder = |name: &str| text(&self.folder.join(name));
        let database =
            self.database.clone().unwrap_or_else(|| format!("sqlite://{}", self.folder.join("gatepass.db").display()));
        let mut toml = format!(
            "development = true\n\n[server]\nlisten = {}\npublic_url = {}\n",
            quoted(&format!("{}:{}", self.listen, self.port)),
            quoted(&self.public_url)
        );
        if let Some(page) = &self.page {
            toml.push_str(&format!("page_dir = {}\n", text(page)));
        }
        if let Some((certificate, key)) = &self.tls {
            toml.push_str(&format!("tls_cert = {}\ntls_key = {}\n", text(certificate), text(key)));
        }
        toml.push_str(&format!("\n[database]\nurl = {}\n", quoted(&database)));
        toml.push_str(&format!("\n[mail]\ntransport = \"files\"\nmailbox = true\nfolder = {}\n", in_folder("mail")));
        toml.push_str(&format!("\n[keys]\nfolder = {}\n{}", in_folder("keys"), self.more));
        fs::write(self.file(), toml).with_context(|| format!("cannot write {}", self.file().display()))
    }
}

fn text(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// A JSON string is a TOML basic string too.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A running portal; it ends with this value.
#[derive(Debug)]
pub(crate) struct Portal {
    process: Group,
    program: PathBuf,
    settings: Settings,
}

impl Portal {
    /// Makes the keys where there are none, starts the portal and waits until it answers.
    pub(crate) fn start(program: &Path, settings: Settings) -> Result<Self> {
        settings.write()?;
        gatepass(program, &settings, &["keys", "init", "--if-missing"])?;
        let log_path = settings.folder.join("portal.log");
        let log = File::create(&log_path)?;
        let mut serve = command(program);
        serve.arg("--config").arg(settings.file()).arg("serve").current_dir(&settings.folder);
        serve.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut portal = Self { process: Group::spawn(&mut serve)?, program: program.to_path_buf(), settings };

        let begun = Instant::now();
        while !portal.answers() {
            let ended = portal.process.child.try_wait()?;
            if ended.is_some() || begun.elapsed() > START_LIMIT {
                let said = fs::read_to_string(&log_path).unwrap_or_default();
                let lines: Vec<&str> = said.lines().collect();
                let tail = lines[lines.len().saturating_sub(15)..].join("\n");
                bail!("the portal did not start; {} ends with:\n{tail}", log_path.display());
            }
            thread::sleep(Duration::from_millis(30));
        }
        Ok(portal)
    }

    /// A verified technician with a second factor, logged in at a tool; the secret and the tool's token.
    pub(crate) fn technician(&self, account: &NewAccount<'_>) -> Result<(String, String)> {
        let client = self.client();
        client.register(account)?;
        self.gatepass(&["admin", "verify", account.email])?;
        let (ticket, secret) = client.begin_tool_login(account.email, account.password)?;
        let secret = secret.context("a new account was not asked to enrol")?;
        let token = client.finish_tool_login(&ticket, &code_at(&secret, 0)?)?;
        Ok((secret, token))
    }

    /// A command of `gatepass` with this portal's settings; what it prints.
    pub(crate) fn gatepass(&self, arguments: &[&str]) -> Result<()> {
        gatepass(&self.program, &self.settings, arguments)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A client that this portal takes for its own page.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.settings)
    }

    /// True while it runs.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.process.child.try_wait(), Ok(None))
    }

    /// Over HTTPS only whether the port is open: the certificate is our own and the client knows no TLS.
    fn answers(&self) -> bool {
        if self.settings.tls.is_some() {
            return TcpStream::connect(("127.0.0.1", self.settings.port)).is_ok();
        }
        self.client().get("/ready").is_ok()
    }
}

fn gatepass(program: &Path, settings: &Settings, arguments: &[&str]) -> Result<()> {
    let mut gatepass = command(program);
    gatepass.arg("--config").arg(settings.file()).args(arguments).current_dir(&settings.folder);
    let output = gatepass.stdin(Stdio::null()).output().with_context(|| describe(&gatepass))?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!("`gatepass {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&said).trim());
    }
    Ok(())
}

/// Speaks JSON to one portal, as its page would.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    base: String,
    origin: String,
}

impl Client {
    fn new(settings: &Settings) -> Self {
        Self { origin: settings.public_url.clone(), ..Self::at(&format!("http://127.0.0.1:{}", settings.port)) }
    }

    /// A client of the portal at this address, which is also what people type.
    pub(crate) fn at(address: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            .max_idle_connections_per_host(64)
            .max_idle_connections(64)
            .build()
            .new_agent();
        Self { agent, base: address.to_owned(), origin: address.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        let mut response = self.agent.get(format!("{}{path}", self.base)).call()?;
        let status = response.status().as_u16();
        let body = response.body_mut().read_to_string()?;
        if status >= 400 {
            bail!("GET {path}: {status} {body}");
        }
        Ok(serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    /// The body of a POST that must succeed.
    pub(crate) fn post(&self, path: &str, body: &impl Serialize) -> Result<Value> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let mut response =
            request.header("origin", &self.origin).header("sec-fetch-site", "same-origin").send_json(body)?;
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string()?;
        if status >= 400 {
            bail!("POST {path}: {status} {text}");
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Logs in; the session cookie as `name=value`, and the answer.
    pub(crate) fn log_in(&self, credentials: &impl Serialize) -> Result<(String, Value)> {
        let request = self.agent.post(format!("{}/api/v1/session", self.base));
        let mut response =
            request.header("origin", &self.origin).header("sec-fetch-site", "same-origin").send_json(credentials)?;
        let cookie = response.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|value| value.split(';').next()).unwrap_or_default().to_owned();
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string()?;
        if status >= 400 || cookie.is_empty() {
            bail!("POST /api/v1/session: {status} {text}");
        }
        Ok((cookie, serde_json::from_str(&text)?))
    }

    /// Registers an account and confirms its address with the link in the development mailbox.
    pub(crate) fn register(&self, account: &NewAccount<'_>) -> Result<()> {
        self.post("/api/v1/accounts", account)?;
        let token = self.mailed_token(account.email)?;
        self.post("/api/v1/accounts/confirmation", &json!({ "token": token }))?;
        Ok(())
    }

    /// E-mail and password at a tool; the ticket, and the secret of a new authenticator where there is none yet.
    pub(crate) fn begin_tool_login(&self, email: &str, password: &str) -> Result<(String, Option<String>)> {
        let body = json!({ "email": email, "password": password, "toolSerial": "GP-TEST-1" });
        let begun = self.post("/tool/v1/login", &body)?;
        let ticket = begun["ticket"].as_str().context("the tool login gave no ticket")?.to_owned();
        Ok((ticket, begun["enrolment"]["secret"].as_str().map(str::to_owned)))
    }

    /// The code at a tool; the tool's token.
    pub(crate) fn finish_tool_login(&self, ticket: &str, code: &str) -> Result<String> {
        let answer = self.post("/tool/v1/login/code", &json!({ "ticket": ticket, "code": code }))?;
        answer["token"].as_str().map(str::to_owned).context("the tool login gave no token")
    }

    /// The token in the newest mail to `email`; waits for the outbox.
    fn mailed_token(&self, email: &str) -> Result<String> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            let mails = self.get("/api/v1/mailbox")?;
            let to_us = |mail: &&Value| mail["to"].to_string().contains(email);
            if let Some(id) =
                mails.as_array().and_then(|mails| mails.iter().find(to_us)).and_then(|mail| mail["id"].as_str())
            {
                let mail = self.get(&format!("/api/v1/mailbox/{id}"))?;
                let links = mail["links"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let token = links.filter_map(token_of).next();
                return token.ok_or_else(|| anyhow!("the mail to {email} has no link with a token"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("no mail to {email} within 20 s")
    }
}

/// What the register form sends.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewAccount<'a> {
    pub(crate) email: &'a str,
    pub(crate) password: &'a str,
    pub(crate) full_name: &'a str,
    pub(crate) workshop: &'a str,
    pub(crate) language: &'a str,
}

/// `…?token=T` or `…#token=T`.
fn token_of(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("token=")?;
    let token: String =
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "-_.~%".contains(*letter)).collect();
    (!token.is_empty()).then_some(token)
}

/// The code `ahead` seconds from now, made by oathtool: a program that no one here wrote.
pub(crate) fn code_at(secret: &str, ahead: u64) -> Result<String> {
    let mut oathtool = command("oathtool");
    oathtool.args(["--totp", "--base32", &format!("--now=now + {ahead} seconds"), secret]);
    ask(oathtool).context("oathtool made no code")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_in_either_kind_of_link() {
        assert_eq!(token_of("http://localhost:1/account/confirm?token=ab-c_1&x=1").as_deref(), Some("ab-c_1"));
        assert_eq!(token_of("http://localhost:1/account/confirm#token=abc").as_deref(), Some("abc"));
        assert_eq!(token_of("http://localhost:1/help"), None);
    }
}
