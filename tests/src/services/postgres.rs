use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{LazyLock, mpsc},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::{ServiceError, find_on_path, free_port, random};

const USER: &str = "gatepass";
const FOLDER_PREFIX: &str = "gatepass-postgres-";
const START_LIMIT: Duration = Duration::from_secs(60);
const INSTALL: &str = "apt-get install postgresql (or run `cargo xtask setup`)";

/// A PostgreSQL cluster of its own, or the one that `GATEPASS_TEST_POSTGRES` names.
#[derive(Debug)]
pub struct Postgres {
    base: String,
    maintenance: String,
    tools: Tools,
    cluster: Option<Cluster>,
}

impl Postgres {
    /// The environment variable that names a cluster to use instead of starting one.
    pub const VARIABLE: &'static str = "GATEPASS_TEST_POSTGRES";

    /// The cluster that `GATEPASS_TEST_POSTGRES` names, or a new one that ends when this value is dropped.
    ///
    /// # Errors
    /// [`ServiceError`]: not installed, or it did not start.
    pub fn start() -> Result<Self, ServiceError> {
        match std::env::var(Self::VARIABLE) {
            Ok(url) if !url.is_empty() => Self::at(&url),
            _ => Self::start_own(),
        }
    }

    /// A new cluster, whatever the environment says.
    ///
    /// # Errors
    /// [`ServiceError`]: not installed, or it did not start.
    pub fn start_own() -> Result<Self, ServiceError> {
        let tools = Tools::find()?;
        remove_folders_of_the_dead();
        let cluster = Cluster::start(&tools)?;
        let base = format!("postgres://{USER}@127.0.0.1:{}", cluster.port);
        Ok(Self { maintenance: format!("{base}/postgres"), base, tools, cluster: Some(cluster) })
    }

    /// A cluster that somebody else runs. `url` names a database to connect to for administration.
    ///
    /// # Errors
    /// [`ServiceError`]: the client programs are not installed, or `url` names no database.
    pub fn at(url: &str) -> Result<Self, ServiceError> {
        let (base, database) = url.rsplit_once('/').unwrap_or((url, ""));
        if database.is_empty() || base.ends_with('/') {
            return Err(ServiceError::Refused {
                what: format!("reading {}", Self::VARIABLE),
                said: "it must read postgres://user@host:port/database".to_owned(),
            });
        }
        Ok(Self { base: base.to_owned(), maintenance: url.to_owned(), tools: Tools::find()?, cluster: None })
    }

    /// The one cluster of this test process, started by the first who asks; it ends with the process.
    ///
    /// # Panics
    /// Where it cannot be started: a test that needs a database has nothing else to do.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Postgres> = LazyLock::new(|| Postgres::start().expect("PostgreSQL starts"));
        &SHARED
    }

    /// A new, empty database that is dropped with the returned value.
    ///
    /// # Panics
    /// Where the cluster refuses; see [`Postgres::try_database`].
    #[must_use]
    pub fn database(&self) -> Database<'_> {
        self.try_database().expect("PostgreSQL makes a database")
    }

    /// A new, empty database that is dropped with the returned value.
    ///
    /// # Errors
    /// [`ServiceError`] with what PostgreSQL said.
    pub fn try_database(&self) -> Result<Database<'_>, ServiceError> {
        let name = format!("test_{:016x}", random());
        self.tools.run("createdb", &["--maintenance-db", &self.maintenance, "--template", "template0", &name])?;
        Ok(Database { url: format!("{}/{name}", self.base), name, postgres: self })
    }

    /// A URL for administration, fit for `GATEPASS_TEST_POSTGRES`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.maintenance
    }

    /// Ends the server at once, as a power cut would, and keeps its data. For tests of an outage; a cluster of somebody else
    /// is left alone.
    pub fn kill(&mut self) {
        if let Some(cluster) = &mut self.cluster {
            cluster.stop();
        }
    }

    /// Starts the server again after [`Postgres::kill`]: same port, same data.
    ///
    /// # Errors
    /// [`ServiceError`]: it did not start.
    pub fn revive(&mut self) -> Result<(), ServiceError> {
        let Some(old) = &mut self.cluster else { return Ok(()) };
        let folder = old.folder.clone();
        let data = folder.join("data");
        let new = Cluster::serve(&self.tools, &folder, &data.to_string_lossy(), old.port)?;
        // The folder belongs to the new one now.
        old.folder.clear();
        self.cluster = Some(new);
        Ok(())
    }
}

/// One empty database; dropped with this value, even while connections to it are open.
#[derive(Debug)]
pub struct Database<'a> {
    url: String,
    name: String,
    postgres: &'a Postgres,
}

impl Database<'_> {
    /// `postgres://user@host:port/name`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The database's name alone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // A cluster that is gone has no database to drop; a foreign one keeps a stray test database at worst.
        let _ = self
            .postgres
            .tools
            .run("dropdb", &["--maintenance-db", &self.postgres.maintenance, "--force", "--if-exists", &self.name]);
    }
}

/// The server process and its folder. The thread that started it must live as long as it does: the parent-death signal
/// is sent when the starting *thread* ends, and test threads end early.
#[derive(Debug)]
struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Pid,
    guardian: Option<JoinHandle<()>>,
}

impl Cluster {
    fn start(tools: &Tools) -> Result<Self, ServiceError> {
        let folder = make_folder()?;
        let started = Self::start_in(tools, &folder);
        if started.is_err() {
            let _ = fs::remove_dir_all(&folder);
        }
        started
    }

    fn start_in(tools: &Tools, folder: &Path) -> Result<Self, ServiceError> {
        let data = folder.join("data");
        let data_text = data.to_string_lossy();
        let mut init = tools.as_server_user("initdb");
        init.args(["--pgdata", &data_text, "--username", USER, "--auth=trust", "--no-sync"]);
        init.args(["--encoding=UTF8", "--locale=C.UTF-8"]).current_dir(folder);
        check("initdb", init.output())?;

        // Another process may take a port between the look and the use.
        let mut last = None;
        for _ in 0..5 {
            let port = free_port();
            match Self::serve(tools, folder, &data_text, port) {
                Ok(cluster) => return Ok(cluster),
                Err(error) => last = Some(error),
            }
        }
        Err(last
            .unwrap_or(ServiceError::Late { what: "PostgreSQL's start".to_owned(), seconds: START_LIMIT.as_secs() }))
    }

    fn serve(tools: &Tools, folder: &Path, data: &str, port: u16) -> Result<Self, ServiceError> {
        let log_path = folder.join("log");
        let log = fs::File::create(&log_path).map_err(ServiceError::system("making PostgreSQL's log"))?;
        let mut command = tools.as_server_user("postgres");
        command.args(["-D", data, "-p", &port.to_string(), "-k", &folder.to_string_lossy()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            // The machine stays up, so what was written to the system is kept; commits still are written before they are
            // answered, or a killed server would forget the last of them.
            "fsync=off",
            "full_page_writes=off",
            "max_connections=400",
            "shared_buffers=64MB",
        ] {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).current_dir(folder);

        let (tell, started) = mpsc::channel();
        let guardian = thread::Builder::new()
            .name("postgres-guardian".to_owned())
            .spawn(move || match command.spawn() {
                Ok(mut child) => {
                    let _ = tell.send(Ok(Pid::from_child(&child)));
                    let _ = child.wait();
                }
                Err(error) => {
                    let _ = tell.send(Err(error));
                }
            })
            .map_err(ServiceError::system("starting a thread"))?;
        let server = started
            .recv()
            .map_err(|_| ServiceError::Late { what: "PostgreSQL's start".to_owned(), seconds: 0 })?
            .map_err(ServiceError::system("starting postgres"))?;
        let cluster = Self { folder: folder.to_path_buf(), port, server, guardian: Some(guardian) };

        let begun = Instant::now();
        while !tools.is_ready(port) {
            let over = cluster.guardian.as_ref().is_none_or(JoinHandle::is_finished);
            if over || begun.elapsed() > START_LIMIT {
                let said = tail(&fs::read_to_string(&log_path).unwrap_or_default());
                cluster.end();
                return Err(ServiceError::Refused { what: "starting postgres".to_owned(), said });
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(cluster)
    }

    /// Ends the server and keeps the folder, so that another port can be tried.
    fn end(mut self) {
        self.stop();
        self.folder.clear();
    }

    fn stop(&mut self) {
        if let Some(guardian) = self.guardian.take() {
            if !guardian.is_finished() {
                // QUIT is "immediate": nothing in a throw-away cluster is worth a checkpoint.
                let _ = kill_process(self.server, Signal::QUIT);
            }
            let _ = guardian.join();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
        if !self.folder.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// PostgreSQL's programs, and how to start the server as a user that is not root.
#[derive(Debug)]
struct Tools {
    folder: PathBuf,
    root: bool,
}

impl Tools {
    fn find() -> Result<Self, ServiceError> {
        let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse::<u32>().ok()?;
            let folder = entry.path().join("bin");
            folder.join("initdb").is_file().then_some((version, folder))
        });
        let newest = debian.max_by_key(|(version, _)| *version).map(|(_, folder)| folder);
        let folder = newest
            .or_else(|| find_on_path("initdb").and_then(|file| file.parent().map(Path::to_path_buf)))
            .ok_or(ServiceError::Missing { program: "PostgreSQL", remedy: INSTALL })?;
        Ok(Self { folder, root: rustix::process::geteuid().is_root() })
    }

    /// A server program as a user that may run it, told to end when the thread that starts it ends.
    fn as_server_user(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        if self.root {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command.arg("--pdeathsig=SIGQUIT").arg("--").arg(self.folder.join(program));
        command
    }

    fn run(&self, program: &'static str, arguments: &[&str]) -> Result<(), ServiceError> {
        check(program, Command::new(self.folder.join(program)).args(arguments).stdin(Stdio::null()).output())
    }

    fn is_ready(&self, port: u16) -> bool {
        Command::new(self.folder.join("pg_isready"))
            .args(["--quiet", "--host", "127.0.0.1", "--port", &port.to_string(), "--username", USER])
            .args(["--dbname", "postgres"])
            .status()
            .is_ok_and(|status| status.success())
    }
}

fn check(program: &'static str, ran: std::io::Result<Output>) -> Result<(), ServiceError> {
    let output = ran.map_err(ServiceError::system(format!("running {program}")))?;
    if output.status.success() {
        return Ok(());
    }
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(ServiceError::Refused { what: format!("running {program}"), said: tail(&said) })
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

/// A folder the server's user owns, in a place that user can reach. Its name carries our process id, so that a later
/// start can tell whose folders are left over.
fn make_folder() -> Result<PathBuf, ServiceError> {
    let mut last = None;
    for parent in places() {
        let folder = parent.join(format!("{FOLDER_PREFIX}{}-{:08x}", std::process::id(), random() & 0xffff_ffff));
        let mut install = Command::new("install");
        install.args(["--directory", "--mode=0700"]);
        if rustix::process::geteuid().is_root() {
            install.args(["--owner=postgres", "--group=postgres"]);
        }
        match check("install", install.arg(&folder).output()) {
            Ok(()) if reachable(&folder) => return Ok(folder),
            Ok(()) => {
                let _ = fs::remove_dir(&folder);
                last = Some(ServiceError::Refused {
                    what: format!("using {}", parent.display()),
                    said: "the user postgres cannot reach it".to_owned(),
                });
            }
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or(ServiceError::Missing { program: "a folder for temporary files", remedy: "set TMPDIR" }))
}

fn places() -> Vec<PathBuf> {
    let mut places = vec![std::env::temp_dir(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")];
    places.dedup();
    places
}

fn reachable(folder: &Path) -> bool {
    if !rustix::process::geteuid().is_root() {
        return true;
    }
    let user = ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", "test", "-w"];
    Command::new("setpriv").args(user).arg(folder).status().is_ok_and(|status| status.success())
}

fn remove_folders_of_the_dead() {
    for entry in places().iter().flat_map(fs::read_dir).flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX)).and_then(|rest| {
            let (owner, _) = rest.split_once('-')?;
            Pid::from_raw(owner.parse().ok()?)
        });
        if owner.is_some_and(|owner| test_kill_process(owner).is_err()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(database: &Database<'_>) -> bool {
        let tools = Tools::find().unwrap();
        tools.run("psql", &["--dbname", database.url(), "--command", "create table t (a text)"]).is_ok()
    }

    #[test]
    fn every_test_has_an_empty_database_of_its_own() {
        let cluster = Postgres::shared();
        let (first, second) = (cluster.database(), cluster.database());
        assert_ne!(first.url(), second.url());
        assert!(answers(&first), "the first takes a table");
        assert!(answers(&second), "the second does not see the first's table");
        let url = first.url().to_owned();
        drop(first);
        let gone = Tools::find().unwrap().run("psql", &["--dbname", &url, "--command", "select 1"]);
        assert!(gone.is_err(), "a dropped database is gone");
    }

    #[test]
    fn the_server_and_its_folder_end_with_the_handle() {
        let cluster = Postgres::start_own().unwrap();
        let own = cluster.cluster.as_ref().unwrap();
        let (server, folder) = (own.server, own.folder.clone());
        assert!(folder.exists() && test_kill_process(server).is_ok());
        drop(cluster);
        assert!(test_kill_process(server).is_err(), "the server has ended");
        assert!(!folder.exists(), "its folder is gone");
    }

    #[test]
    fn a_killed_server_comes_back_with_its_data() {
        let mut cluster = Postgres::start_own().unwrap();
        let url = cluster.url().to_owned();
        let ask = |sql: &str| Tools::find().unwrap().run("psql", &["--dbname", &url, "--command", sql]);
        ask("create table t (a text)").unwrap();
        cluster.kill();
        assert!(ask("select 1").is_err(), "nobody answers");
        cluster.revive().unwrap();
        ask("select a from t").unwrap();
    }

    #[test]
    fn the_server_outlives_the_thread_that_asked_for_it() {
        let cluster = thread::spawn(|| Postgres::start_own().unwrap()).join().unwrap();
        assert!(answers(&cluster.database()));
    }

    #[test]
    fn a_cluster_url_without_a_database_is_refused() {
        assert!(Postgres::at("postgres://127.0.0.1:5432").is_err());
        assert!(Postgres::at("postgres://127.0.0.1:5432/").is_err());
    }
}
