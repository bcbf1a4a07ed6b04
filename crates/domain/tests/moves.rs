//! The table of moves and the function that decides by it, compared cell by cell with rows written by hand.

mod facts;
mod table;

use std::collections::BTreeSet;

use facts::{CLOSINGS, closes_with, that_meet};
use qadam_domain::items::moves::{
    MoveFacts, MoveRefusal, Mover, Need, TABLE, allows_result, decide, find, reachable,
};
use qadam_domain::items::{ClosingResult, Kind, Status};
use table::{MOVES, Row, legal};

/// Who moves, alone or as two things to the item at once.
const MOVERS: &[&[Mover]] = &[
    &[],
    &[Mover::Submitter],
    &[Mover::Lead],
    &[Mover::Secretariat],
    &[Mover::Submitter, Mover::Lead],
    &[Mover::Submitter, Mover::Secretariat],
    &[Mover::Lead, Mover::Secretariat],
    &[Mover::Submitter, Mover::Lead, Mover::Secretariat],
];

/// Every kind, status before and status after.
fn every_cell() -> impl Iterator<Item = (Kind, Status, Status)> {
    Kind::ALL.into_iter().flat_map(|kind| {
        Status::ALL.iter().flat_map(move |from| Status::ALL.iter().map(move |to| (kind, *from, *to)))
    })
}

/// Facts that meet every need a row has.
fn all_met(row: &Row) -> MoveFacts {
    that_meet(row.needs.iter().copied())
}

/// The facts that meet every need there is; the result only where the row takes one.
fn everything_for(row: Option<&Row>) -> MoveFacts {
    let takes_result = row.is_some_and(|row| {
        row.needs.contains(&Need::ClosingResult) || row.needs.contains(&Need::ClosingWithoutResult)
    });
    let mut facts = that_meet(Need::ALL);
    facts.supporting_finding = true;
    facts.closing_result = facts.closing_result.filter(|_| takes_result);
    facts
}

/// The facts with which `row` is moved and closed as `result`.
fn closing(row: &Row, result: ClosingResult, supporting_finding: bool) -> MoveFacts {
    MoveFacts { closing_result: Some(result), supporting_finding, ..all_met(row) }
}

#[test]
fn every_row_written_by_hand_is_there_once_and_no_other() {
    let by_hand: BTreeSet<_> = MOVES.iter().map(|row| (row.kind, row.from, row.to)).collect();
    assert_eq!(by_hand.len(), MOVES.len(), "a row is written twice");
    let mut in_table = Vec::new();
    for row in TABLE {
        in_table.extend(row.from.iter().map(|from| (row.kind, *from, row.to)));
    }
    in_table.sort_unstable();
    assert_eq!(in_table, by_hand.into_iter().collect::<Vec<_>>());
}

#[test]
fn each_cell_has_the_movers_and_needs_written_by_hand() {
    for (kind, from, to) in every_cell() {
        let found = find(kind, from, to).map(|row| (row.kind, row.to, row.by, row.needs));
        let expected = legal(kind, from, to).map(|row| (row.kind, row.to, row.who, row.needs));
        assert_eq!(found, expected, "{kind:?} {from:?} {to:?}");
    }
}

#[test]
fn from_each_status_the_rows_written_by_hand_are_reachable() {
    for kind in Kind::ALL {
        for from in Status::ALL {
            let mut reached: Vec<_> = reachable(kind, *from).map(|row| row.to).collect();
            reached.sort_unstable();
            let mut expected: Vec<_> =
                MOVES.iter().filter(|row| (row.kind, row.from) == (kind, *from)).map(|row| row.to).collect();
            expected.sort_unstable();
            assert_eq!(reached, expected, "{kind:?} {from:?}");
        }
    }
}

#[test]
fn with_everything_at_hand_exactly_the_right_movers_move() {
    for (kind, from, to) in every_cell() {
        let row = legal(kind, from, to);
        for movers in MOVERS {
            let expected = match row {
                None => Err(MoveRefusal::NoSuchMove { from, to }),
                Some(row) if row.who.iter().any(|who| movers.contains(who)) => Ok(()),
                Some(_) => Err(MoveRefusal::NotYourMove),
            };
            let decided = decide(kind, from, to, movers, &everything_for(row));
            assert_eq!(decided, expected, "{kind:?} {from:?} {to:?} {movers:?}");
        }
    }
}

#[test]
fn what_a_row_needs_is_enough_and_nothing_else_is_asked_for() {
    for row in MOVES {
        for mover in row.who {
            assert_eq!(decide(row.kind, row.from, row.to, &[*mover], &all_met(row)), Ok(()), "{row:?}");
        }
    }
}

#[test]
fn each_need_missing_alone_refuses_with_that_need() {
    for row in MOVES {
        for missing in row.needs {
            let facts = match missing {
                Need::ClosingResult | Need::ClosingWithoutResult => {
                    MoveFacts { closing_result: None, ..everything_for(Some(row)) }
                }
                other => that_meet(row.needs.iter().copied().filter(|need| need != other)),
            };
            let decided = decide(row.kind, row.from, row.to, row.who, &facts);
            assert_eq!(decided, Err(MoveRefusal::Missing(*missing)), "{row:?}");
        }
    }
}

#[test]
fn of_several_missing_needs_the_first_of_the_row_is_named() {
    for row in MOVES {
        for (met, missing) in row.needs.iter().enumerate() {
            let facts = that_meet(row.needs.iter().copied().take(met));
            let decided = decide(row.kind, row.from, row.to, row.who, &facts);
            assert_eq!(decided, Err(MoveRefusal::Missing(*missing)), "{row:?}");
        }
    }
}

#[test]
fn who_may_not_move_is_told_so_before_what_is_missing() {
    for row in MOVES {
        for mover in Mover::ALL.into_iter().filter(|mover| !row.who.contains(mover)) {
            let decided = decide(row.kind, row.from, row.to, &[mover], &MoveFacts::default());
            assert_eq!(decided, Err(MoveRefusal::NotYourMove), "{row:?}");
        }
    }
}

#[test]
fn an_item_is_closed_with_the_results_written_by_hand_alone() {
    for row in MOVES.iter().filter(|row| row.to == Status::Closed) {
        for result in ClosingResult::ALL {
            let expected = if closes_with(row.kind, row.from, result) {
                Ok(())
            } else {
                Err(MoveRefusal::ResultNotAllowed { from: row.from, result })
            };
            let decided = decide(row.kind, row.from, row.to, row.who, &closing(row, result, true));
            assert_eq!(decided, expected, "{row:?} {result:?}");
            let found = find(row.kind, row.from, row.to).unwrap();
            assert_eq!(allows_result(found, row.from, result), expected.is_ok(), "{row:?} {result:?}");
        }
    }
}

#[test]
fn every_closing_written_by_hand_is_a_row_of_the_table() {
    for (kind, from, results) in CLOSINGS {
        assert!(legal(*kind, *from, Status::Closed).is_some() && !results.is_empty(), "{kind:?} {from:?}");
    }
}

#[test]
fn a_move_that_closes_nothing_takes_no_result() {
    for row in MOVES.iter().filter(|row| row.to != Status::Closed) {
        for result in ClosingResult::ALL {
            let decided = decide(row.kind, row.from, row.to, row.who, &closing(row, result, true));
            assert_eq!(decided, Err(MoveRefusal::ResultNotAllowed { from: row.from, result }), "{row:?}");
        }
    }
}

#[test]
fn a_proposal_is_closed_without_any_result() {
    for from in [Status::Accepted, Status::PartlyAccepted, Status::Declined] {
        let close =
            |facts: &MoveFacts| decide(Kind::Proposal, from, Status::Closed, &[Mover::Secretariat], facts);
        assert_eq!(close(&MoveFacts::default()), Ok(()));
        for result in ClosingResult::ALL {
            let facts =
                MoveFacts { closing_result: Some(result), supporting_finding: true, ..MoveFacts::default() };
            assert_eq!(close(&facts), Err(MoveRefusal::ResultNotAllowed { from, result }));
        }
    }
}

#[test]
fn only_closing_as_implemented_rests_on_a_finding() {
    for (kind, from, results) in CLOSINGS {
        let row = legal(*kind, *from, Status::Closed).unwrap();
        for result in *results {
            let expected = match result {
                ClosingResult::Implemented => Err(MoveRefusal::FindingRequired),
                _ => Ok(()),
            };
            let decided = decide(*kind, *from, Status::Closed, row.who, &closing(row, *result, false));
            assert_eq!(decided, expected, "{row:?} {result:?}");
        }
    }
}

#[test]
fn a_result_that_does_not_fit_is_named_before_the_finding_it_lacks() {
    for from in [Status::Planned, Status::InProgress] {
        let result = ClosingResult::Implemented;
        let facts = MoveFacts { closing_result: Some(result), ..MoveFacts::default() };
        for kind in [Kind::Commitment, Kind::Recommendation] {
            let decided = decide(kind, from, Status::Closed, &[Mover::Secretariat], &facts);
            assert_eq!(decided, Err(MoveRefusal::ResultNotAllowed { from, result }), "{kind:?} {from:?}");
        }
    }
}

#[test]
fn whoever_moves_an_item_to_where_a_lead_is_needed_is_its_lead_or_names_one() {
    for row in MOVES.iter().filter(|row| row.to.needs_lead() && !row.from.needs_lead()) {
        let by_lead_alone = row.who == [Mover::Lead];
        assert!(by_lead_alone || row.needs.contains(&Need::Lead), "{row:?}");
    }
}

#[test]
fn each_move_stays_within_the_statuses_of_its_kind_and_each_status_is_reached() {
    for kind in Kind::ALL {
        let mut reached: BTreeSet<_> = [Status::Draft].into();
        for row in MOVES.iter().filter(|row| row.kind == kind) {
            assert!(kind.statuses().contains(&row.from), "{row:?}");
            reached.insert(row.to);
        }
        assert_eq!(reached, kind.statuses().iter().copied().collect(), "{kind:?}");
    }
}

#[test]
fn movers_and_needs_have_the_codes_of_the_interface() {
    assert_eq!(Mover::ALL.map(Mover::code), ["submitter", "lead", "secretariat"]);
    assert_eq!(
        Need::ALL.map(Need::code),
        [
            "reason",
            "lead",
            "consent",
            "answer",
            "due_on",
            "evidence",
            "source",
            "new_source",
            "closing_result",
            "closing_result_without_implementation",
            "target",
            "merge_consent",
            "successor",
            "lead_request",
            "answering_mechanism",
        ]
    );
}
