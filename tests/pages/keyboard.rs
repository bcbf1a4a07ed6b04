//! With the keyboard alone: everything that can be used is reached, and whoever goes there sees where they are.

use std::collections::BTreeSet;

use crate::demonstration::demonstration;
use crate::sweep::{LONGEST, every_screen};
use crate::tab::{Tab, View};

const FOCUS: &str = include_str!("scripts/focus.js");
const TABBABLE: &str = include_str!("scripts/tabbable.js");

/// Widths in which everything is gone through.
const WIDTHS: [u32; 2] = [1280, 320];

/// Steps after which a page holds whoever goes through it.
const MOST_STEPS: usize = 2_000;

/// The number by which browsers know the tabulator.
const TABULATOR: u32 = 9;

/// Goes from the beginning to the end of a page, and gives what is wrong on the way.
fn go_through(tab: &mut Tab, address: &str, width: u32) -> Vec<String> {
    // Anew each time: where somebody was before is where the next step begins.
    tab.visit(address);
    tab.look(View { width, dark: false });
    let mut expected = tab.value(&format!("({TABBABLE})()")).as_object().expect("places").clone();
    let (mut seen, mut last, mut complaints) = (BTreeSet::new(), String::new(), Vec::new());
    for _ in 0..MOST_STEPS {
        tab.press("Tab", TABULATOR);
        let found = tab.value(&format!("({FOCUS})()"));
        let Some(place) = found["place"].as_str() else { break };
        expected.remove(place);
        // Days are written in parts, each a step of its own.
        if last == place {
            continue;
        }
        place.clone_into(&mut last);
        if !seen.insert(place.to_owned()) {
            break;
        }
        if let Some(wrong) = found["wrong"].as_str() {
            complaints.push(format!("{width} px: {wrong}: {}", found["name"].as_str().unwrap_or_default()));
        }
    }
    complaints
        .extend(expected.values().map(|missed| format!("{width} px: the keyboard does not reach {missed}")));
    complaints
}

#[test]
fn the_keyboard_reaches_everything_and_its_place_is_seen() {
    every_screen(&LONGEST, |tab, look| {
        let address = format!("{}{}", demonstration().url(), look.path());
        WIDTHS.iter().flat_map(|width| go_through(tab, &address, *width)).collect()
    })
    .are_none();
}

#[test]
fn a_bar_that_covers_what_has_the_focus_is_found() {
    let mut tab = Tab::open();
    let page = "data:text/html,<body style='height:3000px'><div style='position:fixed;inset:0 0 auto;height:99px;\
         background:red'></div><a href=x>a</a><a href=y style='outline:0;position:relative;top:200px'>b</a>";
    let found = go_through(&mut tab, page, 1280);
    assert!(found.iter().any(|complaint| complaint.contains("is covered by")), "{found:?}");
    assert!(found.iter().any(|complaint| complaint.contains("has no outline")), "{found:?}");
}
