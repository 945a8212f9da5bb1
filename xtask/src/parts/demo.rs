//! `cargo xtask demo` as a new user starts it: from the command to a working login at the tool.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use gatepass_tests::services::free_port;

use super::{Part, Sheet};
use crate::{
    artefacts,
    portal::{Client, code_at},
    process::{Group, ask},
    tools::{NpmFolder, Tool},
    workspace::{command, target},
};

pub(super) const PART: Part = Part {
    name: "demo",
    about: "the demo as a new user starts it, on this machine and with --lan: from the command to a login at the tool",
    needs: &[
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::Node,
        Tool::Oathtool,
        Tool::Zbar,
        Tool::Npm(NpmFolder::Wasm),
        Tool::Npm(NpmFolder::Page),
    ],
    run,
};

/// Long enough for a build of everything on a slow machine.
const START_LIMIT: Duration = Duration::from_secs(20 * 60);

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let folder = target().join("demo-test");
    let _ = fs::remove_dir_all(&folder);
    // Built here, so that the time is this step's and not the demo's.
    let built = artefacts::page(sheet.say, Some(sheet.log()));
    let built = built.and_then(|()| artefacts::portal(sheet.say, Some(sheet.log()), false));
    if sheet.step("what the demo starts", built).is_none() {
        return Ok(());
    }

    let Some(demo) = sheet.step("cargo xtask demo", Demo::start(&folder, &[])) else { return Ok(()) };
    sheet.judge("cargo xtask demo", true, &format!("runs at {}", demo.address));
    judge(sheet, "its first account logs in at the tool with a rolling code", log_in(&demo));
    judge(sheet, "an unverified account is told so", refused(&demo));
    let first = demo.accounts.clone();
    judge(sheet, "Ctrl-C ends it, and the portal with it", demo.interrupt());

    match Demo::start(&folder, &[]) {
        Ok(again) => {
            let same = again.accounts == first;
            sheet.judge("a second start keeps the accounts", same, "the same addresses and passwords are printed");
        }
        Err(why) => sheet.fail("a second start keeps the accounts", &format!("{why:#}")),
    }

    // Any address will do to see that the certificate fits and the code is readable; this one every machine has.
    match Demo::start(&folder, &["--lan", "--address", "127.0.0.1"]) {
        Ok(lan) => {
            judge(sheet, "--lan serves HTTPS with a certificate for its address", https(&lan, &folder));
            judge(sheet, "--lan prints a QR code that a phone can read", terminal_qr(&lan, sheet.beside("pgm")));
        }
        Err(why) => sheet.fail("cargo xtask demo --lan", &format!("{why:#}")),
    }
    Ok(())
}

fn judge(sheet: &mut Sheet<'_>, name: &str, done: Result<String>) {
    match done {
        Ok(text) => sheet.judge(name, true, &text),
        Err(why) => sheet.fail(name, &format!("{why:#}")),
    }
}

/// A demo that runs, and what it printed.
struct Demo {
    process: Group,
    printed: String,
    address: String,
    /// What it is for, e-mail address, password.
    accounts: Vec<[String; 3]>,
}

impl Demo {
    /// Starts it on a free port and reads to the end of the greeting.
    fn start(folder: &Path, options: &[&str]) -> Result<Self> {
        let mut demo = command(env::current_exe()?);
        demo.args(["demo", "--port", &free_port().to_string(), "--folder"]).arg(folder).args(options);
        demo.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut process = Group::spawn(&mut demo)?;
        let stdout = process.child.stdout.take().context("the demo has no output")?;
        let (tell, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let last = if options.contains(&"--lan") { "Open it on a phone" } else { "Everything it keeps" };
        let (begun, mut printed) = (Instant::now(), String::new());
        loop {
            let left = START_LIMIT.saturating_sub(begun.elapsed());
            let Ok(line) = lines.recv_timeout(left) else { bail!("the demo did not get far:\n{printed}") };
            printed.push_str(&line);
            printed.push('\n');
            if line.contains(last) {
                break;
            }
        }
        let address = printed.split_once("runs at ").and_then(|(_, rest)| rest.split_whitespace().next());
        let address = address.context("the demo printed no address")?.to_owned();
        let accounts: Vec<_> = printed.lines().filter_map(account).collect();
        ensure!(!accounts.is_empty(), "the demo printed no accounts:\n{printed}");
        Ok(Self { process, printed, address, accounts })
    }

    fn client(&self) -> Client {
        Client::at(&self.address)
    }

    /// As Ctrl-C in its terminal would; waits until nobody answers any more.
    fn interrupt(mut self) -> Result<String> {
        self.process.interrupt();
        let begun = Instant::now();
        while matches!(self.process.child.try_wait(), Ok(None)) || self.client().get("/health").is_ok() {
            ensure!(begun.elapsed() < Duration::from_secs(30), "it still runs after 30 s");
            thread::sleep(Duration::from_millis(50));
        }
        Ok("nobody answers any more".to_owned())
    }
}

/// A line of the table of accounts: some words, an address, a password.
fn account(line: &str) -> Option<[String; 3]> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (password, rest) = words.split_last()?;
    let (email, what) = rest.split_last()?;
    let fits = line.starts_with("  ") && email.ends_with("@demo.example") && password.len() > 12;
    fits.then(|| [what.join(" "), (*email).to_owned(), (*password).to_owned()])
}

fn log_in(demo: &Demo) -> Result<String> {
    let client = demo.client();
    for page in ["/tool", "/authenticator", "/account/register", "/mailbox"] {
        client.get(page)?;
    }
    let [_, email, password] = demo.accounts.first().context("no account")?;
    let (ticket, secret) = client.begin_tool_login(email, password)?;
    let secret = secret.context("no QR code for the first login")?;
    client.finish_tool_login(&ticket, &code_at(&secret, 0)?)?;
    Ok(format!("{email} is logged in"))
}

fn refused(demo: &Demo) -> Result<String> {
    let [_, email, password] = demo.accounts.last().context("no account")?;
    match demo.client().begin_tool_login(email, password) {
        Ok(_) => bail!("{email} got a ticket"),
        Err(why) if format!("{why:#}").contains("not_verified") => Ok(format!("{email}: not_verified")),
        Err(why) => Err(why),
    }
}

/// Node, which knows the self-made certificate only from its file, loads the page.
fn https(demo: &Demo, folder: &Path) -> Result<String> {
    const LOAD: &str = "const answer = await fetch(process.argv[1] + '/authenticator');\
        console.log(answer.status, answer.headers.get('content-type'), (await answer.text()).includes('<script'));";
    let certificate = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.to_string_lossy().ends_with(".crt.pem"))
        .context("the demo kept no certificate")?;
    ensure!(demo.address.starts_with("https://"), "the address is {}", demo.address);
    let mut node = command("node");
    node.args(["--input-type=module", "--eval", LOAD, &demo.address]).env("NODE_EXTRA_CA_CERTS", &certificate);
    let said = ask(node).context("Node did not get the page over HTTPS")?;
    ensure!(said.starts_with("200 text/html") && said.ends_with("true"), "the page came as: {said}");
    let mut stranger = command("node");
    stranger.args(["--input-type=module", "--eval", LOAD, &demo.address]);
    ensure!(ask(stranger).is_none(), "a client without the certificate must not trust it");
    Ok(demo.address.clone())
}

/// Paints what the terminal shows and lets zbarimg read it.
fn terminal_qr(demo: &Demo, picture: PathBuf) -> Result<String> {
    const BLACK_ON_WHITE: &str = "\u{1b}[30;107m";
    const SCALE: usize = 6;
    let mut rows: Vec<Vec<bool>> = Vec::new();
    for line in demo.printed.lines().filter_map(|line| line.split_once(BLACK_ON_WHITE)) {
        let cells: Vec<char> = line.1.trim_end_matches("\u{1b}[0m").chars().collect();
        rows.push(cells.iter().map(|cell| matches!(cell, '█' | '▀')).collect());
        rows.push(cells.iter().map(|cell| matches!(cell, '█' | '▄')).collect());
    }
    let width = rows.first().map_or(0, Vec::len);
    ensure!(width > 20 && rows.iter().all(|row| row.len() == width), "no QR code in what it printed");
    let mut pgm = format!("P5 {} {} 255\n", width * SCALE, rows.len() * SCALE).into_bytes();
    for row in &rows {
        let line = row.iter().flat_map(|dark| [if *dark { 0 } else { 255 }; SCALE]);
        pgm.extend(line.collect::<Vec<u8>>().repeat(SCALE));
    }
    fs::write(&picture, pgm)?;
    let mut zbarimg = command("zbarimg");
    zbarimg.args(["--quiet", "--raw"]).arg(&picture);
    let read = ask(zbarimg).context("zbarimg reads nothing in it")?;
    ensure!(read == demo.address, "it says {read}, the address is {}", demo.address);
    Ok(read)
}
