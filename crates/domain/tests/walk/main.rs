//! A random walk by everybody over items of all kinds: what the model calls legal is done, what it calls illegal
//! is refused, at every one of ten thousand steps.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected fails")]

#[path = "../cast/mod.rs"]
mod cast;
#[path = "../facts/mod.rs"]
mod facts;
#[path = "../table/mod.rs"]
mod table;

mod model;
mod random;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use cast::Person;
use model::{Item, Offer, Verdict};
use qadam_domain::items::moves::{MoveFacts, MoveRefusal, Mover, decide};
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, Refusal, Subject, may, movers};
use random::Random;
use table::{MOVES, Row};

/// Steps of one walk.
const STEPS: usize = 10_000;
/// Items that are walked at once.
const ITEMS: usize = 16;

struct Walk {
    random: Random,
    items: Vec<Item>,
    /// How often each row of the table was walked.
    walked: BTreeMap<(Kind, Status, Status), usize>,
    /// How each person's attempts ended.
    verdicts: BTreeSet<(Person, Verdict)>,
}

/// Something that somebody tried.
struct Attempt {
    person: Person,
    /// What it was, for whoever reads of a failure.
    told: String,
    /// How it ends by the model.
    expected: Verdict,
    /// How it ended by the rules.
    answered: Verdict,
}

/// The rules' answer as a verdict.
fn verdict(answer: Result<(), Refusal>) -> Verdict {
    match answer {
        Ok(()) => Verdict::Done,
        Err(Refusal::Unauthenticated) => Verdict::Unauthenticated,
        Err(Refusal::NotFound) => Verdict::Absent,
        Err(_) => Verdict::Refused,
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            items: Vec::new(),
            walked: BTreeMap::new(),
            verdicts: BTreeSet::new(),
        }
    }

    fn step(&mut self) -> Attempt {
        let choice = self.random.below(100);
        let attempt = match choice {
            _ if self.items.is_empty() => self.begin(),
            0..8 => self.begin(),
            8..16 => self.consent(),
            16..24 => self.change_level(),
            _ => self.make_move(),
        };
        self.verdicts.insert((attempt.person, attempt.answered));
        attempt
    }

    fn anybody(&mut self) -> Person {
        self.random.pick(&Person::ALL)
    }

    /// Mostly one of those for whom `right` holds, if there are any; else anybody.
    fn somebody(&mut self, right: impl Fn(Person) -> bool) -> Person {
        let mut people = Person::ALL.to_vec();
        if self.random.chance(75) && people.iter().any(|person| right(*person)) {
            people.retain(|person| right(*person));
        }
        self.random.pick(&people)
    }

    fn begin(&mut self) -> Attempt {
        let kind = self.random.pick(&Kind::ALL);
        let person = self.somebody(|person| model::create(person, kind) == Verdict::Done);
        let expected = model::create(person, kind);
        let answered = verdict(may(&person.viewer(), Action::CreateItem(kind), Subject::Register));
        if (expected, answered) == (Verdict::Done, Verdict::Done) {
            let item = world::begin(&mut self.random, person, kind);
            match self.items.iter().position(world::has_ended) {
                Some(ended) => self.items[ended] = item,
                None if self.items.len() < ITEMS => self.items.push(item),
                // Some lives go round for ever: one makes place.
                None => {
                    let place = self.random.below(ITEMS);
                    self.items[place] = item;
                }
            }
        }
        Attempt { person, told: format!("{person:?} begins a {kind:?}"), expected, answered }
    }

    fn consent(&mut self) -> Attempt {
        let (index, person) = (self.random.below(self.items.len()), self.anybody());
        let item = &mut self.items[index];
        let expected = model::consent(person, item);
        let answered = verdict(may(&person.viewer(), Action::Consent, Subject::Item(&world::facts(item))));
        let told = format!("{person:?} consents on {item:?}");
        if expected == Verdict::Done {
            item.consent = Some(self.random.pick(&Level::ALL));
        }
        Attempt { person, told, expected, answered }
    }

    fn change_level(&mut self) -> Attempt {
        let (index, person) = (self.random.below(self.items.len()), self.anybody());
        let (axis, to) = (self.random.pick(&Axis::ALL), self.random.pick(&Level::ALL));
        let item = &mut self.items[index];
        let expected = model::change_level(person, item, axis, to);
        let facts = world::facts(item);
        let answer = may(&person.viewer(), Action::ChangeLevel { axis, to }, Subject::Item(&facts));
        let told = format!("{person:?} changes {axis:?} to {to:?} on {item:?}");
        match (expected, axis) {
            (Verdict::Done, Axis::Text) => {
                let by_submitter = model::parts(person, item).contains(&Mover::Submitter);
                world::apply_text_level(item, to, by_submitter);
            }
            (Verdict::Done, Axis::Identity) => item.identity = to,
            _ if matches!(answer, Err(Refusal::SecondPersonRequired | Refusal::ConsentRequired))
                && axis == Axis::Identity =>
            {
                item.asked.push(person);
            }
            _ => {}
        }
        Attempt { person, told, expected, answered: verdict(answer) }
    }

    /// Where an item might go and who might move it: mostly as the table says, else anywhere by anybody.
    fn choose_move(&mut self, item: &Item) -> (Person, Status) {
        let rows: Vec<_> =
            MOVES.iter().filter(|row| (row.kind, row.from) == (item.kind, item.status)).collect();
        // Half of the time the row that was walked least, so that the whole table is walked.
        let walked = |row: &Row| self.walked.get(&(row.kind, row.from, row.to)).copied();
        let row = match self.random.below(4) {
            0 | 1 => rows.iter().copied().min_by_key(|row| walked(row)),
            2 if !rows.is_empty() => Some(self.random.pick(&rows)),
            _ => None,
        };
        let Some(row) = row else {
            return (self.anybody(), self.random.pick(Status::ALL));
        };
        let moves = |person| {
            let is_mover = model::parts(person, item).iter().any(|part| row.who.contains(part));
            is_mover && model::sees(person, item)
        };
        (self.somebody(moves), row.to)
    }

    fn make_move(&mut self) -> Attempt {
        let index = self.random.below(self.items.len());
        let item = self.items[index].clone();
        let (person, to) = self.choose_move(&item);
        let offer = world::offer(&mut self.random, &item, to);
        let expected = model::make_move(person, &item, to, &offer);
        let answered = ask_for_move(person, &item, to, &offer);
        if expected == Verdict::Done {
            *self.walked.entry((item.kind, item.status, to)).or_default() += 1;
            world::apply_move(&mut self.random, &mut self.items[index], to, &offer);
        }
        let told = format!("{person:?} moves to {to:?} with {offer:?} {item:?}");
        Attempt { person, told, expected, answered }
    }
}

/// What the rules answer: whether this person may, then whether everything is at hand.
fn ask_for_move(person: Person, item: &Item, to: Status, offer: &Offer) -> Verdict {
    let (viewer, facts) = (person.viewer(), world::facts(item));
    let with = MoveFacts {
        closing_result: offer.result,
        supporting_finding: offer.finding,
        ..facts::that_meet(offer.at_hand.iter().copied())
    };
    let decided = decide(item.kind, item.status, to, &movers(&viewer, &facts), &with);
    match may(&viewer, Action::Move(to), Subject::Item(&facts)) {
        Ok(()) => {
            let of_table = matches!(decided, Err(MoveRefusal::NoSuchMove { .. } | MoveRefusal::NotYourMove));
            assert!(!of_table, "{person:?} may and yet may not: {decided:?} {item:?}");
            if decided.is_ok() { Verdict::Done } else { Verdict::Refused }
        }
        Err(refusal) => verdict(Err(refusal)),
    }
}

/// Walks, and returns what was walked.
fn walk(seed: u64) -> Walk {
    let mut walk = Walk::new(seed);
    for step in 0..STEPS {
        let Attempt { told, expected, answered, .. } = walk.step();
        assert_eq!(answered, expected, "seed {seed}, step {step}: {told}");
        let broken = walk.items.iter().find(|item| !model::is_in_order(item));
        assert!(broken.is_none(), "seed {seed}, step {step}: {told}, and then {broken:?}");
    }
    walk
}

#[test]
fn no_illegal_move_is_made_and_no_legal_one_refused_in_ten_thousand_steps() {
    let mut walked = BTreeSet::new();
    for seed in [1, 20_250_227, 20_261_122] {
        let walk = walk(seed);
        let moves: usize = walk.walked.values().sum();
        assert!(moves > STEPS / 10, "seed {seed}: only {moves} moves were made");
        walked.extend(walk.walked.into_keys());
    }
    let legal = MOVES.iter().map(|row| (row.kind, row.from, row.to)).collect();
    assert_eq!(walked, legal, "not every row of the table was walked");
}

#[test]
fn in_a_walk_everybody_meets_every_answer_there_is_for_them() {
    use Verdict::{Absent, Done, Refused, Unauthenticated};
    let walk = walk(3);
    for person in Person::ALL {
        let mut met = vec![Unauthenticated, Absent, Refused, Done];
        met.retain(|verdict| walk.verdicts.contains(&(person, *verdict)));
        let expected: &[Verdict] = match person {
            Person::Anonymous => &[Unauthenticated],
            Person::Admin | Person::Observer | Person::Unconfirmed => &[Absent, Refused],
            _ => &[Absent, Refused, Done],
        };
        assert_eq!(met, expected, "{person:?}");
    }
}

#[test]
fn the_same_seed_walks_the_same_way() {
    let (first, second) = (walk(7), walk(7));
    assert_eq!(first.walked, second.walked);
    assert_ne!(first.walked, walk(8).walked);
}
