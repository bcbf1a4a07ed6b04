//! What the browser told while it showed a page: what was asked for, how much came, and what went wrong.

use std::collections::HashMap;

use serde_json::Value;

/// What happened since a page was gone to.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// Every address that was asked for.
    asked: Vec<String>,
    /// The status of the page itself, and of nothing that it brings along.
    status: Option<u64>,
    /// Bytes that came over the wire, by request.
    came: HashMap<String, f64>,
    /// What the console shows as wrong.
    wrong: Vec<String>,
    loaded: bool,
}

impl Journal {
    /// Notes what the browser told.
    pub(crate) fn note(&mut self, event: &Value) {
        let told = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Page.loadEventFired" => self.loaded = true,
            "Network.requestWillBeSent" => self.asked.push(text(&told["request"]["url"])),
            "Network.responseReceived" => self.note_answer(told),
            "Network.loadingFinished" => {
                self.came.insert(text(&told["requestId"]), told["encodedDataLength"].as_f64().unwrap_or(0.0));
            }
            "Network.loadingFailed" => self.wrong.push(format!("did not load: {}", told["errorText"])),
            "Runtime.exceptionThrown" => self.wrong.push(told["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled" if told["type"] != "log" => self.wrong.push(told["args"].to_string()),
            "Log.entryAdded" => self.note_entry(&told["entry"]),
            "Page.javascriptDialogOpening" => self.wrong.push(format!("a dialog: {}", told["message"])),
            _ => {}
        }
    }

    /// Notes what was answered. That a page itself is a refusal is no fault.
    fn note_answer(&mut self, told: &Value) {
        let status = told["response"]["status"].as_u64();
        if told["type"] == "Document" {
            self.status = status;
        } else if status.is_none_or(|status| status >= 400) {
            self.wrong.push(format!("{} answers {status:?}", text(&told["response"]["url"])));
        }
    }

    /// Notes an entry of the console, but for what [`Self::note_answer`] notes by itself.
    fn note_entry(&mut self, entry: &Value) {
        let said = text(&entry["text"]);
        let is_fault = entry["level"] == "error" || entry["level"] == "warning";
        let is_status = entry["source"] == "network" && said.contains("responded with a status of");
        if is_fault && !is_status {
            self.wrong.push(format!("{}: {said}", text(&entry["source"])));
        }
    }

    pub(crate) const fn is_loaded(&self) -> bool {
        self.loaded
    }

    pub(crate) const fn status(&self) -> Option<u64> {
        self.status
    }

    /// How many bytes came over the wire.
    pub(crate) fn bytes(&self) -> f64 {
        self.came.values().sum()
    }

    /// What was asked of anybody but the register, and what the console shows as wrong.
    pub(crate) fn complaints(&self, url: &str) -> Vec<String> {
        let elsewhere = self.asked.iter().filter(|asked| {
            // Browsers draw the signs of some fields themselves.
            !asked.starts_with(&format!("{url}/")) && !asked.starts_with("data:image/")
        });
        let elsewhere = elsewhere.map(|asked| format!("asks for {asked:.100}"));
        elsewhere.chain(self.wrong.iter().map(|wrong| format!("console: {wrong:.300}"))).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
