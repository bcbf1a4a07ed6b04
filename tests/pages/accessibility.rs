//! What axe-core objects to, by the rules of WCAG 2.2 A and AA: on every screen, in every language, on narrow and wide
//! windows, in light and dark colours.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;

use crate::sweep::{LANGUAGES, every_screen};
use crate::tab::{Tab, View};

/// axe-core 4.14.1, unchanged; its licence lies beside it.
const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// The digest of the published file: what is changed here is not what others trust.
const AXE_DIGEST: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const VIEWS: [View; 4] = [
    View { width: 1280, dark: false },
    View { width: 1280, dark: true },
    View { width: 320, dark: true },
    View { width: 320, dark: false },
];

/// Asks axe, and gives what it objects to: the rule, the element and why.
fn objections(tab: &Tab) -> Vec<String> {
    let options = json!({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]});
    tab.complaints(&format!(
        "async () => (await axe.run(document, {options})).violations.flatMap(violation => violation.nodes
            .slice(0, 3).map(node => `${{violation.id}}: ${{node.html.slice(0, 160)}}: ${{node.failureSummary}}`))"
    ))
}

#[test]
fn axe_objects_to_nothing_on_any_screen() {
    every_screen(&LANGUAGES, |tab, _| {
        tab.value(&format!("{AXE};0"));
        let of_views = VIEWS.iter().flat_map(|view| {
            tab.look(*view);
            let (width, colours) = (view.width, if view.dark { "dark" } else { "light" });
            objections(tab).into_iter().map(move |objection| format!("{width} px, {colours}: {objection}"))
        });
        of_views.collect()
    })
    .are_none();
}

#[test]
fn axe_objects_to_a_picture_without_a_text_and_to_faint_words() {
    let mut tab = Tab::open();
    tab.visit(
        "data:text/html,<html lang=en><title>x</title><img src=y><p style='color:%23ccc;background:white'>faint",
    );
    tab.value(&format!("{AXE};0"));
    let found = objections(&tab);
    for rule in ["image-alt: ", "color-contrast: "] {
        assert!(found.iter().any(|objection| objection.starts_with(rule)), "{rule}{found:?}");
    }
}

#[test]
fn the_copy_of_axe_is_the_published_one() {
    let expected = AXE_DIGEST.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    let expected: Vec<_> = expected.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    assert_eq!(digest(&SHA256, AXE.as_bytes()).as_ref(), expected);
}
