//! The table of screens leaves no page out: it is held against the routes in the source.

use qadam_tests::page_routes::{all, is_of, of};

use crate::screens::{NO_PAGES, SCREENS};

#[test]
fn every_page_of_the_source_is_in_the_table() {
    let covered =
        |route: &str| NO_PAGES.contains(&route) || SCREENS.iter().any(|screen| is_of(route, screen.path));
    let missing: Vec<_> = all().into_iter().filter(|route| !covered(route)).collect();
    assert!(missing.is_empty(), "add these to the table of screens: {missing:?}");
}

#[test]
fn routes_are_read_from_the_source_as_it_is_formatted() {
    let source =
        ".route(\"/a\", get(x).post(y))\n.route(\n    \"/b/{c}\",\n    get(z),\n)\n.route(\"/d\", post(w))";
    assert_eq!(of(source), ["a", "b/{c}"]);
    assert!(is_of("b/{c}", "b/1?d=2") && is_of("a", "a"));
    assert!(!is_of("b/{c}", "b") && !is_of("b", "b/1") && !is_of("a", "b"));
}
