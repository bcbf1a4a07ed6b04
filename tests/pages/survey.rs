//! What every screen says, looked at once for all checks that need no more than that.

use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::Value;

use crate::demonstration::demonstration;
use crate::sweep::{Complaints, LANGUAGES, Look, every_screen};
use crate::tab::Tab;

const FRAME: &str = include_str!("scripts/frame.js");

/// What is read of a page.
const TOLD: &str = "(() => ({
    language: document.documentElement.lang,
    title: document.title,
    platform: document.querySelector('header .name').innerText.trim(),
    address: location.pathname + location.search,
    foot: [...document.querySelectorAll('body > footer nav a')].map(link => link.getAttribute('href')),
}))()";

/// The least length of what names a request, which no word is as long as.
const IDENTIFIER: usize = 20;

/// What a screen says.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) look: Look,
    /// What is wrong with its headings and fields.
    pub(crate) frame: Vec<String>,
    /// What it asked of others, and what the console shows.
    pub(crate) wrong: Vec<String>,
    /// Its text.
    pub(crate) text: String,
    told: Value,
}

impl Seen {
    /// A part of what was read of the page.
    pub(crate) fn told(&self, name: &str) -> &str {
        self.told[name].as_str().expect("a text")
    }

    /// The links at its foot.
    pub(crate) fn foot(&self) -> &Value {
        &self.told["foot"]
    }
}

static SURVEY: LazyLock<Vec<Seen>> = LazyLock::new(|| {
    let seen = Mutex::default();
    let hold =
        || -> std::sync::MutexGuard<'_, Vec<Seen>> { seen.lock().unwrap_or_else(PoisonError::into_inner) };
    every_screen(&LANGUAGES, |tab, look| {
        let (frame, text, told) = (tab.complaints(FRAME), text(tab), tab.value(TOLD));
        let wrong = tab.journal().complaints(demonstration().url());
        hold().push(Seen { look: *look, frame, wrong, text, told });
        Vec::new()
    })
    .are_none();
    seen.into_inner().unwrap_or_else(PoisonError::into_inner)
});

/// All screens as they were seen.
pub(crate) fn survey() -> &'static [Seen] {
    &SURVEY
}

/// Asks a check about all screens as they were seen.
pub(crate) fn of_every_screen(mut check: impl FnMut(&Seen) -> Vec<String>) -> Complaints {
    let mut complaints = Complaints::default();
    for seen in survey() {
        complaints.add(&seen.look.name(), check(seen));
    }
    complaints
}

/// What is wrong with headings and fields of the page in a tab.
pub(crate) fn faults_of_frame(tab: &Tab) -> Vec<String> {
    tab.complaints(FRAME)
}

/// What is read of the page in a tab, without what each request has of its own.
pub(crate) fn text(tab: &Tab) -> String {
    let text = tab.value("document.querySelector('main').innerText");
    let is_identifier = |word: &&str| {
        word.len() >= IDENTIFIER && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let words = text.as_str().expect("a text").split_whitespace();
    words.filter(|word| !is_identifier(word)).collect::<Vec<_>>().join(" ")
}
