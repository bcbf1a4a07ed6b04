//! The routes of the pages, read from their source: tables of pages are held against them.

use std::path::{Path, PathBuf};

/// The one file whose routes lie outside of the languages: what is no page, and the front door.
const OUTER: &str = "router.rs";

/// The addresses below the language that pages have, with names in braces.
pub fn all() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/web/src");
    let files = sources(&folder).into_iter().filter(|path| path.file_name().is_none_or(|name| name != OUTER));
    let found: Vec<_> =
        files.flat_map(|path| of(&std::fs::read_to_string(path).expect("a source file"))).collect();
    assert!(found.len() > 15, "the routes are written in another way: {found:?}");
    found
}

/// Every source file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).expect("the source of the pages").map(|entry| entry.expect("one").path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The addresses of a source file that are asked for with GET.
pub fn of(source: &str) -> Vec<String> {
    let after_route = source.split(".route(").skip(1);
    let with_get = after_route.filter_map(|rest| {
        let (address, rest) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        let handler = rest.trim_start().strip_prefix(',')?.trim_start();
        handler.starts_with("get(").then(|| address.trim_start_matches('/').to_owned())
    });
    with_get.collect()
}

/// Whether an address is one of a route.
pub fn is_of(route: &str, path: &str) -> bool {
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
