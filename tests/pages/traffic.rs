//! What pages ask for and of whom, and how much of it comes over the wire.

use serde_json::json;

use crate::demonstration::demonstration;
use crate::survey::of_every_screen;
use crate::sweep::{LONGEST, every_screen};
use crate::tab::Tab;

/// The most that a first visit takes, in bytes.
const FIRST: f64 = 150_000.0;

/// The most that a page takes after that.
const NEXT: f64 = 30_000.0;

#[test]
fn pages_ask_nobody_else_and_the_console_stays_empty() {
    of_every_screen(|seen| seen.wrong.clone()).are_none();
}

#[test]
fn what_is_asked_of_others_and_shown_on_the_console_is_found() {
    let mut tab = Tab::open();
    let page = "data:text/html,<script>console.error('no')</script><img src=http://127.0.0.1:9/x>";
    let found = tab.visit(page).complaints(demonstration().url());
    for what in ["asks for http://127.0.0.1:9/x", "console: [", "console: did not load"] {
        assert!(found.iter().any(|complaint| complaint.starts_with(what)), "{what}: {found:?}");
    }
}

#[test]
fn what_the_policy_of_a_page_forbids_does_not_run_and_is_told() {
    let mut tab = Tab::open();
    tab.visit(&format!("{}/en/help", demonstration().url()));
    tab.value(
        "new Promise(done => { addEventListener('securitypolicyviolation', done, { once: true });
         const script = document.createElement('script'); script.textContent = 'window.ran = true';
         document.body.append(script); })",
    );
    assert_eq!(tab.value("window.ran === undefined"), true);
    let found = tab.journal().complaints(demonstration().url());
    assert!(found.iter().any(|complaint| complaint.contains("Content Security Policy")), "{found:?}");
}

#[test]
fn pages_are_small_at_the_first_visit_and_smaller_at_the_next() {
    every_screen(&LONGEST, |tab, look| {
        let address = format!("{}{}", demonstration().url(), look.path());
        tab.call("Network.clearBrowserCache", &json!({}));
        let first = tab.visit(&address).bytes();
        let next = tab.visit(&address).bytes();
        let mut complaints = Vec::new();
        // What is not a page at all is smaller still.
        if !(1_000.0..FIRST).contains(&first) {
            complaints.push(format!("takes {first} bytes at first"));
        }
        if next > NEXT {
            complaints.push(format!("takes {next} bytes"));
        }
        complaints
    })
    .are_none();
}
