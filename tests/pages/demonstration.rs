//! The program under test: the real demonstration, started once for all tests, and who can sign in to it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use qadam_tests::program::binary;
use qadam_tests::socket::{ask, visit};
use serde_json::{Value, json};

use crate::prepared;
use crate::screens::Who;

/// Ends the program when whoever started it is gone, however that went: nobody else can end what all tests share. What
/// the program says goes to the tests alone, so that its end is the end of that.
pub(crate) const WRAPPED: &str =
    r#"exec 3<&0; "$@" </dev/null 3<&- & exec >&-; read -r line <&3; kill "$!"; wait "$!""#;

/// A running demonstration.
pub(crate) struct Demonstration {
    url: String,
    accounts: Value,
    cookies: Mutex<HashMap<Who, String>>,
    prepared: Vec<(&'static str, String)>,
    /// Kept, so that its input is open until the tests are over.
    _process: Mutex<Child>,
}

static DEMONSTRATION: LazyLock<Demonstration> = LazyLock::new(|| {
    let mut demonstration = Demonstration::start();
    demonstration.prepared = prepared::prepare(&demonstration);
    demonstration
});

/// The demonstration that all tests look at and none changes.
pub(crate) fn demonstration() -> &'static Demonstration {
    &DEMONSTRATION
}

/// A port that was free a moment ago: for addresses that must be known before somebody listens there.
pub(crate) fn free_port() -> u16 {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    free.local_addr().expect("an address").port()
}

impl Demonstration {
    /// Starts a demonstration of its own.
    pub(crate) fn start() -> Self {
        Self::listening("127.0.0.1:0", &[])
    }

    /// Starts one that is reached at `localhost`.
    pub(crate) fn at_localhost() -> Self {
        Self::at_localhost_with(free_port(), &[])
    }

    /// Starts one that is reached at a port of `localhost`, with settings that differ.
    pub(crate) fn at_localhost_with(port: u16, more: &[&str]) -> Self {
        let url = format!("http://localhost:{port}");
        let settings = [&["--public-url", url.as_str()], more].concat();
        // What it says of itself is where it listens.
        let listening = Self::listening(&format!("127.0.0.1:{port}"), &settings);
        Self { url, ..listening }
    }

    fn listening(address: &str, more: &[&str]) -> Self {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", WRAPPED, "sh"]).arg(binary());
        command.args(["demo", "--json", "--listen", address, "--log", "warn"]).args(more);
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON");
        let url = ready["url"].as_str().expect("an address").trim_end_matches('/').to_owned();
        let accounts = ready["accounts"].clone();
        Self { url, accounts, cookies: Mutex::default(), prepared: Vec::new(), _process: Mutex::new(process) }
    }

    /// What was made for the screens, by name.
    pub(crate) fn prepared(&self) -> &[(&'static str, String)] {
        &self.prepared
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Address and password of somebody's account.
    fn credentials(&self, who: Who) -> Option<(&str, &str)> {
        let (role, organisation) = who.account()?;
        Some(self.account(role, organisation))
    }

    /// Address and password of the first account with a role in an organisation.
    pub(crate) fn account(&self, role: &str, organisation: &str) -> (&str, &str) {
        let accounts = self.accounts.as_array().expect("accounts");
        let is_theirs = |account: &&Value| account["role"] == role && account["organisation"] == organisation;
        let account = accounts.iter().find(is_theirs).expect("an account for everybody");
        (account["email"].as_str().expect("an address"), account["password"].as_str().expect("a password"))
    }

    /// The cookie with which somebody is signed in; none of nobody.
    pub(crate) fn cookie(&self, who: Who) -> Option<String> {
        let (email, password) = self.credentials(who)?;
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let cookie = cookies.entry(who).or_insert_with(|| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("email", email).append_pair("password", password).append_pair("next", "");
            let page = visit(&self.url, "/en/sign-in", None, Some(&form.finish())).expect("an answer");
            let set = page.header("set-cookie").expect("a cookie for whoever signs in");
            set.split(';').next().unwrap_or_default().to_owned()
        });
        Some(cookie.clone())
    }

    /// Writes something over the API, and gives what was made.
    pub(crate) fn write(&self, token: &str, method: &str, path: &str, body: &Value) -> Value {
        let answer = ask(&self.url, method, path, Some(token), Some(body));
        let (status, made) = answer.expect("an answer");
        assert!([200, 201].contains(&status), "{method} {path}: {made}");
        made
    }

    /// An access token for requests over the API.
    pub(crate) fn token(&self, who: Who) -> String {
        let (email, password) = self.credentials(who).expect("an account");
        let credentials = json!({"email": email, "password": password});
        let (status, tokens) =
            ask(&self.url, "POST", "/auth/login", None, Some(&credentials)).expect("an answer");
        assert_eq!(status, 200, "{tokens}");
        tokens["access_token"].as_str().expect("a token").to_owned()
    }
}
