//! The standard library for `wasm32-unknown-unknown`: by rustup; where its server does not answer, built from the sources
//! that Debian's package `rust-src` carries.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::State;
use crate::{
    process::{Run, ask},
    say::Say,
    workspace::{cargo, command, tools},
};

const TARGET: &str = "wasm32-unknown-unknown";
/// Where the package of a given version may stand, the likeliest first.
const SUITES: [&str; 6] = ["trixie-backports", "trixie", "sid", "testing", "bookworm-backports", "bookworm"];

pub(super) fn state() -> State {
    let libraries = target_libraries();
    let there = libraries.as_deref().is_some_and(|folder| {
        fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with("libcore-")
        })
    });
    if there { State::Ready(TARGET.to_owned()) } else { State::Missing(format!("no standard library for {TARGET}")) }
}

pub(super) fn install(say: &Say) -> Result<()> {
    let mut rustup = command("rustup");
    rustup.args(["target", "add", TARGET]);
    match Run::new(say, "rustup", rustup).limit(Duration::from_secs(300)).go() {
        Ok(ran) if ran.ok() && matches!(state(), State::Ready(_)) => return Ok(()),
        Ok(ran) => say.line("wasm", format!("rustup could not; building the target from source\n{}", ran.tail(2))),
        Err(why) => say.line("wasm", format!("no rustup ({why:#}); building the target from source")),
    }
    from_source(say).context("neither rustup nor Debian's sources gave the WebAssembly target")
}

fn from_source(say: &Say) -> Result<()> {
    let work = tools().join("wasm-target");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work)?;
    let version = rustc_version()?;
    let library = sysroot()?.join("lib/rustlib/src/rust/library");
    if !library.join("std/Cargo.toml").is_file() {
        let package = download_sources(say, &work, &version)?;
        let unpacked = work.join("unpacked");
        let mut dpkg = command("dpkg");
        dpkg.arg("-x").arg(&package).arg(&unpacked);
        Run::new(say, "wasm", dpkg).must()?;
        let source = unpacked.join(format!("usr/src/rustc-{version}/library"));
        if !source.is_dir() {
            bail!("{} does not hold usr/src/rustc-{version}/library", package.display());
        }
        if let Some(parent) = library.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut copy = command("cp");
        copy.arg("-r").arg("--no-preserve=ownership").arg("-T").arg(&source).arg(&library);
        Run::new(say, "wasm", copy).must()?;
    }

    // An empty library brings the whole standard library with it.
    let project = work.join("empty");
    fs::create_dir_all(project.join("src"))?;
    fs::write(project.join("src/lib.rs"), "")?;
    fs::write(
        project.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
    )?;
    let built = project.join("target");
    let mut build = cargo(&["build", "--release", "--target", TARGET]);
    build.args(["-Z", "build-std=std,panic_abort,panic_unwind,test,proc_macro"]).current_dir(&project);
    // Without embedded bitcode, link-time optimisation over the standard library fails later.
    build.env("RUSTFLAGS", "-C embed-bitcode=yes").env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &built);
    Run::new(say, "wasm", build).limit(Duration::from_secs(900)).must()?;

    let libraries = target_libraries().context("rustc does not say where its libraries are")?;
    fs::create_dir_all(&libraries)?;
    let mut copied = 0;
    for entry in fs::read_dir(built.join(TARGET).join("release/deps"))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            fs::copy(entry.path(), libraries.join(&name))?;
            copied += 1;
        }
    }
    fs::remove_dir_all(&work)?;
    if copied == 0 {
        bail!("the build made no library");
    }
    Ok(())
}

/// Downloads rust-src of exactly this version with apt itself (which checks signatures), from the machine's own mirror but
/// with lists of our own: nothing of the system's apt settings is changed and no root is needed.
fn download_sources(say: &Say, work: &Path, version: &str) -> Result<PathBuf> {
    let mirror = mirror().context("no Debian mirror in the machine's apt sources")?;
    let keyring = ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];
    let signed = keyring.iter().find(|file| Path::new(file).exists()).context("no Debian keyring")?;
    for suite in SUITES {
        let apt = work.join(format!("apt-{suite}"));
        for folder in ["lists/partial", "cache/archives/partial", "parts"] {
            fs::create_dir_all(apt.join(folder))?;
        }
        fs::write(apt.join("sources.list"), format!("deb [signed-by={signed}] {mirror} {suite} main\n"))?;
        let with_own_lists = |program: &str| -> Command {
            let mut own = command(program);
            own.current_dir(work).arg("-q");
            for (key, value) in [
                ("Dir::Etc::sourcelist", "sources.list"),
                ("Dir::Etc::sourceparts", "parts"),
                ("Dir::State::lists", "lists"),
                ("Dir::Cache", "cache"),
            ] {
                own.arg("-o").arg(format!("{key}={}", apt.join(value).display()));
            }
            own.args(["-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none", "-o", "Acquire::Retries=3"]);
            own
        };
        let mut update = with_own_lists("apt-get");
        update.arg("update");
        if !Run::new(say, "wasm", update).limit(Duration::from_secs(300)).go()?.ok() {
            continue;
        }
        let mut versions = with_own_lists("apt-cache");
        versions.args(["madison", "rust-src"]);
        let listed = Run::new(say, "wasm", versions).go()?.stdout;
        let Some(exact) = listed.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim).find(|found| {
            found
                .strip_prefix(version)
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit() || next == '.'))
        }) else {
            continue;
        };
        say.line("wasm", format!("rust-src {exact} from {suite}"));
        let mut download = with_own_lists("apt-get");
        download.args(["download", &format!("rust-src={exact}")]);
        Run::new(say, "wasm", download).limit(Duration::from_secs(600)).must()?;
        let package = fs::read_dir(work)?
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|ending| ending == "deb"));
        return package.context("apt-get download left no file");
    }
    bail!("no suite of {mirror} has rust-src {version}")
}

/// The machine's own Debian mirror, in either form of apt's source lists.
fn mirror() -> Option<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    files.extend(fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten().map(|entry| entry.path()));
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    mirror_in(&texts.join("\n"))
}

fn mirror_in(sources: &str) -> Option<String> {
    let addresses = sources.lines().map(str::trim).filter(|line| line.starts_with("deb ") || line.starts_with("URIs:"));
    addresses
        .flat_map(str::split_whitespace)
        .find(|word| word.contains("://") && word.trim_end_matches('/').ends_with("/debian"))
        .map(str::to_owned)
}

fn rustc() -> Command {
    command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn sysroot() -> Result<PathBuf> {
    let mut print = rustc();
    print.args(["--print", "sysroot"]);
    ask(print).map(PathBuf::from).context("rustc does not say where it stands")
}

fn target_libraries() -> Option<PathBuf> {
    let mut print = rustc();
    print.args(["--print", "target-libdir", "--target", TARGET]);
    ask(print).map(PathBuf::from)
}

fn rustc_version() -> Result<String> {
    let mut print = rustc();
    print.arg("--version");
    let text = ask(print).context("no rustc")?;
    text.split_whitespace().nth(1).map(str::to_owned).context("rustc does not say its version")
}

#[cfg(test)]
mod tests {
    use super::mirror_in;

    #[test]
    fn the_mirror_is_found_in_both_forms_of_source_lists() {
        let old = "# deb http://no.example/debian\ndeb [arch=amd64] http://mirror.example/debian bookworm main\n";
        assert_eq!(mirror_in(old).as_deref(), Some("http://mirror.example/debian"));
        let new = "Types: deb\nURIs: https://mirror.example/debian/\nSuites: bookworm\n";
        assert_eq!(mirror_in(new).as_deref(), Some("https://mirror.example/debian/"));
        assert_eq!(mirror_in("deb https://packages.example/apt stable main\n"), None);
    }
}
