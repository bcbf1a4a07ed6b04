//! How pages are laid out where there is little room, and what there is to hit with a finger.

use crate::screenshots::take;
use crate::sweep::{LANGUAGES, every_screen};
use crate::tab::{Tab, View};

const LAYOUT: &str = include_str!("scripts/layout.js");

/// The least that a page is laid out for, a usual telephone, a tablet and a desk.
const WIDTHS: [u32; 4] = [320, 360, 768, 1280];

#[test]
fn nothing_is_cut_off_too_small_or_to_be_dragged() {
    every_screen(&LANGUAGES, |tab, look| {
        let of_widths = WIDTHS.iter().flat_map(|width| {
            tab.look(View { width: *width, dark: false });
            take(tab, look, *width);
            tab.complaints(LAYOUT).into_iter().map(move |complaint| format!("{width} px: {complaint}"))
        });
        of_widths.collect()
    })
    .are_none();
}

#[test]
fn small_targets_and_wide_boxes_are_found() {
    let mut tab = Tab::open();
    tab.visit(
        "data:text/html,<meta charset=utf-8><div style='width:2000px'>wide</div><button \
         style='width:9px;height:9px;padding:0'></button><button style='width:9px;height:9px;padding:0'></button><p \
         style='overflow:hidden;width:40px;white-space:nowrap'>a long sentence that is not seen</p><p>Read <a \
         href=x>x</a> and <a href=y>y</a>, both in a sentence.</p><input type=range>",
    );
    tab.look(View { width: 320, dark: false });
    let found = tab.complaints(LAYOUT);
    for what in ["scrolls sideways", "is a target of 9 by 9", "is cut off", "is to be dragged"] {
        assert!(found.iter().any(|complaint| complaint.starts_with(what)), "{what}: {found:?}");
    }
    assert!(!found.iter().any(|complaint| complaint.contains("<a href")), "{found:?}");
}
