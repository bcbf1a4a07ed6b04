//! Programs that are started to be measured, and what they take: processor time and private memory, as the
//! kernel counts them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// A running program; ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts a program whose log goes to a file.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let log = fs::File::create(log).with_context(|| format!("creating {}", log.display()))?;
        let child =
            command.stdin(Stdio::null()).stderr(log).spawn().with_context(|| format!("starting {name}"))?;
        Ok(Self { child, name })
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it prints.
    pub(crate) fn take_stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// Asks it to end, as an operator would, and waits for it.
    pub(crate) fn stop(mut self) -> Result<()> {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM)
            .with_context(|| format!("asking {} to end", self.name))?;
        let status = self.child.wait()?;
        ensure!(status.success(), "{} ended with {status}", self.name);
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // After `stop` there is nothing left to end.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The processor time that processes have taken so far, user and system together.
pub(crate) fn processor_time(ids: &[u32]) -> Result<Duration> {
    let mut ticks = 0;
    for id in ids {
        // A process that ended meanwhile (a database's connection) takes no more.
        let Ok(text) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        ticks += ticks_of(&text).with_context(|| format!("/proc/{id}/stat"))?;
    }
    let a_second = rustix::param::clock_ticks_per_second().max(1);
    Ok(Duration::from_secs(1).mul_f64(as_f64(ticks) / as_f64(a_second)))
}

/// The fields utime and stime. The program's name stands before them in parentheses and may hold anything.
fn ticks_of(stat: &str) -> Result<u64> {
    let Some((_, rest)) = stat.rsplit_once(')') else { bail!("no name in parentheses") };
    let fields: Vec<_> = rest.split_ascii_whitespace().collect();
    let field = |place: usize| -> Result<u64> { Ok(fields.get(place).context("too few fields")?.parse()?) };
    Ok(field(11)? + field(12)?)
}

/// The memory that belongs to a process alone, in bytes.
pub(crate) fn private_memory(id: u32) -> Result<u64> {
    let path = format!("/proc/{id}/smaps_rollup");
    let text = fs::read_to_string(&path).with_context(|| path.clone())?;
    let kibibytes: u64 = text
        .lines()
        .filter(|line| line.starts_with("Private_"))
        .filter_map(|line| line.split_ascii_whitespace().nth(1)?.parse::<u64>().ok())
        .sum();
    ensure!(kibibytes > 0, "{path} tells no private memory");
    Ok(kibibytes * 1024)
}

/// Where a program is found.
pub(crate) fn find(program: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .with_context(|| format!("{program} is not installed"))
}

/// Counts that are divided: exact far beyond what is counted here.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::ticks_of;

    #[test]
    fn times_are_read_behind_a_name_that_holds_parentheses() {
        let stat = "7 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0 20 0";
        assert_eq!(ticks_of(stat).unwrap(), 42);
    }
}
