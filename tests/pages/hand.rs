//! A person at a tab: points and clicks with the mouse, types on the keyboard.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::chromium::PATIENCE;
use crate::tab::Tab;

impl Tab {
    /// Points at the one element that a selector names, and gives its middle. What does not show cannot be pointed at.
    fn point_at(&self, selector: &str) -> (f64, f64) {
        let find = format!(
            "(() => {{
                const all = [...document.querySelectorAll({selector})].filter(one => one.checkVisibility());
                if (all.length !== 1) return all.length;
                all[0].scrollIntoView({{block: 'center', behavior: 'instant'}});
                const box = all[0].getClientRects()[0];
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})()",
            selector = json!(selector)
        );
        let found = self.value(&find);
        let place =
            found.as_array().and_then(|place| Some((place.first()?.as_f64()?, place.get(1)?.as_f64()?)));
        place.unwrap_or_else(|| panic!("{selector}: {found} of them on {}: {}", self.address(), self.words()))
    }

    /// Clicks on something that changes the page alone: a box, a field, what folds open.
    pub(crate) fn touch(&self, selector: &str) {
        let (x, y) = self.point_at(selector);
        let mouse = |kind: &str| json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
        self.call("Input.dispatchMouseEvent", &mouse("mousePressed"));
        self.call("Input.dispatchMouseEvent", &mouse("mouseReleased"));
    }

    /// Clicks on a link or a button, and waits for the page that it leads to.
    pub(crate) fn click(&mut self, selector: &str) {
        // The page that comes is another one: it does not bear this mark.
        self.value("document.documentElement.dataset.left = 'yes', 0");
        self.touch(selector);
        let begun = Instant::now();
        let come = "document.readyState === 'complete' && !document.documentElement.dataset.left";
        while !self.holds(come) {
            assert!(begun.elapsed() < PATIENCE, "{selector} leads nowhere from {}", self.address());
            std::thread::yield_now();
        }
    }

    /// Types into a field.
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        self.touch(selector);
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Chooses a file for a field, as the window of the system does that a browser opens for it.
    pub(crate) fn choose(&self, selector: &str, file: &Path) {
        let find = json!({"expression": format!("document.querySelector({})", json!(selector))});
        let object = self.call("Runtime.evaluate", &find)["result"]["objectId"].clone();
        self.call("DOM.setFileInputFiles", &json!({"objectId": object, "files": [file]}));
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        self.value("location.href").as_str().unwrap_or_default().to_owned()
    }

    /// The words on the page, outside of its frame.
    pub(crate) fn words(&self) -> String {
        self.value("document.querySelector('main')?.innerText ?? ''").as_str().unwrap_or_default().to_owned()
    }

    /// How many elements a selector names.
    pub(crate) fn count(&self, selector: &str) -> u64 {
        let count: Value = self.value(&format!("document.querySelectorAll({}).length", json!(selector)));
        count.as_u64().unwrap_or_default()
    }
}
