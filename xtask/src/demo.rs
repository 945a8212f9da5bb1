//! `cargo xtask demo`: one command from a checkout to a working tool login.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

mod certificate;

use crate::{
    artefacts,
    portal::{NewAccount, Portal, Settings},
    process::{Run, ending},
    say::Say,
    workspace::{at, cargo, short, target},
};

/// How to run the demo.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Serve HTTPS with a self-made certificate on the local network, and print a QR code of the address: a phone's
    /// camera works only over HTTPS.
    #[arg(long)]
    lan: bool,
    /// The port; by default 8080 (8443 with --lan), or the next free one.
    #[arg(long)]
    port: Option<u16>,
    /// With --lan: the address by which phones reach this machine, where it has several.
    #[arg(long, requires = "lan", value_name = "IP")]
    address: Option<IpAddr>,
    /// Begin with an empty database and new accounts.
    #[arg(long)]
    fresh: bool,
    /// Where everything is kept.
    #[arg(long, default_value_os_t = target().join("demo"))]
    folder: PathBuf,
}

/// The demo's accounts, in its folder.
const ACCOUNTS: &str = "accounts.json";

/// One demo account as it is kept and printed.
#[derive(Debug, Serialize, Deserialize)]
struct Account {
    what: String,
    email: String,
    password: String,
}

/// Sets up, builds, starts; returns when the portal ends.
pub(crate) fn run(say: &Say, options: &Options) -> Result<()> {
    let folder = std::path::absolute(&options.folder)?;
    if options.fresh {
        begin_anew(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    artefacts::page(say, None)?;
    say.line("portal", "building the portal (web-demo/server)");
    let program = artefacts::portal(say, None, false)?;

    let accounts = seed(say, &program, &folder)?;
    let (settings, address) = settings(options, &folder)?;
    say.line("demo", "starting the portal");
    let port = settings.port;
    let mut portal = Portal::start(&program, settings)?;
    // Mails hold links that open accounts: the portal shows them to this machine only.
    let mailbox = if options.lan {
        format!("https://localhost:{port}/mailbox, on this machine only")
    } else {
        format!("{address}/mailbox")
    };
    greet(say, &address, &mailbox, &accounts, &folder, &program);
    if options.lan {
        terminal_qr(say, &address)?;
    }
    while portal.runs() {
        thread::sleep(Duration::from_millis(200));
    }
    if ending() {
        say.plain("Gatepass has ended.");
        return Ok(());
    }
    bail!("the portal has ended by itself; its log is {}", short(&folder.join("portal.log")))
}

/// Removes what a demo left, and nothing else: the folder may have been named by hand.
fn begin_anew(folder: &Path) -> Result<()> {
    let empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if !empty && !folder.join("gatepass.toml").is_file() {
        bail!("{} is not the folder of a demo; nothing was removed", short(folder));
    }
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(why.into()),
        _ => Ok(()),
    }
}

fn settings(options: &Options, folder: &Path) -> Result<(Settings, String)> {
    let port = port(options)?;
    let mut settings = Settings::local(folder.to_path_buf(), port);
    settings.page = Some(at("web-demo/page/dist"));
    if options.lan {
        let address = options.address.map_or_else(lan_address, Ok)?;
        settings.listen = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        settings.public_url = format!("https://{}", SocketAddr::new(address, port));
        settings.tls = Some(certificate::for_address(folder, address)?);
    }
    let address = settings.public_url.clone();
    Ok((settings, address))
}

/// The wanted port, or the first free one from the default on.
fn port(options: &Options) -> Result<u16> {
    let first = options.port.unwrap_or(if options.lan { 8_443 } else { 8_080 });
    let last = if options.port.is_some() { first } else { first.saturating_add(50) };
    (first..=last)
        .find(|port| TcpListener::bind((Ipv4Addr::UNSPECIFIED, *port)).is_ok())
        .with_context(|| format!("port {first} is taken; choose another with --port"))
}

/// The address this machine uses towards its network. No packet is sent: connecting a datagram socket only picks a route.
fn lan_address() -> Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).context("this machine has no network")?;
    let address = socket.local_addr()?.ip();
    if address.is_loopback() || address.is_unspecified() {
        bail!("this machine has no address on a local network");
    }
    Ok(address)
}

/// The demo accounts: made once, kept in `target/demo/accounts.json`. Their passwords are drawn for this folder alone, so
/// that `--lan` does not open a door with a password that the whole world knows.
fn seed(say: &Say, program: &Path, folder: &Path) -> Result<Vec<Account>> {
    let kept = folder.join(ACCOUNTS);
    if let (Ok(text), true) = (fs::read_to_string(&kept), folder.join("gatepass.db").exists()) {
        return Ok(serde_json::from_str(&text)?);
    }
    say.line("demo", "making keys and demo accounts");
    for file in ["gatepass.db", "gatepass.db-wal", "gatepass.db-shm"] {
        let _ = fs::remove_file(folder.join(file));
    }
    let portal = Portal::start(program, Settings::local(folder.to_path_buf(), gatepass_tests::services::free_port()))?;
    let client = portal.client();
    let mut accounts = Vec::new();
    let people = [
        ("verified technician", "anna@demo.example", "Anna Lindqvist", "en", true),
        ("verified, in Swedish", "sven@demo.example", "Sven Åkerström", "sv", true),
        ("not yet verified", "omar@demo.example", "Omar Haddad", "en", false),
    ];
    for (what, email, full_name, language, verified) in people {
        let password = password()?;
        client.register(&NewAccount { email, password: &password, full_name, workshop: "Demo Garage AB", language })?;
        if verified {
            portal.gatepass(&["admin", "verify", email])?;
        }
        accounts.push(Account { what: what.to_owned(), email: email.to_owned(), password });
    }
    drop(portal);
    fs::write(&kept, serde_json::to_string_pretty(&accounts)?)?;
    Ok(accounts)
}

/// Four groups of four letters and digits that cannot be mistaken for each other: about 80 bits.
fn password() -> Result<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|why| anyhow::anyhow!("no random bytes: {why}"))?;
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

fn greet(say: &Say, address: &str, mailbox: &str, accounts: &[Account], folder: &Path, program: &Path) {
    let mut text = format!("\nGatepass runs at {address}   (Ctrl-C ends it)\n\n");
    for account in accounts {
        text.push_str(&format!("  {:<22} {:<20} {}\n", account.what, account.email, account.password));
    }
    let first = accounts.first().map_or("the first account", |account| account.email.as_str());
    let last = accounts.last().map_or("EMAIL", |account| account.email.as_str());
    let place = short(folder);
    text.push_str(&format!(
        "\nTry this:\n\
         \x20 1. {address}/authenticator\n\
         \x20    make a vault: this is your authenticator (any other one works too)\n\
         \x20 2. {address}/tool\n\
         \x20    the diagnostic tool: person icon, blue field, log in as {first}\n\
         \x20 3. scan the QR code with the authenticator and type the code that rolls: the icon changes; open a brand\n\
         \x20 4. log in as {last}: a tool lets verified technicians in only; to verify:\n\
         \x20    {program} --config {place}/gatepass.toml admin verify {last}\n\
         \x20 5. {address}/account/register\n\
         \x20    an account of your own; its mail arrives at {mailbox}\n\n\
         Everything it keeps stands in {place}; `cargo xtask demo --fresh` begins anew.",
        program = short(program),
    ));
    say.plain(text);
}

/// Drawn by the core's own encoder, in a program of its own: xtask starts even where the core does not build.
fn terminal_qr(say: &Say, address: &str) -> Result<()> {
    let draw = cargo(&["run", "--quiet", "--package", "xtask", "--example", "terminal_qr", "--", address]);
    let drawn = Run::new(say, "demo", draw).must()?;
    say.plain(format!(
        "\n{}\nOpen it on a phone in the same network. The certificate is self-made: the browser warns once.",
        drawn.stdout
    ));
    Ok(())
}

/// A certificate and its key, PEM.
type CertificateFiles = (PathBuf, PathBuf);
