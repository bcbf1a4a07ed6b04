//! Without scripts the pages say the same.

use serde_json::json;

use crate::demonstration::demonstration;
use crate::survey::{survey, text};
use crate::sweep::{LANGUAGES, Look, every_screen};
use crate::tab::Tab;

/// How often a screen is looked at in both ways before they are said to differ: pages tell days that are left, and a
/// day may end between two looks, but not between each two of several.
const MOST_LOOKS: usize = 3;

#[test]
fn every_screen_says_the_same_without_scripts() {
    // Before the sweep: both want the browser for themselves.
    let seen = survey();
    every_screen(&LANGUAGES, |tab, look| {
        let seen = seen.iter().find(|seen| seen.look.name() == look.name());
        let mut with = seen.map_or(String::new(), |seen| seen.text.clone());
        let mut without = says(tab, look, false);
        for _ in 1..MOST_LOOKS {
            if without == with {
                break;
            }
            with = says(tab, look, true);
            without = says(tab, look, false);
        }
        if without.trim().is_empty() || without != with {
            return vec![format!("says {without:?} without scripts and {with:?} with them")];
        }
        Vec::new()
    })
    .are_none();
}

/// The text of a screen, with or without scripts.
fn says(tab: &mut Tab, look: &Look, scripts: bool) -> String {
    tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": !scripts}));
    tab.visit(&format!("{}{}", demonstration().url(), look.path()));
    let says = text(tab);
    tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": false}));
    says
}

#[test]
fn scripts_are_off_where_they_are_said_to_be() {
    let mut tab = Tab::open();
    let page = "data:text/html,<main>served</main><script>document.querySelector('main').append(' by script')</script>";
    tab.visit(page);
    assert_eq!(text(&tab), "served by script");
    tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    tab.visit(page);
    assert_eq!(text(&tab), "served");
}
