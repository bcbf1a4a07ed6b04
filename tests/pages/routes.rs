//! The table of screens leaves no page out: it is held against the routes in the source.

use std::path::{Path, PathBuf};

use crate::screens::{NO_PAGES, SCREENS};

/// The one file whose routes lie outside of the languages: what is no page, and the front door.
const OUTER: &str = "router.rs";

/// Every source file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).expect("the source of the pages").map(|entry| entry.expect("one").path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The addresses of a source file that are asked for with GET.
fn routes(source: &str) -> Vec<String> {
    let after_route = source.split(".route(").skip(1);
    let with_get = after_route.filter_map(|rest| {
        let (address, rest) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        let handler = rest.trim_start().strip_prefix(',')?.trim_start();
        handler.starts_with("get(").then(|| address.trim_start_matches('/').to_owned())
    });
    with_get.collect()
}

/// Whether an address is one of a route.
fn is_of(route: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (mut parts, mut asked) = (route.split('/'), path.split('/'));
    loop {
        match (parts.next(), asked.next()) {
            (None, None) => return true,
            (Some(part), Some(asked)) if part.starts_with('{') || part == asked => {}
            _ => return false,
        }
    }
}

#[test]
fn every_page_of_the_source_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/web/src");
    let files = sources(&folder).into_iter().filter(|path| path.file_name().is_none_or(|name| name != OUTER));
    let found: Vec<_> =
        files.flat_map(|path| routes(&std::fs::read_to_string(path).expect("a source file"))).collect();
    assert!(found.len() > 15, "the routes are written in another way: {found:?}");
    let covered =
        |route: &str| NO_PAGES.contains(&route) || SCREENS.iter().any(|screen| is_of(route, screen.path));
    let missing: Vec<_> = found.iter().filter(|route| !covered(route)).collect();
    assert!(missing.is_empty(), "add these to the table of screens: {missing:?}");
}

#[test]
fn routes_are_read_from_the_source_as_it_is_formatted() {
    let source =
        ".route(\"/a\", get(x).post(y))\n.route(\n    \"/b/{c}\",\n    get(z),\n)\n.route(\"/d\", post(w))";
    assert_eq!(routes(source), ["a", "b/{c}"]);
    assert!(is_of("b/{c}", "b/1?d=2") && is_of("a", "a"));
    assert!(!is_of("b/{c}", "b") && !is_of("b", "b/1") && !is_of("a", "b"));
}
