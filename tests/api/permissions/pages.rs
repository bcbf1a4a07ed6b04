//! Pages: who is shown what. They are made by the same use cases as everything else, and held against tables of their own.

use qadam_tests::{Answer, TestRegister, page_routes};

use super::callers;
use super::items::{ITEMS, make};
use crate::samples::{self, World};

/// Pages below the language, what each person is told: `o` is shown the page, `>` is led on to another, `1` to where one
/// signs in; `.`, `x` and `c` are refusals as everywhere.
#[rustfmt::skip] // Read as a table.
const PAGES: &[(&str, &str)] = &[
    ("method",                                "oooooooooo"),
    ("data",                                  "oooooooooo"),
    ("reprisals",                             "oooooooooo"),
    ("help",                                  "oooooooooo"),
    ("verify",                                "oooooooooo"),
    ("sign-in",                               "oooooooooo"),
    ("password",                              "oooooooooo"),
    ("password/forgotten",                    "oooooooooo"),
    ("organisations",                         "oooooooooo"),
    ("organisations/GPO",                     "oooooooooo"),
    ("topics",                                "oooooooooo"),
    ("topics/prison_health",                  "oooooooooo"),
    ("mechanisms/CAT",                        "oooooooooo"),
    ("calendar",                              "oooooooooo"),
    ("meetings",                              "oooooooooo"),
    ("meetings/{meeting}",                    "oooooooooo"),
    ("items",                                 "oooooooooo"),
    ("items/{done}",                          "oooooooooo"),
    ("items/{done}/history",                  "oooooooooo"),
    ("account",                               "1ooooooooo"),
    ("account/second-factor",                 "1ooooooooo"),
    ("account/passkeys",                      "1ooooooooo"),
    ("account/identities",                    "1ooooooooo"),
    ("account/tokens",                        "1ooooooooo"),
    ("account/colleagues",                    "1ooooooooo"),
    ("account/notifications",                 "1ooooooooo"),
    ("account/follows",                       "1ooooooooo"),
    ("work",                                  "1ooooooooo"),
    ("accounts",                              "1oxxxxxxxx"),
    ("accounts/new",                          "1oxxxxxxxx"),
    ("accounts/{invited}",                    "1oxxxxxxxx"),
    ("organisations/new",                     "1oxxxoxxxx"),
    ("organisations/GPO/edit",                "1oxxxoxxxx"),
    ("items/new",                             "1xxooooxoo"),
    ("items/record?kind=recommendation",      "1xxxxoxxxx"),
    ("items/similar?title=Redress",           "1ooooooooo"),
    ("items/{draft}",                         ".........o"),
    ("items/{draft}/edit",                    "1........>"),
    ("items/{draft}/edit/why",                "1........o"),
    ("items/{draft}/check",                   "1........o"),
    ("items/{draft}/delete",                  "1........o"),
    ("items/{filed}",                         ".....o..oo"),
    ("items/{filed}/edit/why",                "1....c..cc"),
    ("items/{filed}/check",                   "1....c..cc"),
    ("items/{filed}/levels",                  "1....o..oo"),
    ("items/{filed}/receipt",                 "1.......oo"),
    ("items/{public}/levels",                 "1xxxxoxxoo"),
    ("items/{filed}/readings",                "1....o..oo"),
    ("items/{public}/readings",               "1ooooooooo"),
    ("items/{public}/redaction",              "1xxxxoxxxx"),
    ("items/{public}/receipt",                "1.......oo"),
    ("items/{public}/question",               "1xxxoooxoo"),
    ("items/{public}/move/withdrawn",         "1cccccccoo"),
    ("items/{announced}/move/planned",        "1cccoccccc"),
    ("items/{done}/move/closed",              "1ccccocccc"),
    ("items/{done}/deadline",                 "1xxxxxxxxx"),
    ("items/{done}/finding",                  "1xxxxxoxoo"),
    ("items/{done}/findings/{finding}/reply", "1xxxoxxxxx"),
    ("items/{done}/question",                 "1xxxxooxoo"),
    ("items/{done}/questions/{question}",     "1ooooooooo"),
    ("items/{done}/questions/{waiting}",      "1....oo..."),
    ("items/{done}/closing",                  "1xxxxoxxxx"),
    ("items/{done}/evidence",                 "1xxxoooxoo"),
    ("items/{done}/milestone",                "1xxxooxxxx"),
    ("items/{done}/indicator",                "1xxxooxxxx"),
    ("items/{done}/report",                   "1xxxoxxxxx"),
    ("items/{done}/reports/{report}",         "1...o....."),
    ("approvals",                             "1xxooxxxxx"),
    ("bulk",                                  "1xxooxxxxx"),
    ("queue",                                 "1xxxxoxxxx"),
    ("queue/{filed}",                         "1xxxxoxxxx"),
    ("queue/{done}",                          "1xxxxcxxxx"),
    ("rounds",                                "oooooooooo"),
    ("rounds/new",                            "1xxxxoxxxx"),
    ("rounds/{round}",                        "oooooooooo"),
    ("rounds/{round}/fill",                   "1xxooxxxxx"),
    ("rounds/{round}/change",                 "1xxxxoxxxx"),
    ("meetings/new",                          "1xxxxoxxxx"),
    ("meetings/{meeting}/edit",               "1xxxxoxxxx"),
    ("meetings/{meeting}/build",              "1xxxxoxxxx"),
    ("meetings/{circulated}/protocol",        "1...oo..oo"),
    ("translations",                          "1xxxxoxxxx"),
    ("translations/{planned}",                "1xxxxoxxxx"),
    ("items/{filed}/co-filing",               "1....x..oo"),
    ("items/{public}/co-filing",              "1xxxxxxxoo"),
    ("items/{public}/links",                  "1xxxooxxoo"),
    ("items/{public}/owners",                 "1xxxxoxxxx"),
    ("items/{public}/parts",                  "1xxxxoxxxx"),
    ("items/{done}/evidence/{file}/file",     "..oooooooo"),
    ("items/{done}/milestones/{milestone}",   "oooooooooo"),
    ("items/{done}/indicators/{indicator}",   "oooooooooo"),
    ("co-filing/{invitation}",                "1.....o..."),
];

/// The cell of a page.
fn cell(page: &Answer) -> char {
    match page.status {
        200 => 'o',
        303 if page.header("location").starts_with("/en/sign-in") => '1',
        303 => '>',
        403 => 'x',
        404 => '.',
        409 => 'c',
        _ => panic!("neither shown nor refused: {page:?}"),
    }
}

/// The address of a page, with what stands for the names in braces.
fn address(path: &str, world: &World<'_>) -> String {
    let named = [
        ("draft", &world.draft),
        ("filed", &world.filed),
        ("announced", &world.announced),
        ("public", &world.public),
        ("done", &world.done),
        ("planned", &world.planned),
        ("file", &world.file),
        ("milestone", &world.milestone),
        ("indicator", &world.indicator),
        ("finding", &world.finding),
        ("report", &world.report),
        ("question", &world.said.question),
        ("waiting", &world.said.waiting),
        ("invitation", world.together.answered()[0]),
        ("meeting", &world.meeting),
        ("circulated", &world.circulated),
        ("round", &world.round),
        ("invited", &world.invited),
    ];
    named.iter().fold(format!("/en/{path}"), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
}

#[test]
fn every_page_of_the_source_has_a_row() {
    let covered = |route: &str| PAGES.iter().any(|(path, _)| page_routes::is_of(route, path));
    let missing: Vec<_> = page_routes::all().into_iter().filter(|route| !covered(route)).collect();
    assert!(missing.is_empty(), "add rows for these pages: {missing:?}");
}

#[tokio::test]
async fn everybody_is_shown_the_pages_that_the_table_says() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        for (path, row) in PAGES {
            let path = address(path, &world);
            let mut cells = String::new();
            for caller in callers(register) {
                cells.push(cell(&caller.see(&path).await));
            }
            found.push(format!("{cells} {path}"));
            expected.push(format!("{row} {path}"));
        }
        assert_eq!(found.join("\n"), expected.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn everybody_is_shown_the_items_that_the_table_says_and_no_filer_beside_it() {
    TestRegister::on_both(async |register| {
        let (made, filer) = (make(register).await, register.organisation_name("KK"));
        for (column, caller) in callers(register).into_iter().enumerate() {
            for ((name, id, word), (_, row)) in made.iter().zip(ITEMS) {
                let expected = row.as_bytes()[column] as char;
                let what = format!("{name} for {:?}", caller.person());
                let shown = if expected == '.' { '.' } else { 'o' };
                let page = caller.see(&format!("/en/items/{id}")).await;
                let history = caller.see(&format!("/en/items/{id}/history")).await;
                assert_eq!((cell(&page), cell(&history)), (shown, shown), "{what}");
                assert_eq!(page.text().contains(word), expected != '.', "{what}");
                let told = page.text().contains(&filer);
                // A draft was not filed by anybody yet.
                let is_filed = name.contains('/');
                assert!(told == (expected == 'R') || !is_filed, "filer: {what}");
                // The word alone stands in the field of the search, too.
                let list = caller.see(&format!("/en/items?q={word}")).await.text();
                assert_eq!(
                    list.contains(&format!("ill-treatment {word}")),
                    expected != '.',
                    "{what}: {list}"
                );
            }
        }
    })
    .await;
}
