//! Single keys for going through lists, and several items reported on at once: by keys, by clicking, without scripts.

use serde_json::{Value, json};

use crate::demonstration::demonstration;
use crate::screens::Who;
use crate::tab::{Tab, View};

/// What the body answers for, as a list.
const LIST: &str = "items?owner=GPO&status=planned,in_progress";

/// A tab of somebody, with scripts or without.
fn tab_of(who: Who, scripts: bool) -> Tab {
    let tab = Tab::open();
    tab.look(View { width: 1280, dark: false });
    tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": !scripts}));
    tab.become_somebody(demonstration().url(), demonstration().cookie(who).as_deref());
    tab
}

fn open(tab: &mut Tab, path: &str) {
    tab.visit(&format!("{}/ru/{path}", demonstration().url()));
}

/// Presses a key that writes a letter or a sign.
fn press(tab: &Tab, key: &str) {
    tab.press(key, u32::from(key.to_ascii_uppercase().as_bytes()[0]));
}

/// Which row of the list has the focus.
fn row(tab: &Tab) -> Value {
    tab.value("[...document.querySelectorAll('main .rows > li')].findIndex(row => row.contains(document.activeElement))")
}

/// Waits until something is so.
fn once(tab: &Tab, expression: &str) {
    let wait = format!(
        "new Promise(done => {{
            const look = () => {expression} ? done(true) : requestAnimationFrame(look);
            look();
        }})"
    );
    assert_eq!(tab.value(&wait), json!(true), "{expression}");
}

#[test]
fn rows_are_gone_through_with_single_keys_which_rest_while_somebody_types() {
    let mut tab = tab_of(Who::Officer, true);
    open(&mut tab, "items");
    assert_eq!(row(&tab), json!(-1));
    for (key, expected) in [("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)] {
        press(&tab, key);
        assert_eq!(row(&tab), json!(expected), "{key}");
    }
    // The same keys where another alphabet is on them.
    let told = |key: &str| {
        let event = format!("new KeyboardEvent('keydown', {{bubbles: true, {key}}})");
        tab.value(&format!("document.activeElement.dispatchEvent({event}), 0"));
    };
    told("key: 'о', code: 'KeyJ'");
    assert_eq!(row(&tab), json!(1));
    told("key: 'j', code: 'KeyJ', ctrlKey: true");
    assert_eq!(row(&tab), json!(1), "with others it is the browser's");

    press(&tab, "/");
    assert_eq!(tab.value("document.activeElement.id"), json!("words"));
    press(&tab, "j");
    assert_eq!(tab.value("document.activeElement.id"), json!("words"));
    tab.value("document.activeElement.blur(), 0");
    press(&tab, "?");
    once(&tab, "document.querySelector('dialog[open] dd')");
    tab.touch("dialog[open] button");
    once(&tab, "!document.querySelector('dialog')");
}

#[test]
fn whoever_does_not_want_keys_switches_them_off_and_the_public_switches_them_on() {
    let mut tab = tab_of(Who::Officer, true);
    open(&mut tab, "account");
    tab.click("button[name=keys][value=off]");
    assert!(tab.address().contains("/account?done=shortcuts_off"), "{}", tab.address());
    open(&mut tab, "items");
    press(&tab, "j");
    assert_eq!(row(&tab), json!(-1));

    tab.become_somebody(demonstration().url(), None);
    open(&mut tab, "items");
    press(&tab, "j");
    assert_eq!(row(&tab), json!(-1));
    open(&mut tab, "help");
    tab.click("button[name=keys][value=on]");
    open(&mut tab, "items");
    press(&tab, "j");
    assert_eq!(row(&tab), json!(0));
}

#[test]
fn what_is_marked_in_a_list_is_what_is_reported_on_at_once() {
    for scripts in [true, false] {
        let mut tab = tab_of(Who::Officer, scripts);
        open(&mut tab, LIST);
        if scripts {
            press(&tab, "j");
            press(&tab, "x");
        } else {
            tab.touch("main .rows > li:first-child > .mark");
        }
        let marked = tab.value("document.querySelector('.mark:checked').value");
        tab.click("form[action$='/bulk'] button");
        assert!(tab.address().ends_with(&format!("/bulk?item={}", marked.as_str().expect("one"))));
        assert_eq!((tab.count("[name=item]"), tab.count("[name=item]:checked")), (1, 1));

        // The list as it is narrowed, to be mailed.
        open(&mut tab, LIST);
        let rows = tab.count("main .rows > li");
        tab.click("main a[href*='/bulk?']");
        assert_eq!(
            (tab.count("[name=item]"), tab.count("[name=item]:checked")),
            (rows, 0),
            "{}",
            tab.address()
        );
        // Where something is wrong, the same is shown again.
        tab.touch("main .rows > li:first-child input");
        tab.click("button[value=hand_in]");
        assert_eq!(
            (tab.count("[name=item]"), tab.count("[name=item]:checked")),
            (rows, 1),
            "{}",
            tab.address()
        );
    }
}
