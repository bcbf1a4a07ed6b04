//! How the numbered parts of a meeting differ from what is stored, so that only what changed is written and a
//! part keeps its identifier whatever becomes of its number.

use std::collections::HashMap;

use qadam_domain::ids::ItemId;
use qadam_domain::meetings::{AgendaItem, Decision};
use uuid::Uuid;

/// A part of a meeting that has a number in it and points to items.
pub(super) trait Numbered {
    /// Its identifier.
    fn id(&self) -> Uuid;
    /// Its number in the meeting.
    fn number(&self) -> i32;
    /// The items it points to, in order.
    fn items(&self) -> &[ItemId];
    /// Whether its own row is the same; the items have rows of their own.
    fn same_row(&self, other: &Self) -> bool;
}

impl Numbered for AgendaItem {
    fn id(&self) -> Uuid {
        self.id.0
    }

    fn number(&self) -> i32 {
        self.number
    }

    fn items(&self) -> &[ItemId] {
        &self.items
    }

    fn same_row(&self, other: &Self) -> bool {
        let Self { id, number, title, speakers, items: _, protocol_text, level } = self;
        (id, number, title, speakers, protocol_text, level)
            == (&other.id, &other.number, &other.title, &other.speakers, &other.protocol_text, &other.level)
    }
}

impl Numbered for Decision {
    fn id(&self) -> Uuid {
        self.id.0
    }

    fn number(&self) -> i32 {
        self.number
    }

    fn items(&self) -> &[ItemId] {
        &self.implements
    }

    fn same_row(&self, other: &Self) -> bool {
        let Self { id, number, agenda_item, text, lead, due, implements: _, commitment } = self;
        (id, number, agenda_item, text, lead, due, commitment)
            == (
                &other.id,
                &other.number,
                &other.agenda_item,
                &other.text,
                &other.lead,
                &other.due,
                &other.commitment,
            )
    }
}

/// What has to be written.
#[derive(Debug)]
pub(super) struct Difference<'a, T> {
    /// Parts that are not stored yet.
    pub(super) new: Vec<&'a T>,
    /// Stored parts whose row changed.
    pub(super) changed: Vec<&'a T>,
    /// Stored parts that are no more.
    pub(super) gone: Vec<Uuid>,
    /// Stored parts whose number somebody else may take: those that are gone or get another one.
    pub(super) renumbered: Vec<Uuid>,
    /// Stored parts whose items are to be removed: the items changed or the part is gone.
    pub(super) unlinked: Vec<Uuid>,
    /// Parts whose items are to be written.
    pub(super) linked: Vec<&'a T>,
}

impl<'a, T: Numbered> Difference<'a, T> {
    /// What turns `before` into `after`.
    pub(super) fn between(before: &[T], after: &'a [T]) -> Self {
        let mut old: HashMap<Uuid, &T> = before.iter().map(|part| (part.id(), part)).collect();
        let mut difference = Self {
            new: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            renumbered: Vec::new(),
            unlinked: Vec::new(),
            linked: Vec::new(),
        };
        for part in after {
            match old.remove(&part.id()) {
                None => {
                    difference.new.push(part);
                    difference.linked.push(part);
                }
                Some(old) => difference.compare(old, part),
            }
        }
        difference.gone = before.iter().map(Numbered::id).filter(|id| old.contains_key(id)).collect();
        difference.renumbered.extend(&difference.gone);
        difference.unlinked.extend(&difference.gone);
        difference
    }

    fn compare(&mut self, old: &T, part: &'a T) {
        if !part.same_row(old) {
            self.changed.push(part);
        }
        if part.number() != old.number() {
            self.renumbered.push(part.id());
        }
        if part.items() != old.items() {
            self.unlinked.push(part.id());
            self.linked.push(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Part {
        id: Uuid,
        number: i32,
        items: Vec<ItemId>,
        text: &'static str,
    }

    impl Numbered for Part {
        fn id(&self) -> Uuid {
            self.id
        }

        fn number(&self) -> i32 {
            self.number
        }

        fn items(&self) -> &[ItemId] {
            &self.items
        }

        fn same_row(&self, other: &Self) -> bool {
            (self.number, self.text) == (other.number, other.text)
        }
    }

    fn part(id: u128, number: i32, text: &'static str, items: &[u128]) -> Part {
        let items = items.iter().map(|id| ItemId(Uuid::from_u128(*id))).collect();
        Part { id: Uuid::from_u128(id), number, items, text }
    }

    fn ids(parts: &[&Part]) -> Vec<u128> {
        parts.iter().map(|part| part.id.as_u128()).collect()
    }

    fn numbers(ids: &[Uuid]) -> Vec<u128> {
        ids.iter().map(Uuid::as_u128).collect()
    }

    #[test]
    fn what_is_the_same_is_not_written() {
        let parts = [part(1, 1, "a", &[7]), part(2, 2, "b", &[])];
        let difference = Difference::between(&parts, &parts);
        assert!(difference.new.is_empty() && difference.changed.is_empty() && difference.gone.is_empty());
        assert!(
            difference.renumbered.is_empty()
                && difference.unlinked.is_empty()
                && difference.linked.is_empty()
        );
    }

    #[test]
    fn every_kind_of_change_is_told_apart() {
        let before =
            [part(1, 1, "a", &[7]), part(2, 2, "b", &[7]), part(3, 3, "c", &[]), part(4, 4, "d", &[])];
        let after = [
            part(1, 1, "a", &[8, 7]),
            part(3, 2, "c", &[]),
            part(4, 4, "changed", &[]),
            part(5, 3, "e", &[7]),
        ];
        let difference = Difference::between(&before, &after);
        assert_eq!(ids(&difference.new), [5]);
        assert_eq!(ids(&difference.changed), [3, 4]);
        assert_eq!(numbers(&difference.gone), [2]);
        assert_eq!(numbers(&difference.renumbered), [3, 2]);
        assert_eq!(numbers(&difference.unlinked), [1, 2]);
        assert_eq!(ids(&difference.linked), [1, 5]);
    }
}
