//! One cluster in a folder of its own, from `initdb` to its end.

use std::fs::{DirBuilder, File};
use std::net::TcpListener;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail, ensure};

use super::account::Account;

/// The database user that owns everything in the cluster; loopback connections need no password.
const USER: &str = "qadam";
/// How long a start may take on a busy machine.
const START: Duration = Duration::from_mins(1);
/// Pause between two looks at whether the server answers.
const PAUSE: Duration = Duration::from_millis(50);
/// Starts to try: the free port found may be taken by another process before the server has it.
const ATTEMPTS: u32 = 3;
/// What every cluster is told.
const SETTINGS: &str = "\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
wal_level = minimal
max_wal_senders = 0
shared_buffers = 256MB
max_connections = 300
";
/// Nothing in a throw-away cluster outlives the run, so it keeps no promise about power cuts.
const THROW_AWAY: &str = "\
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
";

/// What a cluster is for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// Tests: fast, and gone at the end.
    ThrowAway,
    /// Tests of what survives: synced as one in service, and gone at the end all the same.
    Synced,
    /// Measuring: synced as one in service, and kept in this folder until the next run.
    Kept(PathBuf),
}

/// A running server and the folder it lives in; dropping it stops the one and removes the other.
pub struct Cluster {
    home: Home,
    server: Child,
    port: u16,
}

impl Cluster {
    /// Creates a cluster unless it was kept, and starts it with the programs in `binaries`. Where the caller is root the
    /// server ends with the thread that calls this.
    pub fn start(binaries: &Path, purpose: Purpose) -> Result<Self> {
        let home = Home::create(binaries, purpose)?;
        if !home.data().join("PG_VERSION").exists() {
            home.initialise()?;
        }
        let mut attempt = 1;
        loop {
            match home.launch() {
                Ok((server, port)) => return Ok(Self { home, server, port }),
                Err(error) if attempt == ATTEMPTS => return Err(error),
                Err(_) => attempt += 1,
            }
        }
    }

    /// Where it listens: `postgres://user@127.0.0.1:port/postgres`.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server as a crash would: nothing is finished, nothing is written out.
    pub fn crash(&mut self) {
        self.home.stop_server(&mut self.server, "immediate");
    }

    /// Starts the server again where it was, and waits until it answers: it has then recovered what was committed.
    /// Where the caller is root the server ends with the thread that calls this.
    pub fn start_again(&mut self) -> Result<()> {
        self.server = self.home.launch_on(self.port)?;
        Ok(())
    }

    /// Writes a setting that holds from the next start on.
    pub fn set(&self, name: &str, value: &str) -> Result<()> {
        let path = self.home.data().join("postgresql.auto.conf");
        let settings = std::fs::read_to_string(&path)?;
        std::fs::write(path, settings + &format!("{name} = {value}\n")).context("writing a setting")
    }

    /// Whether the server is gone without having been asked.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.server.try_wait(), Ok(Some(_)) | Err(_))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // At once where nothing is kept.
        let mode = if self.home.is_kept() { "fast" } else { "immediate" };
        self.home.stop_server(&mut self.server, mode);
    }
}

/// The folder: the data and the log.
struct Home {
    folder: PathBuf,
    purpose: Purpose,
    binaries: PathBuf,
    account: Account,
}

impl Home {
    fn create(binaries: &Path, purpose: Purpose) -> Result<Self> {
        let account = Account::choose()?;
        let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_nanos();
        let folder = match &purpose {
            Purpose::Kept(folder) => folder.clone(),
            Purpose::ThrowAway | Purpose::Synced => {
                std::env::temp_dir().join(format!("qadam-postgres-{}-{moment}", std::process::id()))
            }
        };
        let kept = matches!(purpose, Purpose::Kept(_));
        DirBuilder::new()
            .mode(0o700)
            .recursive(kept)
            .create(&folder)
            .with_context(|| format!("creating {}", folder.display()))?;
        let home = Self { folder, purpose, binaries: binaries.to_path_buf(), account };
        home.account.take_over(&home.folder)?;
        Ok(home)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.account.command(&self.binaries.join(program), &self.folder);
        command.stdin(Stdio::null());
        command
    }

    fn initialise(&self) -> Result<()> {
        let output = self
            .command("initdb")
            .arg("--pgdata")
            .arg(self.data())
            .args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"])
            .args(["--no-sync", "--no-instructions"])
            .output()
            .context("starting initdb (as root: by way of setpriv)")?;
        ensure!(output.status.success(), "initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        let more = if matches!(self.purpose, Purpose::ThrowAway) { THROW_AWAY } else { "" };
        std::fs::write(self.data().join("postgresql.auto.conf"), format!("{SETTINGS}{more}"))
            .context("writing the settings")
    }

    /// Starts the server on a port that is free now and waits until it answers.
    fn launch(&self) -> Result<(Child, u16)> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        Ok((self.launch_on(port)?, port))
    }

    fn launch_on(&self, port: u16) -> Result<Child> {
        let log = File::create(self.log())?;
        let mut server = self
            .command("postgres")
            .arg("-D")
            .arg(self.data())
            .args(["-p", &port.to_string()])
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C in the terminal is for the tests first; the server is stopped after them.
            .process_group(0)
            .spawn()
            .context("starting postgres (as root: by way of setpriv)")?;
        match self.wait_until_it_answers(&mut server, port) {
            Ok(()) => Ok(server),
            Err(error) => {
                self.stop_server(&mut server, "immediate");
                Err(error)
            }
        }
    }

    fn wait_until_it_answers(&self, server: &mut Child, port: u16) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            if let Some(status) = server.try_wait()? {
                let log = std::fs::read_to_string(self.log()).unwrap_or_default();
                bail!("PostgreSQL ended with {status} before it answered:\n{log}");
            }
            let answer = self
                .command("pg_isready")
                .args(["--quiet", "--host", "127.0.0.1", "--port", &port.to_string()])
                .status()
                .context("starting pg_isready")?;
            if answer.success() {
                return Ok(());
            }
            sleep(PAUSE);
        }
        bail!("PostgreSQL did not answer within {} seconds", START.as_secs())
    }

    fn is_kept(&self) -> bool {
        matches!(self.purpose, Purpose::Kept(_))
    }

    /// Asks the server to stop, and kills it where it does not; both touch only what was started here.
    fn stop_server(&self, server: &mut Child, mode: &str) {
        let asked = self
            .command("pg_ctl")
            .args(["stop", "--silent", "--mode", mode, "--pgdata"])
            .arg(self.data())
            .stderr(Stdio::null())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            // It has ended already, or this ends it: nothing better can be done with a failure.
            let _ = server.kill();
        }
        let _ = server.wait();
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if self.is_kept() {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("warning: {} is left behind: {error}", self.folder.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abandoned_home_leaves_no_folder_behind() {
        let home = Home::create(Path::new("/nonexistent"), Purpose::ThrowAway).unwrap();
        let folder = home.folder.clone();
        assert!(folder.is_dir());
        assert!(home.initialise().is_err());
        drop(home);
        assert!(!folder.exists());
    }
}
