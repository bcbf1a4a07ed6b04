//! Texts of people stay texts, also where the policy of the pages did not stand behind their escaping.

use std::collections::BTreeSet;

use qadam_tests::socket::ask;
use serde_json::json;

use crate::demonstration::Demonstration;
use crate::hostile::fill;
use crate::screens::Who;
use crate::sweep::{Complaints, LANGUAGES};
use crate::tab::Tab;

/// What is said back to whoever sends it in an address.
const ECHOED: [&str; 7] = [
    "items?q=",
    "items?status=",
    "items/C-2026-0008/links?find=",
    "sign-in?next=",
    "password?token=",
    "help?done=",
    "calendar?lead=",
];

const IN_ADDRESS: &str = "%22%27%3E%3Ci%20data-injected%3E%3Cimg%20src=x%20onerror=window.ran=1%3E%3C/script%3E\
                          %3Cscript%3Ewindow.ran=1%3C/script%3E";

/// What the texts became: whether anything ran, which elements were made of them, and which fields were shown.
const LOOK: &str = r#"(() => {
    const made = [...document.querySelectorAll("[data-injected], img, main script, main style, iframe, object, embed")];
    const handled = [...document.querySelectorAll("*")].filter(
        element => [...element.attributes].some(({ name }) => name.startsWith("on")));
    const scripted = [...document.querySelectorAll("[href], [action], [src]")].filter(element =>
        /^\s*(javascript|data|vbscript):/i.test(["href", "action", "src"].map(name => element.getAttribute(name) ?? "").join("")));
    return {
        ran: window.ran !== undefined,
        made: [...made, ...handled, ...scripted].map(element => element.outerHTML.slice(0, 200)),
        shown: [...document.documentElement.outerHTML.matchAll(/mark-([a-z_.]+)-/g)].map(found => found[1]),
    };
})()"#;

/// Looks at a page without the policy, and adds what is wrong and which fields are shown.
fn look(tab: &mut Tab, url: &str, path: &str, complaints: &mut Complaints, shown: &mut BTreeSet<String>) {
    let told = tab.visit(&format!("{url}{path}")).complaints(url);
    complaints.add(path, told);
    let found = tab.value(LOOK);
    if found["ran"] != false {
        complaints.add(path, vec!["runs what people wrote".to_owned()]);
    }
    for made in found["made"].as_array().expect("elements") {
        complaints.add(path, vec![format!("makes {made}")]);
    }
    shown.extend(
        found["shown"]
            .as_array()
            .expect("fields")
            .iter()
            .filter_map(|field| field.as_str())
            .map(str::to_owned),
    );
}

#[test]
fn nothing_that_people_write_runs_or_becomes_an_element() {
    let demonstration = Demonstration::start();
    let pages = fill(&demonstration);
    let url = demonstration.url();
    let mut tab = Tab::open();
    tab.call("Page.setBypassCSP", &json!({"enabled": true}));
    tab.become_somebody(url, demonstration.cookie(Who::Secretariat).as_deref());
    let (mut complaints, mut shown) = (Complaints::default(), BTreeSet::new());
    for language in LANGUAGES {
        for path in &pages.paths {
            look(&mut tab, url, &format!("/{language}/{path}"), &mut complaints, &mut shown);
        }
        for path in ECHOED {
            look(&mut tab, url, &format!("/{language}/{path}{IN_ADDRESS}"), &mut complaints, &mut shown);
        }
    }
    complaints.are_none();
    let hidden: Vec<_> = pages.fields().into_iter().filter(|field| !shown.contains(field)).collect();
    assert!(hidden.is_empty(), "no page showed {hidden:?}");
}

#[test]
fn an_address_that_would_run_is_not_taken() {
    let demonstration = crate::demonstration::demonstration();
    let token = demonstration.token(Who::Secretariat);
    let source = json!({"mechanism": "CAT", "url": "javascript:window.ran=1"});
    let body = json!({"kind": "recommendation", "title": {"en": "A"}, "source": source});
    let answer = ask(demonstration.url(), "POST", "/items", Some(&token), Some(&body)).expect("an answer");
    assert_eq!(answer.0, 422, "{}", answer.1);
}

#[test]
fn a_text_that_becomes_an_element_is_found() {
    let mut tab = Tab::open();
    tab.visit("data:text/html,<i data-injected>x</i><a href='javascript:x'>mark-a.b-</a><img src=x onerror=window.ran=1>");
    let found = tab.value(LOOK);
    assert_eq!(found["shown"], json!(["a.b"]));
    assert_eq!(found["made"].as_array().map(Vec::len), Some(4), "{found}");
    assert_eq!(tab.value("new Promise(done => { const look = () => window.ran ? done(1) : requestAnimationFrame(look); look(); })"), 1);
}
