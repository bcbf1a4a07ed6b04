//! A PostgreSQL of our own for the tests and the benchmark: started from the installed binaries, and stopped when
//! the command ends.

mod installation;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use installation::find_or_install;
use qadam_cluster::Cluster;
pub(crate) use qadam_cluster::Purpose;

/// The environment variable by which tests find the cluster; they create databases of their own in it.
pub(crate) const URL_VARIABLE: &str = "QADAM_TEST_POSTGRES_URL";

/// How the shell reports a command that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// A running cluster, stopped and removed when this is dropped and when the command is interrupted.
pub(crate) struct Running {
    url: String,
    cluster: Arc<Mutex<Option<Cluster>>>,
}

impl Running {
    /// Starts a cluster. Call it once in a process: it takes over Ctrl-C.
    pub(crate) fn start(purpose: Purpose) -> Result<Self> {
        let slot = Arc::new(Mutex::new(None));
        let of_the_handler = Arc::clone(&slot);
        ctrlc::set_handler(move || {
            drop(lock(&of_the_handler).take());
            std::process::exit(INTERRUPTED);
        })
        .context("taking over Ctrl-C")?;
        // Held while it starts, so that an interruption waits until there is something to stop.
        let mut empty = lock(&slot);
        let cluster = Cluster::start(&find_or_install()?, purpose)?;
        let url = cluster.url();
        *empty = Some(cluster);
        drop(empty);
        Ok(Self { url, cluster: slot })
    }

    /// Where the cluster listens: `postgres://user@127.0.0.1:port/postgres`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(lock(&self.cluster).take());
    }
}

/// A poisoned lock still holds the cluster, which has to be stopped all the same.
fn lock(slot: &Mutex<Option<Cluster>>) -> MutexGuard<'_, Option<Cluster>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `cargo xtask postgres`: says where the cluster is and stays until Ctrl-C.
pub(crate) fn serve() -> Result<()> {
    let running = Running::start(Purpose::ThrowAway)?;
    println!("export {URL_VARIABLE}={}", running.url());
    eprintln!("PostgreSQL runs until Ctrl-C; give the line above to another shell.");
    loop {
        std::thread::sleep(Duration::from_secs(1));
        if lock(&running.cluster).as_mut().is_none_or(Cluster::has_ended) {
            bail!("PostgreSQL ended by itself");
        }
    }
}
