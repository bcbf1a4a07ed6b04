//! Going over all screens: every check is asked about every screen, and all that is wrong is told at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::thread;

use qadam_tests::socket::{Page, visit};

use crate::demonstration::demonstration;
use crate::screens::{SCREENS, Screen, Who};
use crate::tab::Tab;

/// The languages of the pages.
pub(crate) const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// The language whose words are longest, for checks that ask one language alone.
pub(crate) const LONGEST: [&str; 1] = ["ru"];

/// Tabs that are looked at side by side.
const TABS: usize = 2;

/// How many complaints are told: more would hide the first.
const MOST_TOLD: usize = 60;

/// One sweep at a time has the browser, so that a machine with few processors is not asked for more than it has.
static TURN: Mutex<()> = Mutex::new(());

/// A screen in a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) screen: &'static Screen,
    pub(crate) language: &'static str,
}

impl Look {
    /// The address, without the host.
    pub(crate) fn path(&self) -> String {
        let path = format!("/{}/{}", self.language, self.screen.path);
        let prepared = demonstration().prepared();
        prepared.iter().fold(path, |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    }

    /// How it is named where something is wrong with it.
    pub(crate) fn name(&self) -> String {
        format!("/{}/{} as {:?}", self.language, self.screen.path, self.screen.who)
    }
}

/// All screens in some languages.
pub(crate) fn looks(languages: &[&'static str]) -> Vec<Look> {
    let in_language = |language| SCREENS.iter().map(move |screen| Look { screen, language });
    let mut looks: Vec<_> = languages.iter().copied().flat_map(in_language).collect();
    looks.sort_by_key(|look| look.screen.who);
    looks
}

/// A page as it is sent to somebody, or the one that it leads on to.
pub(crate) fn page(path: &str, who: Who) -> Page {
    let demonstration = demonstration();
    let cookie = demonstration.cookie(who);
    let ask = |path: &str| visit(demonstration.url(), path, cookie.as_deref(), None);
    let page = ask(path).unwrap_or_else(|| panic!("no answer from {path}"));
    match page.header("location") {
        Some(next) if next.starts_with('/') => ask(next).unwrap_or_else(|| panic!("no answer from {next}")),
        _ => page,
    }
}

/// Asks a check about every screen in some languages, each loaded in a tab, and tells all complaints.
pub(crate) fn every_screen(
    languages: &[&'static str],
    check: impl Fn(&mut Tab, &Look) -> Vec<String> + Sync,
) -> Complaints {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let waiting = Mutex::new(looks(languages).into_iter());
    let complaints = Mutex::new(Complaints::default());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..TABS {
            scope.spawn(|| {
                let (mut tab, mut seen_by) = (Tab::open(), Who::Nobody);
                while let Some(look) = next() {
                    let found = look_at(&mut tab, &look, &mut seen_by, &check);
                    complaints.lock().unwrap_or_else(PoisonError::into_inner).add(&look.name(), found);
                }
            });
        }
    });
    drop(turn);
    complaints.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn look_at(
    tab: &mut Tab,
    look: &Look,
    seen_by: &mut Who,
    check: impl Fn(&mut Tab, &Look) -> Vec<String>,
) -> Vec<String> {
    let demonstration = demonstration();
    if *seen_by != look.screen.who {
        *seen_by = look.screen.who;
        tab.become_somebody(demonstration.url(), demonstration.cookie(*seen_by).as_deref());
    }
    let status = tab.visit(&format!("{}{}", demonstration.url(), look.path())).status();
    if status != Some(u64::from(look.screen.status)) {
        return vec![format!("answers {status:?} and not {}", look.screen.status)];
    }
    check(tab, look)
}

/// What is wrong, and where: the same complaint about many screens is told once.
#[derive(Debug, Default)]
pub(crate) struct Complaints(BTreeMap<String, Vec<String>>);

impl Complaints {
    /// Adds what is wrong somewhere.
    pub(crate) fn add(&mut self, place: &str, found: Vec<String>) {
        for complaint in found {
            let places = self.0.entry(complaint).or_default();
            if !places.iter().any(|known| known == place) {
                places.push(place.to_owned());
            }
        }
    }

    /// Fails the test if anything is wrong.
    pub(crate) fn are_none(&self) {
        let mut told = String::new();
        for (complaint, places) in self.0.iter().take(MOST_TOLD) {
            let more =
                if places.len() > 1 { format!(" and {} more", places.len() - 1) } else { String::new() };
            let first = places.first().map_or("", String::as_str);
            writeln!(told, "* {complaint}\n    on {first}{more}").expect("a text takes everything");
        }
        assert!(self.0.is_empty(), "{} complaints:\n{told}", self.0.len());
    }
}
