//! Judges what clients were told by what is stored in the end: a pure function of both.
//!
//! A write that was acknowledged is there, once. One that was refused is not. One of which nobody knows is there whole
//! or not at all. What was entered into the ledger is in the order in which it was acknowledged, and whoever reads
//! after an acknowledgement reads what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::history::{Act, Event, Told};

/// An item as it is stored, under the mark in its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) mark: String,
    /// What its row says.
    pub(crate) status: String,
    /// Its status changes, oldest first.
    pub(crate) moves: Vec<String>,
    /// The statuses that its entries in the ledger say, with their places.
    pub(crate) entered: Vec<(i64, String)>,
    /// How many entries say who filed it.
    pub(crate) filings: usize,
}

/// What must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It was acknowledged, or read, and is not there.
    Lost(Act),
    /// It is there more than once.
    Doubled(String),
    /// It is there and was refused, or nobody asked for it.
    Invented(String),
    /// Its parts do not say the same.
    Half(Stored),
    /// It was acknowledged before the other was begun, and stands behind it in the ledger.
    OutOfOrder(Act),
    /// It was read after the other was acknowledged, and is older.
    Stale(Act),
}

/// Everything that is wrong.
pub(crate) fn judge(events: &[Event], stored: &[Stored]) -> Vec<Fault> {
    let mut found: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
    for item in stored {
        found.entry(item.mark.as_str()).or_default().push(item);
    }
    let mut faults = halves(stored);
    faults.extend(missing(events, &found));
    faults.extend(superfluous(events, &found));
    faults.extend(out_of_order(events, &found));
    faults.extend(stale(events));
    faults
}

/// How many writes were acknowledged.
pub(crate) fn acknowledged(events: &[Event]) -> usize {
    events.iter().filter(|event| event.told == Told::Done).count()
}

/// Of how many writes nobody knows.
pub(crate) fn unknown(events: &[Event]) -> usize {
    events.iter().filter(|event| is_write(&event.act) && matches!(event.told, Told::Unknown(_))).count()
}

/// How long the longest request took.
pub(crate) fn longest(events: &[Event]) -> Duration {
    events.iter().map(|event| event.ended.saturating_sub(event.began)).max().unwrap_or_default()
}

const fn is_write(act: &Act) -> bool {
    !matches!(act, Act::Read { .. })
}

fn halves(stored: &[Stored]) -> Vec<Fault> {
    let is_half = |item: &&Stored| {
        let entered: Vec<&String> = item.entered.iter().map(|(_, status)| status).collect();
        let status = item.moves.last().map_or("draft", String::as_str);
        item.status != status
            || !item.moves.iter().eq(entered)
            || item.filings != usize::from(!item.moves.is_empty())
            || !item.entered.is_sorted_by_key(|(position, _)| *position)
    };
    stored.iter().filter(is_half).map(|item| Fault::Half(item.clone())).collect()
}

type Found<'a> = BTreeMap<&'a str, Vec<&'a Stored>>;

fn has_moved(found: &Found<'_>, mark: &str, to: &str) -> bool {
    found.get(mark).is_some_and(|items| items.iter().any(|item| item.moves.iter().any(|made| made == to)))
}

/// What was acknowledged or read and is not there.
fn missing(events: &[Event], found: &Found<'_>) -> Vec<Fault> {
    let is_lost = |event: &&Event| match (&event.act, &event.told) {
        (Act::Make { mark }, Told::Done) => !found.contains_key(mark.as_str()),
        (Act::Move { mark, to }, Told::Done) => !has_moved(found, mark, to),
        (Act::Read { mark }, Told::Read(moves)) => moves.iter().any(|to| !has_moved(found, mark, to)),
        _ => false,
    };
    events.iter().filter(is_lost).map(|event| Fault::Lost(event.act.clone())).collect()
}

/// What is there more often than it was asked for.
fn superfluous(events: &[Event], found: &Found<'_>) -> Vec<Fault> {
    let possible = |told: &Told| matches!(told, Told::Done | Told::Unknown(_));
    let perhaps: BTreeSet<(&str, &str)> = events
        .iter()
        .filter(|event| possible(&event.told))
        .filter_map(|event| match &event.act {
            Act::Make { mark } => Some((mark.as_str(), "")),
            Act::Move { mark, to } => Some((mark.as_str(), *to)),
            Act::Read { .. } => None,
        })
        .collect();
    let mut faults = Vec::new();
    for (mark, items) in found {
        if items.len() > 1 {
            faults.push(Fault::Doubled((*mark).to_owned()));
        }
        if !perhaps.contains(&(*mark, "")) {
            faults.push(Fault::Invented((*mark).to_owned()));
        }
        for item in items {
            for (place, to) in item.moves.iter().enumerate() {
                if item.moves.iter().take(place).any(|earlier| earlier == to) {
                    faults.push(Fault::Doubled(format!("{mark}: {to}")));
                }
                if !perhaps.contains(&(*mark, to.as_str())) {
                    faults.push(Fault::Invented(format!("{mark}: {to}")));
                }
            }
        }
    }
    faults
}

/// Moves that stand before one in the ledger that was acknowledged before they were begun.
fn out_of_order(events: &[Event], found: &Found<'_>) -> Vec<Fault> {
    let position = |mark: &str, to: &str| {
        let entered = found.get(mark)?.iter().flat_map(|item| &item.entered);
        entered.filter(|(_, status)| status == to).map(|(position, _)| *position).min()
    };
    // What was sent again may have been done the first time.
    let mut first_sent: BTreeMap<(&str, &str), Duration> = BTreeMap::new();
    for event in events {
        if let Act::Move { mark, to } = &event.act {
            let first = first_sent.entry((mark, to)).or_insert(event.began);
            *first = event.began.min(*first);
        }
    }
    let mut moves = Vec::new();
    for event in events.iter().filter(|event| event.told == Told::Done) {
        let Act::Move { mark, to } = &event.act else { continue };
        let first = first_sent.get(&(mark.as_str(), *to)).copied();
        let (Some(position), Some(began)) = (position(mark, to), first) else { continue };
        moves.push(Placed { began, ended: event.ended, position, act: &event.act });
    }
    before_their_time(moves)
}

/// A move with its place in the ledger, from when it was first sent until it was acknowledged.
struct Placed<'a> {
    began: Duration,
    ended: Duration,
    position: i64,
    act: &'a Act,
}

fn before_their_time(mut moves: Vec<Placed<'_>>) -> Vec<Fault> {
    let mut ends: Vec<(Duration, i64)> = moves.iter().map(|placed| (placed.ended, placed.position)).collect();
    ends.sort_unstable();
    moves.sort_by_key(|placed| placed.began);
    let (mut ended, mut newest) = (ends.into_iter().peekable(), i64::MIN);
    let mut faults = Vec::new();
    for placed in moves {
        while let Some((_, earlier)) = ended.next_if(|(end, _)| *end < placed.began) {
            newest = newest.max(earlier);
        }
        if placed.position < newest {
            faults.push(Fault::OutOfOrder(placed.act.clone()));
        }
    }
    faults
}

/// Reads that do not show a move of the same item that was acknowledged before they were begun.
fn stale(events: &[Event]) -> Vec<Fault> {
    let mut done: BTreeMap<&str, Vec<(&str, Duration)>> = BTreeMap::new();
    for event in events {
        if let (Act::Move { mark, to }, Told::Done) = (&event.act, &event.told) {
            done.entry(mark).or_default().push((to, event.ended));
        }
    }
    let is_stale = |event: &&Event| {
        let (Act::Read { mark }, Told::Read(moves)) = (&event.act, &event.told) else { return false };
        let of_item = done.get(mark.as_str()).into_iter().flatten();
        of_item.filter(|(_, ended)| *ended < event.began).any(|(to, _)| !moves.iter().any(|made| made == to))
    };
    events.iter().filter(is_stale).map(|event| Fault::Stale(event.act.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(began: u64, ended: u64, act: Act, told: Told) -> Event {
        Event { began: Duration::from_millis(began), ended: Duration::from_millis(ended), act, told }
    }

    fn make(mark: &str) -> Act {
        Act::Make { mark: mark.to_owned() }
    }

    fn plan(mark: &str) -> Act {
        Act::Move { mark: mark.to_owned(), to: "planned" }
    }

    fn read(mark: &str) -> Act {
        Act::Read { mark: mark.to_owned() }
    }

    fn draft(mark: &str) -> Stored {
        Stored { mark: mark.to_owned(), status: "draft".to_owned(), ..Stored::default() }
    }

    fn planned(mark: &str, position: i64) -> Stored {
        let planned = "planned".to_owned();
        Stored {
            mark: mark.to_owned(),
            status: planned.clone(),
            moves: vec![planned.clone()],
            entered: vec![(position, planned)],
            filings: 1,
        }
    }

    /// Two items that were made and planned, one after the other.
    fn told() -> Vec<Event> {
        vec![
            at(0, 1, make("a"), Told::Done),
            at(2, 3, plan("a"), Told::Done),
            at(4, 5, make("b"), Told::Done),
            at(6, 7, plan("b"), Told::Done),
            at(8, 9, read("a"), Told::Read(vec!["planned".to_owned()])),
        ]
    }

    #[test]
    fn what_was_acknowledged_and_is_there_is_no_fault() {
        assert_eq!(judge(&told(), &[planned("a", 1), planned("b", 2)]), []);
        assert_eq!((acknowledged(&told()), unknown(&told())), (4, 0));
    }

    #[test]
    fn a_lost_item_and_a_lost_move_are_found() {
        let faults = judge(&told(), &[planned("a", 1)]);
        assert_eq!(faults, [Fault::Lost(make("b")), Fault::Lost(plan("b"))]);
        let faults = judge(&told(), &[planned("a", 1), draft("b")]);
        assert_eq!(faults, [Fault::Lost(plan("b"))]);
    }

    #[test]
    fn what_was_read_and_is_gone_is_lost() {
        let events = [
            at(0, 1, make("a"), Told::Done),
            at(2, 9, plan("a"), Told::Unknown(503)),
            at(4, 5, read("a"), Told::Read(vec!["planned".to_owned()])),
        ];
        assert_eq!(judge(&events, &[draft("a")]), [Fault::Lost(read("a"))]);
        assert_eq!(judge(&events, &[planned("a", 1)]), []);
    }

    #[test]
    fn an_item_and_a_move_that_are_there_twice_are_found() {
        let faults = judge(&told(), &[planned("a", 1), planned("b", 2), planned("b", 3)]);
        assert_eq!(faults, [Fault::Doubled("b".to_owned())]);
        let mut twice = planned("b", 2);
        twice.moves.push("planned".to_owned());
        twice.entered.push((3, "planned".to_owned()));
        let faults = judge(&told(), &[planned("a", 1), twice]);
        assert_eq!(faults, [Fault::Doubled("b: planned".to_owned())]);
    }

    #[test]
    fn what_was_refused_or_never_asked_for_is_not_there() {
        let events = [at(0, 1, make("a"), Told::Done), at(2, 3, plan("a"), Told::Not(409))];
        assert_eq!(judge(&events, &[planned("a", 1)]), [Fault::Invented("a: planned".to_owned())]);
        assert_eq!(judge(&events, &[draft("a"), draft("c")]), [Fault::Invented("c".to_owned())]);
    }

    #[test]
    fn what_nobody_knows_is_there_or_is_not() {
        let events = [at(0, 1, make("a"), Told::Done), at(2, 3, plan("a"), Told::Unknown(0))];
        assert_eq!(judge(&events, &[draft("a")]), []);
        assert_eq!(judge(&events, &[planned("a", 1)]), []);
        assert_eq!(unknown(&events), 1);
    }

    #[test]
    fn half_a_write_is_found_by_each_part_that_is_missing() {
        let whole = planned("a", 1);
        let without_row = Stored { status: "draft".to_owned(), ..whole.clone() };
        let without_change = Stored { moves: Vec::new(), ..whole.clone() };
        let without_entry = Stored { entered: Vec::new(), ..whole.clone() };
        let without_filing = Stored { filings: 0, ..whole.clone() };
        for half in [without_row, without_change, without_entry, without_filing] {
            let faults = judge(&told()[..2], std::slice::from_ref(&half));
            assert!(faults.contains(&Fault::Half(half)), "{faults:?}");
        }
        assert_eq!(judge(&told()[..2], &[whole]), []);
    }

    #[test]
    fn the_ledger_is_in_the_order_of_acknowledgements() {
        let faults = judge(&told(), &[planned("a", 2), planned("b", 1)]);
        assert_eq!(faults, [Fault::OutOfOrder(plan("b"))]);
        // Side by side any order is right.
        let mut together = told();
        together[3].began = Duration::from_millis(2);
        assert_eq!(judge(&together, &[planned("a", 2), planned("b", 1)]), []);
        // So it is where the first try was side by side and the second was told of it.
        let mut again = told();
        again.push(at(2, 5, plan("b"), Told::Unknown(503)));
        assert_eq!(judge(&again, &[planned("a", 2), planned("b", 1)]), []);
    }

    #[test]
    fn a_read_that_misses_what_was_acknowledged_before_it_is_stale() {
        let mut events = told();
        events[4].told = Told::Read(Vec::new());
        let stored = [planned("a", 1), planned("b", 2)];
        assert_eq!(judge(&events, &stored), [Fault::Stale(read("a"))]);
        // Begun before the acknowledgement it may see either.
        events[4].began = Duration::from_millis(2);
        assert_eq!(judge(&events, &stored), []);
    }
}
