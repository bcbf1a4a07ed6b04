//! No link leads nowhere: every link and every form that asks is followed as whoever sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::demonstration::demonstration;
use crate::document::Document;
use crate::screens::Who;
use crate::sweep::{Complaints, LANGUAGES, LONGEST, Look, looks, page};

/// Links that are followed side by side.
const FOLLOWERS: usize = 3;

/// How links begin that lead out of the register. Nobody follows them here.
const OUTSIDE: [&str; 3] = ["https://", "http://", "mailto:"];

/// Where a link leads: who follows it and the address without the part behind `#`.
type Target = (Who, String);

/// What links lead to, which parts of it they name, and where they stand.
#[derive(Default)]
struct Links {
    targets: BTreeMap<Target, BTreeSet<String>>,
    places: BTreeMap<Target, String>,
    complaints: Complaints,
}

impl Links {
    /// Notes the links of a screen.
    fn note(&mut self, look: &Look) {
        let own = look.path();
        let document = Document::read(&page(&own, look.screen.who).body);
        let links = document.named(&["a", "link"]).filter_map(|link| link.get("href"));
        let asks = |form: &&crate::document::Element| form.get("method").is_none_or(|method| method == "get");
        let forms = document.named(&["form"]).filter(asks).filter_map(|form| form.get("action"));
        for link in links.chain(forms) {
            self.note_one(look, &own, link);
        }
    }

    fn note_one(&mut self, look: &Look, own: &str, link: &str) {
        let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
        // Search engines get the register's own address whole.
        let address = address.strip_prefix(demonstration().url()).unwrap_or(address);
        let address = match address {
            "" => own.to_owned(),
            query if query.starts_with('?') => {
                format!("{}{query}", own.split('?').next().unwrap_or_default())
            }
            within if within.starts_with('/') => within.to_owned(),
            outside if OUTSIDE.iter().any(|beginning| outside.starts_with(beginning)) => return,
            other => return self.complaints.add(&look.name(), vec![format!("leads to {other:?}")]),
        };
        let target = (look.screen.who, in_one_language(address));
        self.places.entry(target.clone()).or_insert_with(|| look.name());
        let fragments = self.targets.entry(target).or_default();
        if !fragment.is_empty() {
            fragments.insert(fragment.to_owned());
        }
    }
}

/// What is asked of a list is the same in every language, and is followed in one; but for a place in it, which is bound
/// to the language.
fn in_one_language(address: String) -> String {
    let [language] = LONGEST;
    let own = LANGUAGES.iter().find_map(|other| address.strip_prefix(&format!("/{other}/")));
    match own.filter(|own| own.contains('?') && !own.contains("cursor=")) {
        Some(own) => format!("/{language}/{own}"),
        None => address,
    }
}

/// What is wrong with what a link leads to.
fn faults((who, address): &Target, fragments: &BTreeSet<String>) -> Vec<String> {
    let answer = page(address, *who);
    // Screens that are refusals on purpose lead to themselves in other languages.
    let on_purpose = crate::screens::SCREENS
        .iter()
        .any(|screen| screen.status == answer.status && address.ends_with(&format!("/{}", screen.path)));
    if answer.status >= 400 && !on_purpose {
        return vec![format!("{address} answers {}", answer.status)];
    }
    if fragments.is_empty() {
        return Vec::new();
    }
    let document = Document::read(&answer.body);
    let lost = fragments.iter().filter(|fragment| !document.has_id(fragment));
    lost.map(|fragment| format!("{address} has no part #{fragment}")).collect()
}

#[test]
fn every_link_on_every_screen_leads_somewhere() {
    let mut links = Links::default();
    for look in looks(&LANGUAGES) {
        links.note(&look);
    }
    let Links { targets, places, complaints } = links;
    assert!(targets.len() > 200, "only {} links were found", targets.len());
    let (waiting, complaints) = (Mutex::new(targets.into_iter()), Mutex::new(complaints));
    thread::scope(|scope| {
        for _ in 0..FOLLOWERS {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((target, fragments)) = next else { break };
                    let found = faults(&target, &fragments);
                    let place = places.get(&target).map_or("", String::as_str);
                    complaints.lock().unwrap_or_else(PoisonError::into_inner).add(place, found);
                }
            });
        }
    });
    complaints.into_inner().unwrap_or_else(PoisonError::into_inner).are_none();
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let nowhere = (Who::Nobody, "/en/nothing-is-here".to_owned());
    assert_eq!(faults(&nowhere, &BTreeSet::new()), ["/en/nothing-is-here answers 404"]);
    let help = (Who::Nobody, "/en/help".to_owned());
    let parts = BTreeSet::from(["content".to_owned(), "nothing".to_owned()]);
    assert_eq!(faults(&help, &parts), ["/en/help has no part #nothing"]);
}
