//! A text is put into another language by clicking: found on the desk, written beside its original, kept through
//! whatever goes wrong, and read by everybody.

use serde_json::{Value, json};

use crate::demonstration::Demonstration;
use crate::screens::Who;
use crate::tab::{Tab, View};

/// How many pages of the list are looked through.
const PAGES: usize = 20;

/// A commitment of a body that can be read in Russian alone.
fn commitment(demonstration: &Demonstration) -> String {
    let officer = demonstration.token(Who::Officer);
    let body = json!({"kind": "commitment", "title": {"ru": "Ответ прокуратуры"}, "due_on": "2030-12-31"});
    let made = demonstration.write(&officer, "POST", "/items", &body);
    let id = made["id"].as_str().expect("an id").to_owned();
    let planned = json!({"to": "planned"});
    demonstration.write(&officer, "POST", &format!("/items/{id}/status-changes"), &planned);
    id
}

/// Looks through the desk until a link to the item is there.
fn find(tab: &mut Tab, link: &str) {
    for _ in 0..PAGES {
        if tab.count(link) > 0 {
            return;
        }
        tab.click("nav.pages a[rel=next]");
    }
    panic!("{link} is on no page of the desk");
}

fn typed(tab: &Tab) -> Value {
    tab.value("document.querySelector(\"[name='title.kk']\").value")
}

#[test]
fn a_text_is_translated_by_clicking_and_nothing_typed_is_lost_on_the_way() {
    const WORDS: &str = "Прокуратураның жауабы";
    let demonstration = Demonstration::start();
    for scripts in [true, false] {
        let id = commitment(&demonstration);
        let mut tab = Tab::open();
        tab.look(View { width: 1280, dark: false });
        tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": !scripts}));
        tab.become_somebody(demonstration.url(), demonstration.cookie(Who::Secretariat).as_deref());
        tab.visit(&format!("{}/ru/translations?language=kk", demonstration.url()));
        let link = format!("ol.rows a[href*='/translations/{id}']");
        find(&mut tab, &link);
        tab.click(&link);
        assert!(tab.words().contains("Ответ прокуратуры"), "the original is beside: {}", tab.words());

        // Who made it was not said.
        tab.fill("[name='title.kk']", WORDS);
        tab.click("button[value=next]");
        assert_eq!((tab.count("#wrong"), typed(&tab)), (1, json!(WORDS)), "{}", tab.words());

        // Somebody else changes the item meanwhile.
        let secretariat = demonstration.token(Who::Secretariat);
        let other = json!({"title": {"en": "The answer"}});
        demonstration.write(&secretariat, "PATCH", &format!("/items/{id}"), &other);
        tab.touch("[name='translations.kk'][value=human]");
        tab.click("button[value=stay]");
        assert_eq!((tab.count("#wrong"), typed(&tab)), (1, json!(WORDS)), "{}", tab.words());

        tab.click("button[value=next]");
        assert!(tab.address().contains("done=translated"), "{}: {}", tab.address(), tab.words());
        assert!(!tab.address().contains(&id), "it leads on: {}", tab.address());
        tab.become_somebody(demonstration.url(), None);
        tab.visit(&format!("{}/kk/items/{id}", demonstration.url()));
        assert_eq!(tab.value("document.querySelector('h1').innerText"), json!(WORDS));
    }
}
