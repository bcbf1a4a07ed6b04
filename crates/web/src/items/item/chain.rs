//! The chain that an item stands in: what it carries out, where it was decided, what carries it out.

use qadam_app::items::{Embedded, ItemView, LinkView};
use qadam_domain::items::Item;
use qadam_domain::items::links::LinkKind;

use crate::markup::Dated;
use crate::page::Page;

/// A step of the chain with the items that stand on it.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub(super) name: String,
    pub(super) is_here: bool,
    pub(super) items: Vec<&'a Item>,
    pub(super) meeting: Option<MeetingStep>,
}

/// The meeting at which an item was made.
#[derive(Debug)]
pub(super) struct MeetingStep {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) held: Option<Dated>,
}

/// The steps, first to last; nothing where the item stands alone.
pub(super) fn chain<'a>(page: &Page, view: &'a ItemView, with: &'a Embedded) -> Vec<Step<'a>> {
    let links = with.links.as_deref().unwrap_or_default();
    let carried_out = ends(links, LinkKind::Implements, true);
    let carried_out_by = ends(links, LinkKind::Implements, false);
    let meeting = with.meeting.as_ref().map(|view| MeetingStep {
        title: page.words(&view.meeting.title),
        path: page.to(format!("meetings/{}", view.meeting.code)),
        held: view.meeting.held_on.map(|on| page.long_day(&on)),
    });
    if carried_out.is_empty() && carried_out_by.is_empty() && meeting.is_none() {
        return Vec::new();
    }
    let step =
        |key: &str, items: Vec<&'a Item>| Step { name: page.t(key), is_here: false, items, meeting: None };
    let mut steps = Vec::new();
    if !carried_out.is_empty() {
        steps.push(step("chain-asked", carried_out));
    }
    if meeting.is_some() {
        steps.push(Step { meeting, ..step("chain-decided", Vec::new()) });
    }
    let here = page.word("kind", view.item.kind.code());
    steps.push(Step { name: here, is_here: true, items: vec![&view.item], meeting: None });
    if !carried_out_by.is_empty() {
        steps.push(step("chain-carried_out", carried_out_by));
    }
    steps
}

fn ends(links: &[LinkView], kind: LinkKind, outgoing: bool) -> Vec<&Item> {
    let of_kind = links.iter().filter(|link| link.kind == kind && link.outgoing == outgoing);
    of_kind.map(|link| &link.other).collect()
}

/// The other links: what the other item is to this one, and the item.
pub(super) fn related<'a>(page: &Page, with: &'a Embedded) -> Vec<(String, &'a Item)> {
    let links = with.links.as_deref().unwrap_or_default();
    let others = links.iter().filter(|link| link.kind != LinkKind::Implements);
    let name = |link: &LinkView| {
        let direction = if link.outgoing { "link_kind" } else { "link_kind_back" };
        page.word(direction, link.kind.code())
    };
    others.map(|link| (name(link), &link.other)).collect()
}
