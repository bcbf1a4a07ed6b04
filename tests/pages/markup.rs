//! The HTML of pages: without an error by the standard's own parser, and with names on everything that is used.

use std::collections::BTreeSet;

use crate::document::{Document, Element};
use crate::sweep::{Complaints, LANGUAGES, looks, page};

/// Attributes that name other elements.
const REFERENCES: [&str; 6] =
    ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage"];

/// What is used, and so cannot stand in something else that is.
const INTERACTIVE: [&str; 7] = ["a", "button", "input", "select", "textarea", "summary", "details"];

/// What is wrong with the HTML of a page.
fn faults(document: &Document) -> Vec<String> {
    let mut faults: Vec<String> = document.errors.iter().map(|error| format!("parser: {error}")).collect();
    faults.extend(identifiers(document));
    faults.extend(fields(document));
    faults.extend(names(document));
    faults.extend(nesting(document));
    faults.extend(tables(document));
    faults
}

/// Every id stands once, and what is referred to is there.
fn identifiers(document: &Document) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = document.elements.iter().filter_map(|element| element.get("id"));
    let mut faults: Vec<_> =
        ids.filter(|id| id.is_empty() || !seen.insert(*id)).map(|id| format!("id {id:?} twice")).collect();
    for element in &document.elements {
        for attribute in REFERENCES {
            let named = element.get(attribute).into_iter().flat_map(str::split_whitespace);
            let lost = named.filter(|id| !document.has_id(id));
            faults.extend(
                lost.map(|id| format!("{attribute} of {} names {id:?}, which is not there", element.name)),
            );
        }
    }
    faults
}

/// Every field has a label.
fn fields(document: &Document) -> Vec<String> {
    let hidden = ["hidden", "submit", "button"];
    let fields = document.named(&["input", "select", "textarea"]);
    let shown = fields.filter(|field| !field.get("type").is_some_and(|kind| hidden.contains(&kind)));
    let has_label = |field: &Element| {
        let by_name = field.get("id").is_some_and(|id| {
            document
                .named(&["label"])
                .any(|label| label.get("for") == Some(id) && !label.text.trim().is_empty())
        });
        by_name || field.get("aria-label").is_some() || field.get("aria-labelledby").is_some() || {
            let around = field.within.iter().map(|place| &document.elements[*place]);
            around.into_iter().any(|element| element.is(&["label"]) && !element.text.trim().is_empty())
        }
    };
    shown.filter(|field| !has_label(field)).map(|field| format!("no label: {:?}", field.attributes)).collect()
}

/// No link and no button that is shown is empty, and every list of links has a name.
fn names(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let shown = |element: &&Element| element.get("hidden").is_none();
    for element in document.named(&["a", "button", "summary"]).filter(shown) {
        let drawn =
            |inside: &Element| inside.is(&["title"]) || inside.get("alt").is_some_and(|alt| !alt.is_empty());
        let named = !element.text.trim().is_empty()
            || element.get("aria-label").is_some_and(|label| !label.trim().is_empty())
            || document.inside(element).any(drawn);
        if !named {
            faults.push(format!("an empty {}: {:?}", element.name, element.attributes));
        }
    }
    let navigations = document.named(&["nav"]).count();
    let named = document.named(&["nav"]).filter(|nav| nav.get("aria-label").is_some()).count();
    if navigations > 1 && named < navigations {
        faults.push(format!("{} of {navigations} nav without a name", navigations - named));
    }
    faults
}

/// Nothing that is used stands in something else that is used.
fn nesting(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    for element in document.named(&INTERACTIVE) {
        let around = element.within.iter().map(|place| &document.elements[*place]);
        // What is folded away by `details` is used by itself.
        let mut outer = around.filter(|outer| outer.is(&["a", "button", "summary"]));
        if let Some(outer) = outer.next() {
            faults.push(format!("{} {:?} within {}", element.name, element.attributes, outer.name));
        }
    }
    faults
}

/// Every table has heads, and every head says what it is the head of.
fn tables(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    for table in document.named(&["table"]) {
        let heads: Vec<_> = document.inside(table).filter(|inside| inside.is(&["th"])).collect();
        if heads.is_empty() {
            faults.push(format!("a table without heads: {:.80}", table.text.trim()));
        }
        let without = heads.iter().filter(|head| head.get("scope").is_none());
        faults.extend(without.map(|head| format!("th without scope: {}", head.text)));
    }
    faults
}

#[test]
fn the_html_of_every_screen_is_valid_and_everything_in_it_has_a_name() {
    let mut complaints = Complaints::default();
    for look in looks(&LANGUAGES) {
        let page = page(&look.path(), look.screen.who);
        complaints.add(&look.name(), faults(&Document::read(&page.body)));
    }
    complaints.are_none();
}

#[test]
fn faults_in_html_are_found() {
    let found = faults(&Document::read(
        "<!doctype html><html lang=en><title>x</title><p id=a>a<div id=a></p></div><label for=b>b</label><input \
         id=c><a href=x></a><button><a href=y>y</a></button><nav>1</nav><nav>2</nav><table><tr><th>h</table><table>\
         <tr><td>d</table><b><i>crossed</b></i>",
    ));
    for what in [
        "parser: ",
        "id \"a\" twice",
        "for of label names \"b\"",
        "no label: ",
        "an empty a",
        "2 of 2 nav without a name",
        "th without scope: h",
        "a table without heads: d",
    ] {
        assert!(found.iter().any(|fault| fault.starts_with(what)), "{what}: {found:?}");
    }
    assert!(found.iter().any(|fault| fault.ends_with("within button")), "{found:?}");
    let sound =
        "<!doctype html><html lang=en><title>x</title><label for=b>b</label><input id=b><a href=x>x</a>";
    assert_eq!(faults(&Document::read(sound)), Vec::<String>::new());
}
