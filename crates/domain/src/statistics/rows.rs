//! Compact rows: what is known of each item in 64 bytes, and its lists in two shared vectors.

use chrono::{Datelike, NaiveDate};

use super::counted::{Change, Counted};
use super::findings::{AllAssessed, Assessed};
use super::names::{NOTHING, Names};
use super::row::Row;
use crate::calendar::{AsOf, Precision};
use crate::ids::ItemId;
use crate::items::translation_gaps::TranslationGaps;
use crate::items::{Kind, Status};
use crate::levels::Level;

/// Something has more different names, or more of something, than a row can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than can be counted")]
pub struct TooMany;

/// A day as the number of days since the beginning of the common era; this one for none.
pub(super) const NO_DAY: i32 = i32::MAX;

/// What is known of an item, but for its lists.
#[derive(Debug, Clone)]
pub(super) struct Fixed {
    pub(super) id: u128,
    pub(super) due: i32,
    pub(super) original_due: i32,
    pub(super) filed: i32,
    pub(super) entered: i32,
    pub(super) narrowed: i32,
    codes: u32,
    events: u32,
    pub(super) lead: u16,
    pub(super) mechanism: u16,
    changes: u16,
    revisions: u16,
    /// What there is to do on its texts in other languages, and whether the secretariat marked it.
    marks: u16,
    pub(super) owners: u8,
    pub(super) addressees: u8,
    pub(super) filers: u8,
    pub(super) themes: u8,
    pub(super) legal_refs: u8,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) text: Level,
    pub(super) identity: Level,
    pub(super) filed_precision: Precision,
}

/// The bit of a mark of the secretariat, beside those of what there is to do in other languages.
const PRIORITY: u16 = 1 << 15;
const _: () = assert!(TranslationGaps::BITS & PRIORITY == 0, "a bit each");

impl Fixed {
    /// Marked by the secretariat.
    pub(super) const fn priority(&self) -> bool {
        self.marks & PRIORITY != 0
    }

    /// What there is to do on its texts in other languages.
    pub(super) const fn gaps(&self) -> TranslationGaps {
        TranslationGaps::from_bits(self.marks)
    }

    /// How many codes it has in the shared vector.
    pub(super) const fn codes(&self) -> usize {
        self.owners as usize
            + self.addressees as usize
            + self.filers as usize
            + self.themes as usize
            + self.legal_refs as usize
    }

    /// How many events it has in the shared vector.
    const fn events(&self) -> usize {
        self.changes as usize + self.revisions as usize
    }
}

/// A change of status, or of the deadline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) day: i32,
    pub(super) organisation: u16,
    pub(super) to: Status,
    sight: u8,
}

impl Event {
    const fn new(day: i32, organisation: u16, to: Status, level: Level, precision: Precision) -> Self {
        Self { day, organisation, to, sight: level as u8 | (precision as u8) << 4 }
    }

    /// Who may read of it.
    pub(super) fn level(self) -> Level {
        Level::ALL.get(usize::from(self.sight & 0xf)).copied().unwrap_or(Level::Own)
    }

    /// How exactly its day is known.
    pub(super) fn precision(self) -> Precision {
        Precision::ALL.get(usize::from(self.sight >> 4)).copied().unwrap_or(Precision::Year)
    }
}

/// The rows of many items, in the order of their identifiers.
#[derive(Debug, Default)]
pub struct Rows {
    fixed: Vec<Fixed>,
    codes: Vec<u16>,
    events: Vec<Event>,
    assessed: AllAssessed,
    /// Places in the shared vectors that no row holds any more.
    unused: usize,
}

/// How many unused places there may be beside as many used ones.
const UNUSED_MIN: usize = 4_096;

impl Rows {
    /// Rows of these items.
    pub fn of(items: &[Counted], names: &mut Names) -> Result<Self, TooMany> {
        let mut rows = Self::default();
        for item in items {
            rows.put(item, names)?;
        }
        Ok(rows)
    }

    /// How many items there are.
    pub const fn count(&self) -> usize {
        self.fixed.len()
    }

    /// Whether an item is there.
    pub fn contains(&self, id: ItemId) -> bool {
        self.place(id).is_ok()
    }

    /// How many bytes the rows take, with what was set aside for more.
    pub const fn bytes(&self) -> usize {
        self.fixed.capacity() * size_of::<Fixed>()
            + self.codes.capacity() * size_of::<u16>()
            + self.events.capacity() * size_of::<Event>()
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.fixed.iter().map(|fixed| self.row(fixed))
    }

    fn row<'a>(&'a self, fixed: &'a Fixed) -> Row<'a> {
        let part = |from: u32, count: usize| from as usize..from as usize + count;
        let codes = self.codes.get(part(fixed.codes, fixed.codes())).unwrap_or_default();
        let events = self.events.get(part(fixed.events, fixed.events())).unwrap_or_default();
        let (changes, revisions) = events.split_at_checked(fixed.changes.into()).unwrap_or((events, &[]));
        Row { fixed, codes, changes, revisions }
    }

    /// Puts an item in, in place of what was known of it.
    pub fn put(&mut self, item: &Counted, names: &mut Names) -> Result<(), TooMany> {
        let fixed = self.written(item, names)?;
        match Assessed::of(item, names)? {
            Some(assessed) => drop(self.assessed.insert(fixed.id, assessed)),
            None => drop(self.assessed.remove(&fixed.id)),
        }
        match self.place(item.id) {
            Ok(place) => {
                if let Some(known) = self.fixed.get_mut(place) {
                    self.unused += known.codes() + known.events();
                    *known = fixed;
                }
            }
            Err(place) => self.fixed.insert(place, fixed),
        }
        self.tidy();
        Ok(())
    }

    /// Takes an item out.
    pub fn remove(&mut self, id: ItemId) {
        if let Ok(place) = self.place(id) {
            let known = self.fixed.remove(place);
            self.assessed.remove(&known.id);
            self.unused += known.codes() + known.events();
            self.tidy();
        }
    }

    /// Gives back what was set aside for more: after many were put in.
    pub fn shrink(&mut self) {
        self.fixed.shrink_to_fit();
        self.codes.shrink_to_fit();
        self.events.shrink_to_fit();
        self.assessed.shrink_to_fit();
    }

    /// The rows with more to them than a row, in no order.
    pub(super) fn assessed(&self) -> impl Iterator<Item = (Row<'_>, &Assessed)> {
        self.assessed.keys().filter_map(|id| self.assessed_of(*id))
    }

    /// A row with what there is more to it.
    pub(super) fn assessed_of(&self, id: u128) -> Option<(Row<'_>, &Assessed)> {
        let assessed = self.assessed.get(&id)?;
        let place = self.fixed.binary_search_by_key(&id, |fixed| fixed.id).ok()?;
        Some((self.row(self.fixed.get(place)?), assessed))
    }

    fn place(&self, id: ItemId) -> Result<usize, usize> {
        let id = id.0.as_u128();
        // Items often come in the order of their identifiers.
        match self.fixed.last() {
            Some(last) if last.id < id => Err(self.fixed.len()),
            _ => self.fixed.binary_search_by_key(&id, |fixed| fixed.id),
        }
    }

    /// Writes an item's lists, and gives the rest.
    fn written(&mut self, item: &Counted, names: &mut Names) -> Result<Fixed, TooMany> {
        let (codes, events) = (offset(self.codes.len())?, offset(self.events.len())?);
        let bodies = item.owners.iter().map(|(body, _)| body).chain(&item.addressees).chain(&item.filed_by);
        for body in bodies {
            self.codes.push(names.organisations.number(body)?);
        }
        for theme in &item.themes {
            self.codes.push(names.themes.number(theme)?);
        }
        for reference in &item.legal_refs {
            self.codes.push(names.legal_refs.number(reference)?);
        }
        for change in &item.changes {
            self.events.push(event(change, names)?);
        }
        for level in &item.revisions {
            self.events.push(Event::new(NO_DAY, NOTHING, item.status, *level, Precision::Day));
        }
        Ok(Fixed {
            id: item.id.0.as_u128(),
            due: day(item.due_on),
            original_due: day(item.original_due_on),
            filed: day(item.filed_on.map(|filed| filed.on)),
            entered: day(Some(item.entered_on)),
            narrowed: day(item.narrowed_on),
            codes,
            events,
            lead: item.lead().map_or(Ok(NOTHING), |lead| names.organisations.number(&lead))?,
            mechanism: item.mechanism.as_ref().map_or(Ok(NOTHING), |code| names.mechanisms.number(code))?,
            changes: few(item.changes.len())?,
            revisions: few(item.revisions.len())?,
            marks: item.translation_gaps.bits() | if item.priority { PRIORITY } else { 0 },
            owners: few(item.owners.len())?,
            addressees: few(item.addressees.len())?,
            filers: few(item.filed_by.len())?,
            themes: few(item.themes.len())?,
            legal_refs: few(item.legal_refs.len())?,
            kind: item.kind,
            status: item.status,
            text: item.text_level,
            identity: item.identity_level,
            filed_precision: item.filed_on.map_or(Precision::Day, |filed| filed.precision),
        })
    }

    /// Writes the shared vectors anew where more of them is unused than used.
    fn tidy(&mut self) {
        if self.unused < UNUSED_MIN || self.unused * 2 < self.codes.len() + self.events.len() {
            return;
        }
        let (mut codes, mut events) = (Vec::new(), Vec::new());
        for fixed in &mut self.fixed {
            let (from, until) = (fixed.codes as usize, fixed.codes as usize + fixed.codes());
            let kept = self.codes.get(from..until).unwrap_or_default();
            // What is left is shorter than what there was, and that could be counted.
            fixed.codes = u32::try_from(codes.len()).unwrap_or(u32::MAX);
            codes.extend_from_slice(kept);
            let (from, until) = (fixed.events as usize, fixed.events as usize + fixed.events());
            let kept = self.events.get(from..until).unwrap_or_default();
            fixed.events = u32::try_from(events.len()).unwrap_or(u32::MAX);
            events.extend_from_slice(kept);
        }
        (self.codes, self.events, self.unused) = (codes, events, 0);
    }
}

fn event(change: &Change, names: &mut Names) -> Result<Event, TooMany> {
    let by = change.organisation.as_ref();
    let organisation = by.map_or(Ok(NOTHING), |body| names.organisations.number(body))?;
    let AsOf { on, precision } = change.as_of;
    Ok(Event::new(day(Some(on)), organisation, change.to, change.level, precision))
}

pub(super) fn day(day: Option<NaiveDate>) -> i32 {
    day.map_or(NO_DAY, |day| day.num_days_from_ce())
}

fn offset(length: usize) -> Result<u32, TooMany> {
    u32::try_from(length).map_err(|_| TooMany)
}

fn few<T: TryFrom<usize>>(count: usize) -> Result<T, TooMany> {
    T::try_from(count).map_err(|_| TooMany)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_64_bytes_and_an_event_8() {
        assert_eq!((size_of::<Fixed>(), size_of::<Event>()), (64, 8));
    }
}
