//! A tab of the browser in a context of its own: with no cookie and nothing kept but what came through it.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use serde_json::{Value, json};

use crate::chromium::{Browser, PATIENCE, browser};
use crate::journal::Journal;

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) width: u32,
    pub(crate) dark: bool,
}

/// The height of every window.
pub(crate) const HEIGHT: u32 = 800;

/// Resolves when the page is laid out as it is to be looked at.
const LAID_OUT: &str = "(width, scheme) => new Promise(done => {
    const look = () => innerWidth === width && matchMedia(`(prefers-color-scheme: ${scheme})`).matches
        ? done(true) : requestAnimationFrame(look);
    look();
})";

/// A tab.
pub(crate) struct Tab {
    browser: &'static Browser,
    context: String,
    session: String,
    events: Receiver<Value>,
    journal: Journal,
}

impl Tab {
    /// A tab in a fresh context.
    pub(crate) fn open() -> Self {
        let browser = browser();
        let context =
            text(&browser.call(None, "Target.createBrowserContext", &json!({})), "browserContextId");
        let target = json!({"url": "about:blank", "browserContextId": context});
        let target = text(&browser.call(None, "Target.createTarget", &target), "targetId");
        let attached =
            browser.call(None, "Target.attachToTarget", &json!({"targetId": target, "flatten": true}));
        let session = text(&attached, "sessionId");
        let events = browser.listen(&session);
        let tab = Self { browser, context, session, events, journal: Journal::default() };
        for domain in ["Page", "Network", "Runtime", "Log"] {
            tab.call(&format!("{domain}.enable"), &json!({}));
        }
        // Focus and colours are drawn in a tab that nobody sees, too.
        tab.call("Emulation.setFocusEmulationEnabled", &json!({"enabled": true}));
        tab
    }

    /// Asks the tab for something.
    pub(crate) fn call(&self, method: &str, parameters: &Value) -> Value {
        self.browser.call(Some(&self.session), method, parameters)
    }

    /// Asks the tab for something without waiting for the answer.
    pub(crate) fn post(&self, method: &str, parameters: &Value) {
        let _answer = self.browser.ask(Some(&self.session), method, parameters);
    }

    /// Goes to an address and waits until the page and what it needs are there.
    pub(crate) fn visit(&mut self, address: &str) -> &Journal {
        self.hear_what_came();
        self.journal = Journal::default();
        self.call("Page.navigate", &json!({"url": address}));
        let begun = Instant::now();
        while !self.journal.is_loaded() {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            let event = self.events.recv_timeout(left).unwrap_or_else(|_| panic!("{address} does not load"));
            self.journal.note(&event);
        }
        // What the page said while it loaded has come when it answers.
        self.value("0");
        self.hear_what_came();
        &self.journal
    }

    /// What happened since the page was gone to.
    pub(crate) fn journal(&mut self) -> &Journal {
        self.hear_what_came();
        &self.journal
    }

    fn hear_what_came(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.journal.note(&event);
        }
    }

    /// Whether an expression holds on the page that is there. Between two pages there is none, and it does not.
    pub(crate) fn holds(&self, expression: &str) -> bool {
        let asked = json!({"expression": format!("Boolean({expression})"), "returnByValue": true});
        let answer = self.browser.try_call(Some(&self.session), "Runtime.evaluate", &asked);
        answer.is_ok_and(|answer| answer["result"]["value"] == json!(true))
    }

    /// The value of an expression, or of what it promises.
    pub(crate) fn value(&self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.call("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression:.80}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// What a function finds wrong with the page.
    pub(crate) fn complaints(&self, function: &str) -> Vec<String> {
        let found = self.value(&format!("({function})()"));
        let found = found.as_array().unwrap_or_else(|| panic!("no list of complaints but {found}"));
        found.iter().map(|complaint| complaint.as_str().expect("a text").to_owned()).collect()
    }

    /// Looks at the page in another width or colour scheme, without loading it again.
    pub(crate) fn look(&self, view: View) {
        let size = json!({"width": view.width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size);
        let scheme = if view.dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.call("Emulation.setEmulatedMedia", &json!({"features": features}));
        self.value(&format!("({LAID_OUT})({}, '{scheme}')", view.width));
    }

    /// Becomes somebody else: with their cookie, or with none.
    pub(crate) fn become_somebody(&self, url: &str, cookie: Option<&str>) {
        self.call("Network.clearBrowserCookies", &json!({}));
        if let Some((name, value)) = cookie.and_then(|cookie| cookie.split_once('=')) {
            self.call("Network.setCookie", &json!({"url": url, "name": name, "value": value}));
        }
    }

    /// Presses a key and lets it go.
    pub(crate) fn press(&self, key: &str, code: u32) {
        let event =
            |kind: &str| json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
        self.post("Input.dispatchKeyEvent", &event("rawKeyDown"));
        self.call("Input.dispatchKeyEvent", &event("keyUp"));
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        self.browser.forget(&self.session);
        let context = json!({"browserContextId": self.context});
        let _answer = self.browser.ask(None, "Target.disposeBrowserContext", &context);
    }
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap_or_else(|| panic!("no {name} in {answer}")).to_owned()
}
