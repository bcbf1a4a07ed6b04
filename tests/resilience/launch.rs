//! The program started as a test needs it: through another program, with variables, on a port that is given.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use qadam_tests::program::binary;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

use crate::wire::{Request, send};

/// What the program writes its log into, in its data directory.
const LOG: &str = "log.txt";

/// When a program that neither says anything, nor is ready, nor ends is said to hang.
const HANGS: Duration = Duration::from_mins(2);

/// Waits until a process has ended, and ends it where that does not come.
fn ended(process: &mut Child) -> Option<ExitStatus> {
    if let Ok(Some(status)) = process.try_wait() {
        return Some(status);
    }
    let handle = pidfd_open(Pid::from_child(process), PidfdFlags::empty()).expect("a handle on the process");
    let limit = Timespec::try_from(HANGS).expect("a time limit");
    let in_time = poll(&mut [PollFd::new(&handle, PollFlags::IN)], Some(&limit)) != Ok(0);
    if !in_time {
        process.kill().expect("it still runs");
    }
    let status = process.wait().expect("it ended");
    in_time.then_some(status)
}

/// The address that the program says it listens on. None where it ends before, or says nothing for too long.
fn announced(output: ChildStdout) -> Option<String> {
    let (says, said) = channel();
    // Who reads from a program that says nothing waits for ever: this thread ends with the program.
    thread::spawn(move || {
        // On an empty database it tells first how to come in.
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let url = lines.find_map(|line| line.strip_prefix("Listening on ").map(str::to_owned));
        let _heard = says.send(url);
    });
    said.recv_timeout(HANGS).ok().flatten()
}

/// How the program is to be started.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    directory: PathBuf,
    database: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    through: Vec<String>,
    listen: String,
    log: String,
}

/// The program at work; killed at the latest when it is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    process: Mutex<Child>,
    pub(crate) url: String,
    /// How long it took until it could answer.
    pub(crate) ready_after: Duration,
    directory: PathBuf,
}

impl Launch {
    /// The register on kept data.
    pub(crate) fn serve(directory: &Path, database: &str) -> Self {
        Self {
            directory: directory.to_owned(),
            database: database.to_owned(),
            arguments: vec!["serve".to_owned()],
            environment: Vec::new(),
            through: Vec::new(),
            listen: "127.0.0.1:0".to_owned(),
            log: "warn".to_owned(),
        }
    }

    /// What brings the schema up to date and ends.
    pub(crate) fn migrate(directory: &Path, database: &str) -> Self {
        Self { arguments: vec!["migrate".to_owned()], ..Self::serve(directory, database) }
    }

    /// With more settings.
    pub(crate) fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// With a variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ends as if its power were cut when it comes by a place for the how manieth time.
    pub(crate) fn ending_at(self, place: &str, times: usize) -> Self {
        self.env("QADAM_TEST_FAILPOINT", &format!("{place}@{times}"))
    }

    /// Started by another program, which takes it as its last arguments and becomes it.
    pub(crate) fn through(mut self, program: &[&str]) -> Self {
        self.through = program.iter().map(|part| (*part).to_owned()).collect();
        self
    }

    /// Where it listens.
    pub(crate) fn listening(mut self, address: &str) -> Self {
        address.clone_into(&mut self.listen);
        self
    }

    /// Telling its log everything of a level.
    pub(crate) fn telling(mut self, level: &str) -> Self {
        level.clone_into(&mut self.log);
        self
    }

    /// The command that starts it.
    pub(crate) fn command(&self) -> Command {
        let mut words = self.through.clone();
        words.push(binary().to_str().expect("a path in Unicode").to_owned());
        words.extend(self.arguments.iter().cloned());
        let (program, arguments) = words.split_first().expect("a program");
        let mut command = Command::new(program);
        command.args(arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.arg("--data-dir").arg(&self.directory).args(["--database-url", &self.database]);
        command
    }

    /// Starts it and waits until it listens. An error with what it said where it does not come to that.
    pub(crate) fn try_start(&self) -> Result<Running, (ExitStatus, String)> {
        let begun = Instant::now();
        let log = self.log();
        let mut command = self.command();
        command.args(["--listen", &self.listen, "--log", &self.log]);
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let url = announced(process.stdout.take().expect("its output"));
        let Some(url) = url else {
            let status = ended(&mut process);
            let said = logged(&self.directory);
            return Err((status.unwrap_or_else(|| panic!("it neither starts nor ends: {said}")), said));
        };
        let directory = self.directory.clone();
        // From here on it is killed whatever happens.
        let mut running = Running { process: Mutex::new(process), url, ready_after: HANGS, directory };
        while !running.is_ready() {
            if !running.lives() {
                return Err((running.wait(), running.logged()));
            }
            assert!(begun.elapsed() < HANGS, "it is not ready: {}", running.logged());
        }
        running.ready_after = begun.elapsed();
        Ok(running)
    }

    /// Starts it and waits until it is ready.
    pub(crate) fn start(&self) -> Running {
        self.try_start().unwrap_or_else(|(status, said)| panic!("it ended with {status}: {said}"))
    }

    fn log(&self) -> File {
        let path = self.directory.join(LOG);
        OpenOptions::new().create(true).append(true).open(path).expect("a log")
    }
}

/// What programs with this data directory have said.
pub(crate) fn logged(directory: &Path) -> String {
    std::fs::read_to_string(directory.join(LOG)).unwrap_or_default()
}

impl Running {
    /// Ends it at once, as `kill -9` does, and waits until it is gone.
    pub(crate) fn kill(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself, at a place where it was told to.
        let _killed = process.kill();
        process.wait().expect("it is gone");
    }

    /// Asks it to end in order.
    pub(crate) fn terminate(&self) {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        kill_process(Pid::from_child(&process), Signal::TERM).expect("it still runs");
    }

    /// Lets it do nothing more, as it is.
    pub(crate) fn halt(&self) {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        kill_process(Pid::from_child(&process), Signal::STOP).expect("it still runs");
    }

    /// Waits until it has ended, and fails where it does not.
    pub(crate) fn wait(&self) -> ExitStatus {
        let status = ended(&mut self.process.lock().unwrap_or_else(PoisonError::into_inner));
        status.unwrap_or_else(|| panic!("it does not end: {}", self.logged()))
    }

    fn is_ready(&self) -> bool {
        send(&self.url, &Request::get("/readyz")).answer().is_some_and(|ready| ready.status == 200)
    }

    /// Whether it runs still.
    pub(crate) fn lives(&self) -> bool {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(process.try_wait(), Ok(None))
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.process.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    /// What the system says of it in one of its files, as `status`.
    pub(crate) fn file_of_system(&self, name: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{name}", self.id())).expect("the system tells of processes")
    }

    /// How much memory it has, in KiB.
    pub(crate) fn memory_kib(&self) -> u64 {
        let status = self.file_of_system("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// How many files and sockets it has open.
    pub(crate) fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.id())).expect("its files").count()
    }

    /// What it has said.
    pub(crate) fn logged(&self) -> String {
        logged(&self.directory)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ended = process.kill();
        let _reaped = process.wait();
    }
}
