//! What an operator may set: defaults, then a TOML file, then the environment; the later one wins.
//!
//! A key `section.key` is `key` under `[section]` in the file and `GATEPASS__SECTION__KEY` in the environment. A key that
//! Gatepass does not know stops the start, so that a misspelling is never silently a default. Every key is described once,
//! in `docs/configuration.md`; a test compares the two.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// Everything an operator may set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Allows what must never happen in production: the development mailbox, a movable clock.
    pub development: bool,
    /// How the portal is reached.
    pub server: Server,
    /// Where rows are kept.
    pub database: Database,
    /// How mail leaves.
    pub mail: Mail,
    /// Where key files are kept.
    pub keys: Keys,
    /// Passwords, sessions and links.
    pub accounts: Accounts,
    /// How many tries are allowed.
    pub throttle: Throttle,
    /// Authenticators.
    pub second_factor: SecondFactor,
    /// Diagnostic tools.
    pub tool: Tool,
    /// What is logged and how.
    pub log: Log,
    /// Who may read the metrics.
    pub metrics: Metrics,
    /// The clock, movable in development.
    pub clock: Clock,
}

/// `[server]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on; port 0 takes a free one and logs it.
    pub listen: SocketAddr,
    /// The address people type, without a slash at the end; stands in mails and in permits as the issuer.
    pub public_url: String,
    /// Folder of the built page; without one only the API is served (or the page inside the binary, if it was built in).
    pub page_dir: Option<PathBuf>,
    /// PEM file of the certificate chain; with `tls_key` the portal speaks HTTPS itself.
    pub tls_cert: Option<PathBuf>,
    /// PEM file of the certificate's key.
    pub tls_key: Option<PathBuf>,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Seconds that running requests get to finish at a shutdown.
    pub shutdown_seconds: u64,
    /// Connections open at the same time; further ones are closed at once.
    pub max_connections: usize,
}

/// `[database]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`.
    pub url: Hidden,
    /// Connections held at most.
    pub max_connections: u32,
}

impl Database {
    /// Whether it is a file of SQLite's.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.url.expose().starts_with("sqlite:")
    }
}

/// How mail leaves the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// Files in `mail.folder`, one per mail.
    Files,
    /// An SMTP server, `mail.smtp_url`.
    Smtp,
}

/// `[mail]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// `files` or `smtp`.
    pub transport: MailTransport,
    /// Where `files` puts them.
    pub folder: PathBuf,
    /// `smtp://USER:PASSWORD@HOST:PORT?tls=required`, or `smtps://…`.
    pub smtp_url: Option<Hidden>,
    /// The sender.
    pub from: String,
    /// Shows the folder's mails at `/mailbox`; only in development and with `files`.
    pub mailbox: bool,
}

/// `[keys]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// Folder of sealing and signing keys; `gatepass keys init` makes it.
    pub folder: PathBuf,
}

/// `[accounts]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accounts {
    /// A session ends after so many minutes without a request.
    pub session_idle_minutes: u32,
    /// A session ends after so many hours, used or not.
    pub session_hours: u32,
    /// A link that confirms an address works so many hours.
    pub confirm_hours: u32,
    /// A link that resets a password works so many minutes.
    pub reset_minutes: u32,
    /// Argon2id memory in KiB.
    pub password_memory_kib: u32,
    /// Argon2id passes.
    pub password_passes: u32,
    /// Password hashes computed at the same time; further ones wait.
    pub password_hashes_at_once: usize,
}

/// `[throttle]`: tries are counted per account and per source address, in the database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Throttle {
    /// Tries per account inside the window before the first pause.
    pub account_tries: u32,
    /// Tries per source address inside the window before the first pause.
    pub source_tries: u32,
    /// The window, in seconds.
    pub window_seconds: u32,
    /// The first pause, in seconds; doubles with every further one.
    pub first_pause_seconds: u32,
    /// The longest pause, in seconds.
    pub longest_pause_seconds: u32,
    /// Wrong codes in a row after which only a recovery code or a reset helps (NIST SP 800-63B-4 §3.2.2: at most 100).
    pub hard_stop: u32,
}

/// `[second_factor]`: what the QR code asks of an authenticator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecondFactor {
    /// The name shown in the authenticator; without a colon.
    pub issuer: String,
    /// `SHA1`, `SHA256` or `SHA512`. Apps that know only SHA1 are common: others are detected at enrolment and refused.
    pub algorithm: String,
    /// Digits of a code, 6 to 8.
    pub digits: u8,
    /// Seconds of a code, 30 or 60.
    pub period_seconds: u32,
}

/// `[tool]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tool {
    /// A session at a tool ends after so many hours.
    pub session_hours: u32,
    /// A permit lives so many seconds, at most 600.
    pub permit_seconds: u32,
    /// A file of brands and their rules in place of the ones built in; its form is that of `src/tool/brands.json`.
    pub brands_file: Option<PathBuf>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// `[log]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `text` or `json`.
    pub format: LogFormat,
    /// Which lines: tracing's filter syntax, for example `info,gatepass_portal=debug`.
    pub filter: String,
}

/// `[metrics]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// `Authorization: Bearer` token for `/metrics`; without one only this machine may read them.
    pub token: Option<Hidden>,
}

/// `[clock]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clock {
    /// A file with a whole number of seconds by which the clock is moved; only in development.
    pub offset_file: Option<PathBuf>,
}

/// A setting that may hold a password: `Debug` never shows it.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// The text. Each call hands it to the library that connects with it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(…)")
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://localhost:8080".to_owned(),
            page_dir: None,
            tls_cert: None,
            tls_key: None,
            trusted_proxies: Vec::new(),
            shutdown_seconds: 20,
            max_connections: 1_000,
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self { url: Hidden("sqlite://gatepass.db".to_owned()), max_connections: 16 }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            transport: MailTransport::Files,
            folder: PathBuf::from("mail"),
            smtp_url: None,
            from: "Gatepass <no-reply@localhost>".to_owned(),
            mailbox: false,
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self { folder: PathBuf::from("keys") }
    }
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            session_idle_minutes: 60,
            session_hours: 12,
            confirm_hours: 48,
            reset_minutes: 30,
            // OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
            password_memory_kib: 19 * 1024,
            password_passes: 2,
            password_hashes_at_once: std::thread::available_parallelism().map_or(2, usize::from),
        }
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            account_tries: 5,
            source_tries: 60,
            window_seconds: 300,
            first_pause_seconds: 30,
            longest_pause_seconds: 3_600,
            hard_stop: 100,
        }
    }
}

impl Default for SecondFactor {
    fn default() -> Self {
        // What every authenticator can do, Google's and Microsoft's among them.
        Self { issuer: "Gatepass".to_owned(), algorithm: "SHA1".to_owned(), digits: 6, period_seconds: 30 }
    }
}

impl Default for Tool {
    fn default() -> Self {
        Self { session_hours: 10, permit_seconds: 600, brands_file: None }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info,sea_orm_migration=warn".to_owned() }
    }
}

/// Why a configuration was refused. The texts are for the operator at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file or the environment could not be read as settings.
    #[error("configuration: {0}")]
    Unreadable(#[from] config::ConfigError),
    /// A value that can be read and makes no sense.
    #[error("configuration: {key}: {why}")]
    Refused {
        /// The key, `section.key`.
        key: &'static str,
        /// What is wrong and what would be right.
        why: &'static str,
    },
}

impl Config {
    /// Reads the file (if one is named) and the environment.
    ///
    /// # Errors
    /// When the file is missing or not TOML, a key is unknown, a value has the wrong type or makes no sense.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml).required(true));
        }
        let environment = config::Environment::with_prefix("GATEPASS")
            .prefix_separator("__")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("server.trusted_proxies");
        let config: Self = builder.add_source(environment).build()?.try_deserialize()?;
        config.check()?;
        Ok(config)
    }

    /// Refuses values that can be read and make no sense together.
    ///
    /// # Errors
    /// Names the first such key.
    pub fn check(&self) -> Result<(), ConfigError> {
        let refuse = |key, why| Err(ConfigError::Refused { key, why });
        let url = &self.server.public_url;
        if !(url.starts_with("http://") || url.starts_with("https://"))
            || url.ends_with('/')
            || origin_of(url) != Some(url)
        {
            return refuse(
                "server.public_url",
                "must be http:// or https:// with a host and perhaps a port, nothing after it",
            );
        }
        if !self.development && url.starts_with("http://") && !is_loopback(url) {
            return refuse(
                "server.public_url",
                "passwords would travel in the clear: https:// is needed, unless the host is this machine's own",
            );
        }
        if self.server.tls_cert.is_some() != self.server.tls_key.is_some() {
            return refuse("server.tls_key", "server.tls_cert and server.tls_key go together");
        }
        if self.server.max_connections == 0 {
            return refuse("server.max_connections", "must be at least 1");
        }
        let database = self.database.url.expose();
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database.starts_with(scheme)) {
            return refuse("database.url", "must start with sqlite: or postgres://");
        }
        if self.database.max_connections == 0 {
            return refuse("database.max_connections", "must be at least 1");
        }
        if self.mail.transport == MailTransport::Smtp && self.mail.smtp_url.is_none() {
            return refuse("mail.smtp_url", "is needed when mail.transport is smtp");
        }
        if self.mail.from.parse::<lettre::message::Mailbox>().is_err() {
            return refuse("mail.from", "must be an address, or Name <address>");
        }
        if self.mail.mailbox && !self.development {
            return refuse("mail.mailbox", "shows everybody's mail and needs development = true");
        }
        if self.mail.mailbox && self.mail.transport != MailTransport::Files {
            return refuse("mail.mailbox", "shows mails from files; set mail.transport to files");
        }
        if self.clock.offset_file.is_some() && !self.development {
            return refuse("clock.offset_file", "moves the clock and needs development = true");
        }
        if argon2::Params::new(self.accounts.password_memory_kib, self.accounts.password_passes, 1, None).is_err() {
            return refuse("accounts.password_memory_kib", "and accounts.password_passes must be an Argon2 setting");
        }
        if !self.development && (self.accounts.password_memory_kib < 19 * 1024 || self.accounts.password_passes < 2) {
            return refuse("accounts.password_memory_kib", "below 19456 KiB or two passes is for development only");
        }
        if self.accounts.password_hashes_at_once == 0 {
            return refuse("accounts.password_hashes_at_once", "must be at least 1");
        }
        for (key, value) in [
            ("accounts.session_idle_minutes", self.accounts.session_idle_minutes),
            ("accounts.session_hours", self.accounts.session_hours),
            ("accounts.confirm_hours", self.accounts.confirm_hours),
            ("accounts.reset_minutes", self.accounts.reset_minutes),
            ("throttle.hard_stop", self.throttle.hard_stop),
            ("throttle.longest_pause_seconds", self.throttle.longest_pause_seconds),
        ] {
            if value == 0 {
                return refuse(key, "must be at least 1");
            }
        }
        if self.throttle.first_pause_seconds > self.throttle.longest_pause_seconds {
            return refuse("throttle.first_pause_seconds", "must not be longer than throttle.longest_pause_seconds");
        }
        if self.throttle.account_tries == 0 || self.throttle.source_tries == 0 || self.throttle.window_seconds == 0 {
            return refuse("throttle.account_tries", "tries and window must be at least 1");
        }
        if self.second_factor.issuer.trim().is_empty()
            || self.second_factor.issuer.len() > 64
            || self.second_factor.issuer.chars().any(|c| c == ':' || c.is_control())
        {
            return refuse("second_factor.issuer", "must be a name of at most 64 bytes without a colon");
        }
        if !["SHA1", "SHA256", "SHA512"].contains(&self.second_factor.algorithm.as_str()) {
            return refuse("second_factor.algorithm", "must be SHA1, SHA256 or SHA512");
        }
        if !(6..=8).contains(&self.second_factor.digits) {
            return refuse("second_factor.digits", "must be 6, 7 or 8");
        }
        if ![30, 60].contains(&self.second_factor.period_seconds) {
            return refuse("second_factor.period_seconds", "must be 30 or 60");
        }
        if self.tool.session_hours == 0 || self.tool.session_hours > 24 {
            return refuse("tool.session_hours", "must be 1 to 24");
        }
        if self.tool.permit_seconds == 0 || self.tool.permit_seconds > 600 {
            return refuse("tool.permit_seconds", "must be 1 to 600");
        }
        if self.throttle.hard_stop > 100 && !self.development {
            return refuse("throttle.hard_stop", "at most 100 (NIST SP 800-63B-4 §3.2.2)");
        }
        Ok(())
    }

    /// Whether people reach the portal over HTTPS, by its own certificate or a proxy's.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }
}

/// Whether a URL's host is this machine's own, whose traffic leaves it nowhere.
fn is_loopback(url: &str) -> bool {
    is_loopback_host(url.split_once("://").map_or(url, |(_, rest)| rest))
}

/// The same of `host[:port]`.
#[must_use]
pub fn is_loopback_host(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `scheme://host[:port]` of a URL, if it has one.
#[must_use]
pub fn origin_of(url: &str) -> Option<&str> {
    let after = url.find("://")? + 3;
    let end = url.get(after..)?.find(['/', '?', '#']).map_or(url.len(), |at| after + at);
    url.get(..end).filter(|origin| origin.len() > after)
}
