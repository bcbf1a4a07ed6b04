//! Response clocks: which one runs when, by tables written by hand, and that each stage is recorded once and in its
//! order whatever the machine's clock, the program and the item go through.

#![cfg(test)]

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::ids::{ClockId, Uuid};
use qadam_domain::items::moves::reachable;
use qadam_domain::items::response::{
    Begun, ClockKind, ResponseClock, Stage, Step, Terms, after_move, of_document,
};
use qadam_domain::items::{Kind, Status};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u128) -> ClockId {
    ClockId(Uuid::from_u128(number))
}

fn begun(number: u128, today: &str) -> Begun {
    Begun { id: id(number), today: day(today), filed_on: None }
}

fn moved(kept: Option<ResponseClock>, kind: Kind, to: Status, begun: Begun) -> Option<ResponseClock> {
    after_move(kept, kind, to, begun, &Terms::default())
}

#[test]
fn an_item_waits_for_somebodys_word_in_these_statuses_alone() {
    let mut waiting = Vec::new();
    for kind in Kind::ALL {
        for status in Status::ALL {
            if let Some(clock) = ClockKind::of(kind, *status) {
                waiting.push((kind.code(), status.code(), clock.code()));
            }
        }
    }
    let expected = [
        ("proposal", "submitted", "review"),
        ("proposal", "under_review", "answer"),
        ("commitment", "announced", "confirmation"),
        ("recommendation", "under_review", "answer"),
    ];
    assert_eq!(waiting, expected);
}

#[test]
fn a_return_never_counts_the_age_of_a_proposal_anew() {
    let filing = Begun { filed_on: Some(AsOf::day(day("2026-03-02"))), ..begun(1, "2026-03-02") };
    let filed = moved(None, Kind::Proposal, Status::Submitted, filing).unwrap();
    assert_eq!(filed.started_on, day("2026-03-02"));
    let filed = filed.having_reached(Stage::DueSoon);
    let returned = moved(Some(filed), Kind::Proposal, Status::Returned, begun(2, "2026-03-10"));
    assert_eq!(returned, Some(filed), "it stands still, and is kept");
    let again = moved(returned, Kind::Proposal, Status::Submitted, begun(3, "2026-05-01"));
    assert_eq!(again, Some(filed), "the same clock, with what was recorded of it");
    assert_eq!(again.unwrap().due(day("2026-05-01")), Some((Stage::Overdue, day("2026-03-13"))));
}

#[test]
fn a_review_counts_from_the_first_filing_also_where_no_clock_was_kept() {
    let days = |filed_on| {
        let begun = Begun { filed_on, ..begun(1, "2026-05-01") };
        moved(None, Kind::Proposal, Status::Submitted, begun).unwrap().started_on
    };
    let month = AsOf { on: day("2026-03-01"), precision: Precision::Month };
    assert_eq!(days(Some(AsOf::day(day("2026-03-02")))), day("2026-03-02"));
    assert_eq!(days(Some(month)), day("2026-05-01"), "a month is no day to count from");
    assert_eq!(days(None), day("2026-05-01"));
}

#[test]
fn passing_on_and_reopening_begin_a_new_wait_each_time() {
    let review = moved(None, Kind::Proposal, Status::Submitted, begun(1, "2026-03-02"));
    let first = moved(review, Kind::Proposal, Status::UnderReview, begun(2, "2026-03-05")).unwrap();
    assert_eq!((first.id, first.kind, first.started_on), (id(2), ClockKind::Answer, day("2026-03-05")));
    let declined = moved(Some(first), Kind::Proposal, Status::Declined, begun(3, "2026-06-01"));
    assert_eq!(declined, None, "answered: nobody owes a word");
    let second = moved(declined, Kind::Proposal, Status::UnderReview, begun(4, "2026-06-01")).unwrap();
    assert_eq!((second.id, second.reached, second.started_on), (id(4), None, day("2026-06-01")));
    let announced = moved(None, Kind::Commitment, Status::Announced, begun(5, "2026-03-02")).unwrap();
    let anew = moved(None, Kind::Commitment, Status::Announced, begun(6, "2026-03-02")).unwrap();
    assert_eq!((announced.kind, announced.started_on), (anew.kind, anew.started_on));
    assert_ne!(announced.id, anew.id, "two waits that begin on one day are two");
}

#[test]
fn what_a_document_records_waits_from_the_day_it_gives_or_not_at_all() {
    let recorded = |kind, status, precision| {
        let since = AsOf { on: day("2025-12-01"), precision };
        of_document(kind, status, since, id(1), &Terms::default()).map(|clock| (clock.kind, clock.started_on))
    };
    let from = |kind| Some((kind, day("2025-12-01")));
    for (kind, status, precision, expected) in [
        (Kind::Commitment, Status::Announced, Precision::Day, from(ClockKind::Confirmation)),
        (Kind::Commitment, Status::Announced, Precision::Month, None),
        (Kind::Commitment, Status::Announced, Precision::Year, None),
        (Kind::Commitment, Status::Planned, Precision::Day, None),
        (Kind::Proposal, Status::UnderReview, Precision::Day, from(ClockKind::Answer)),
        (Kind::Proposal, Status::UnderReview, Precision::Quarter, None),
        (Kind::Proposal, Status::Submitted, Precision::Day, None),
        (Kind::Recommendation, Status::UnderReview, Precision::Day, from(ClockKind::Answer)),
        (Kind::Recommendation, Status::Registered, Precision::Day, None),
    ] {
        assert_eq!(recorded(kind, status, precision), expected, "{kind:?} {status:?} {precision:?}");
    }
}

#[test]
fn a_stage_begins_on_its_day_and_ends_with_the_next() {
    let clock = ResponseClock::begin(id(1), ClockKind::Review, day("2026-03-02"), &Terms::default());
    for (today, stage, days) in [
        ("2026-03-01", None, 0),
        ("2026-03-02", None, 0),
        ("2026-03-06", None, 4),
        ("2026-03-07", Some(Stage::DueSoon), 5),
        ("2026-03-12", Some(Stage::DueSoon), 10),
        ("2026-03-13", Some(Stage::Overdue), 11),
        ("2026-03-22", Some(Stage::Overdue), 20),
        ("2026-03-23", Some(Stage::LetterDrafted), 21),
        ("2026-04-01", Some(Stage::LetterDrafted), 30),
        ("2026-04-02", Some(Stage::ListedForMeeting), 31),
        ("2030-01-01", Some(Stage::ListedForMeeting), 1401),
    ] {
        assert_eq!((clock.stage(day(today)), clock.days(day(today))), (stage, days), "{today}");
    }
}

#[test]
fn what_a_pause_missed_is_due_stage_by_stage_each_with_its_own_day() {
    let mut clock = ResponseClock::begin(id(1), ClockKind::Review, day("2026-03-02"), &Terms::default());
    let mut recorded = Vec::new();
    while let Some((stage, on)) = clock.due(day("2026-12-31")) {
        assert_eq!(clock.has_letter(), recorded.len() > 2);
        clock = clock.having_reached(stage);
        recorded.push((stage.code(), on.to_string()));
    }
    let expected = [
        ("due_soon", "2026-03-07"),
        ("overdue", "2026-03-13"),
        ("letter_drafted", "2026-03-23"),
        ("listed_for_meeting", "2026-04-02"),
    ];
    assert_eq!(recorded, expected.map(|(stage, on)| (stage, on.to_owned())));
    assert_eq!((clock.next(), clock.due(NaiveDate::MAX)), (None, None));
}

#[test]
fn codes_are_read_back_and_stages_follow_in_their_order() {
    for kind in ClockKind::ALL {
        assert_eq!(ClockKind::from_code(kind.code()), Some(kind));
    }
    for (index, stage) in Stage::ALL.into_iter().enumerate() {
        assert_eq!(Stage::from_code(stage.code()), Some(stage));
        assert_eq!(stage.next(), Stage::ALL.get(index + 1).copied());
    }
    for step in Step::ALL {
        assert_eq!(Step::from_code(step.code()), Some(step));
    }
    assert_eq!(
        (ClockKind::from_code("due"), Stage::from_code("letter_sent"), Step::from_code("x")),
        (None, None, None)
    );
}

/// What happens to an item, to the machine and to the program.
#[derive(Debug, Clone)]
enum Happening {
    /// The machine's clock goes on, or jumps, also backwards.
    Days(i64),
    /// The item makes one of the moves there are from where it stands.
    Move(usize),
    /// The scheduler looks once and records at most one stage.
    Look,
    /// The program starts anew: it goes on with what was stored.
    Restart,
    /// The scheduler looks until nothing is due.
    LookUntilDone,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => (-20i64..60).prop_map(Happening::Days),
        1 => Just(Happening::Days(-400)),
        2 => (0usize..8).prop_map(Happening::Move),
        2 => Just(Happening::Look),
        1 => Just(Happening::Restart),
        4 => Just(Happening::LookUntilDone),
    ]
}

/// A stage as it was recorded.
#[derive(Debug, Clone, Copy)]
struct Recorded {
    clock: ClockId,
    kind: ClockKind,
    stage: Stage,
    due: NaiveDate,
    on: NaiveDate,
    status: Status,
}

/// An item with its scheduler.
struct World {
    kind: Kind,
    status: Status,
    stored: Option<ResponseClock>,
    today: NaiveDate,
    filed_on: Option<NaiveDate>,
    clocks: u128,
    recorded: Vec<Recorded>,
    terms: Terms,
}

impl World {
    fn new(kind: Kind) -> Self {
        let (today, terms) = (day("2026-03-02"), Terms::default());
        let (stored, recorded) = (None, Vec::new());
        Self { kind, status: Status::Draft, stored, today, filed_on: None, clocks: 0, recorded, terms }
    }

    fn waiting(&self) -> Option<ResponseClock> {
        self.stored.filter(|clock| Some(clock.kind) == ClockKind::of(self.kind, self.status))
    }

    fn go(&mut self, choice: usize) {
        let moves: Vec<_> = reachable(self.kind, self.status).collect();
        let Some(row) = moves.get(choice % moves.len().max(1)) else { return };
        if self.status == Status::Draft {
            self.filed_on = Some(self.today);
        }
        self.clocks += 1;
        let begun = Begun { id: id(self.clocks), today: self.today, filed_on: self.filed_on.map(AsOf::day) };
        self.stored = after_move(self.stored, self.kind, row.to, begun, &self.terms);
        self.status = row.to;
    }

    fn look(&mut self) -> bool {
        let Some((clock, (stage, due))) =
            self.waiting().and_then(|clock| Some((clock, clock.due(self.today)?)))
        else {
            return false;
        };
        let (on, status) = (self.today, self.status);
        self.recorded.push(Recorded { clock: clock.id, kind: clock.kind, stage, due, on, status });
        self.stored = Some(clock.having_reached(stage));
        true
    }

    fn happen(&mut self, happening: &Happening) {
        match happening {
            Happening::Days(days) if *days < 0 => {
                self.today = self.today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap();
            }
            Happening::Days(days) => {
                self.today = self.today.checked_add_days(Days::new(days.unsigned_abs())).unwrap();
            }
            Happening::Move(choice) => self.go(*choice),
            Happening::Look => {
                self.look();
            }
            Happening::Restart => {}
            Happening::LookUntilDone => while self.look() {},
        }
    }

    /// What was recorded of a clock.
    fn of(&self, clock: ClockId) -> Vec<Stage> {
        self.recorded.iter().filter(|one| one.clock == clock).map(|one| one.stage).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn no_stage_is_ever_repeated_left_out_or_early(
        kind in 0usize..3, happenings in prop::collection::vec(happening(), 0..80),
    ) {
        let mut world = World::new(Kind::ALL[kind]);
        for happening in &happenings {
            let before = world.recorded.len();
            world.happen(happening);
            for new in &world.recorded[before..] {
                prop_assert!(new.due <= new.on, "early: {new:?}");
                prop_assert_eq!(ClockKind::of(world.kind, new.status), Some(new.kind), "nobody owed it");
            }
            let mut clocks: Vec<_> = world.recorded.iter().map(|one| one.clock).collect();
            clocks.sort_unstable();
            clocks.dedup();
            for clock in clocks {
                let stages = world.of(clock);
                prop_assert_eq!(&stages[..], &Stage::ALL[..stages.len()], "each once, in order, none left out");
            }
            if let (Happening::LookUntilDone, Some(clock)) = (happening, world.waiting()) {
                let reached = world.of(clock.id).last().copied();
                prop_assert!(reached >= clock.stage(world.today), "behind: {reached:?} {clock:?}");
                prop_assert_eq!(clock.reached, reached);
            }
            if let Some(clock) = world.waiting().filter(|clock| clock.kind == ClockKind::Review) {
                prop_assert_eq!(Some(clock.started_on), world.filed_on, "a return counted it anew");
            }
        }
    }
}
