//! What pages have in common: language, title, headings, and help in the same place.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::survey::{faults_of_frame, of_every_screen};
use crate::sweep::Complaints;
use crate::tab::Tab;

#[test]
fn every_screen_has_one_heading_order_and_takes_what_is_pasted() {
    of_every_screen(|seen| seen.frame.clone()).are_none();
}

#[test]
fn every_screen_says_which_language_it_is_in() {
    of_every_screen(|seen| {
        let language = seen.told("language");
        if language == seen.look.language {
            Vec::new()
        } else {
            vec![format!("says that it is in {language:?}")]
        }
    })
    .are_none();
}

#[test]
fn headings_that_leave_out_a_level_and_fields_that_take_no_paste_are_found() {
    let mut tab = Tab::open();
    tab.visit(
        "data:text/html,<h1>a</h1><h3>b</h3><h1>c</h1><h2> </h2><input onpaste='return false'><input type=password>\
         <p>indicator.named",
    );
    let found = faults_of_frame(&tab);
    for what in [
        "has 2 h1",
        "leaves out a level",
        "has an empty h2",
        "takes nothing",
        "does not say which password",
        "shows a code",
    ] {
        assert!(found.iter().any(|complaint| complaint.starts_with(what)), "{what}: {found:?}");
    }
}

#[test]
fn titles_name_the_platform_and_no_two_pages_have_the_same() {
    let mut titles: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    of_every_screen(|seen| {
        let (title, platform) = (seen.told("title"), seen.told("platform"));
        // The same address is the same page, whoever looks at it, and titles are told apart within a language.
        let of_title = titles.entry((seen.look.language, title.to_owned())).or_default();
        of_title.push(seen.told("address").to_owned());
        let own = title.strip_suffix(platform).and_then(|rest| rest.strip_suffix(" — "));
        let is_complete = own.is_some_and(|own| !own.trim().is_empty());
        if is_complete { Vec::new() } else { vec![format!("is titled {title:?}")] }
    })
    .are_none();
    let mut complaints = Complaints::default();
    for ((_, title), mut addresses) in titles {
        addresses.sort_unstable();
        addresses.dedup();
        if let [first, .., last] = addresses.as_slice() {
            complaints.add(first, vec![format!("{title:?} is also the title of {last}")]);
        }
    }
    complaints.are_none();
}

#[test]
fn help_is_in_the_same_place_on_every_page() {
    let mut places: BTreeMap<&str, Value> = BTreeMap::new();
    of_every_screen(|seen| {
        let (links, language) = (seen.foot(), seen.look.language);
        let help = format!("/{language}/help");
        let expected = places.entry(language).or_insert_with(|| links.clone());
        let mut complaints = Vec::new();
        if !links.as_array().is_some_and(|links| links.iter().any(|link| *link == help)) {
            complaints.push(format!("leads nobody to help: {links}"));
        }
        if expected != links {
            complaints.push(format!("has another order at its foot: {links}"));
        }
        complaints
    })
    .are_none();
}
