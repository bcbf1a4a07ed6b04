//! The browser: one process for all tests, spoken to over pipes in its own protocol (Chrome’s `DevTools` Protocol).
//!
//! Over pipes because they need no port, no crate and nobody to end the browser: it ends by itself when the last test
//! is over and the pipe is closed with it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use qadam_tests::program::told;
use serde_json::{Value, json};

/// When a browser that does not answer has failed the test.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Tells where the browser is.
const VARIABLE: &str = "QADAM_TEST_CHROMIUM";

/// What a browser is called on Debian, where nobody says.
const USUAL: &str = "/usr/bin/chromium";

/// Gives the browser the ends of the pipes under the numbers that it reads and writes, and removes its profile when it
/// has ended.
const WRAPPED: &str = r#""$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null; rm -rf "$PROFILE""#;

const ARGUMENTS: [&str; 7] = [
    "--headless",
    "--remote-debugging-pipe",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
];

type Waiting = Mutex<HashMap<u64, Sender<Value>>>;
type Listening = Mutex<HashMap<String, Sender<Value>>>;

/// A running browser.
pub(crate) struct Browser {
    input: Mutex<ChildStdin>,
    next: AtomicU64,
    heard: Arc<Heard>,
    /// Kept, so that its pipes are.
    _process: Mutex<Child>,
}

/// Who waits for what the browser says.
#[derive(Default)]
struct Heard {
    answers: Waiting,
    events: Listening,
}

static BROWSER: LazyLock<Browser> = LazyLock::new(Browser::start);

/// The browser of all tests.
pub(crate) fn browser() -> &'static Browser {
    &BROWSER
}

impl Browser {
    fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile").keep();
        let mut command = Command::new("/bin/sh");
        command.env("PROFILE", &profile).args(["-c", WRAPPED, "sh"]);
        command.arg(told(VARIABLE).map_or_else(|| PathBuf::from(USUAL), PathBuf::from)).args(ARGUMENTS);
        command.arg(format!("--user-data-dir={}", profile.display()));
        if is_root() {
            // Chromium's own protection needs an account that is not root.
            command.arg("--no-sandbox");
        }
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the browser starts");
        let input = Mutex::new(process.stdin.take().expect("its input"));
        let output = process.stdout.take().expect("its output");
        let heard = Arc::new(Heard::default());
        let told = Arc::clone(&heard);
        thread::spawn(move || {
            let messages = BufReader::new(output).split(0).map_while(Result::ok);
            messages.for_each(|message| told.hear(&message));
        });
        Self { input, next: AtomicU64::new(1), heard, _process: Mutex::new(process) }
    }

    /// Asks for something, of a tab where a session is named, and waits for the answer.
    pub(crate) fn call(&self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        let answer = self.try_call(session, method, parameters);
        answer.unwrap_or_else(|error| panic!("{method} {parameters}: {error}"))
    }

    /// The same; with what the browser says where it does not do it.
    pub(crate) fn try_call(
        &self,
        session: Option<&str>,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, Value> {
        let answer = self.ask(session, method, parameters).recv_timeout(PATIENCE);
        let mut answer = answer.unwrap_or_else(|_| panic!("{method} {parameters}: no answer"));
        if answer.get("error").is_some() { Err(answer["error"].take()) } else { Ok(answer["result"].take()) }
    }

    /// Asks for something; the answer comes to the receiver.
    pub(crate) fn ask(&self, session: Option<&str>, method: &str, parameters: &Value) -> Receiver<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let (sender, receiver) = channel();
        lock(&self.heard.answers).insert(id, sender);
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        lock(&self.input).write_all(&bytes).expect("the browser runs");
        receiver
    }

    /// What happens in a session from now on.
    pub(crate) fn listen(&self, session: &str) -> Receiver<Value> {
        let (sender, receiver) = channel();
        lock(&self.heard.events).insert(session.to_owned(), sender);
        receiver
    }

    /// Listens to a session no longer.
    pub(crate) fn forget(&self, session: &str) {
        lock(&self.heard.events).remove(session);
    }
}

impl Heard {
    /// Passes on what the browser said: an answer to whoever asked, an event to whoever listens to its session.
    fn hear(&self, message: &[u8]) {
        let message: Value = serde_json::from_slice(message).expect("the browser speaks JSON");
        let receiver = match message["id"].as_u64() {
            Some(id) => lock(&self.answers).remove(&id),
            None => {
                message["sessionId"].as_str().and_then(|session| lock(&self.events).get(session).cloned())
            }
        };
        // Who no longer waits has failed already.
        if let Some(receiver) = receiver {
            let _unheard = receiver.send(message);
        }
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
