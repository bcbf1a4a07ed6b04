//! Without scripts the pages say the same.

use serde_json::json;

use crate::demonstration::demonstration;
use crate::survey::{survey, text};
use crate::sweep::{LANGUAGES, every_screen};
use crate::tab::Tab;

#[test]
fn every_screen_says_the_same_without_scripts() {
    // Before the sweep: both want the browser for themselves.
    let seen = survey();
    every_screen(&LANGUAGES, |tab, look| {
        tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
        tab.visit(&format!("{}{}", demonstration().url(), look.path()));
        let without = text(tab);
        tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": false}));
        let with = seen.iter().find(|seen| seen.look.name() == look.name());
        let with = with.map_or("", |seen| seen.text.as_str());
        if without.trim().is_empty() || without != with {
            return vec![format!("says {} letters with scripts and {} without", with.len(), without.len())];
        }
        Vec::new()
    })
    .are_none();
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
