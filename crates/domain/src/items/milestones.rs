//! Milestones: the steps on the way to what an item asks for, each with a day.
//!
//! A law passes stages. Which they are, and in which order, is a vocabulary of the country; a bill may enter at any of
//! them and pass over some, but never goes back.

use chrono::NaiveDate;

use super::assessments::coded;
use super::item::RecordedFrom;
use crate::calendar::{AsOf, Deadline};
use crate::language::LanguageMap;

coded! {
    /// What is to happen.
    MilestoneKind {
        /// A law or another legal act is made.
        LegalAct => "legal_act",
        /// Money is given.
        Budget => "budget",
        /// People are trained.
        Training => "training",
        /// Something is built.
        Construction => "construction",
        /// Anything else.
        Other => "other",
    }
}

/// A stage that a legal act has reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageReached {
    /// Code of the stage in its vocabulary.
    pub stage: String,
    /// When.
    pub on: AsOf,
}

/// A step on the way to what an item asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What is to happen.
    pub kind: MilestoneKind,
    /// What it is.
    pub title: LanguageMap,
    /// When it is due.
    pub due: Option<Deadline>,
    /// When it was first due: later changes do not move it.
    pub original_due_on: Option<NaiveDate>,
    /// When it was reached.
    pub reached: Option<AsOf>,
    /// The stages that a legal act has reached, in their order.
    pub stages: Vec<StageReached>,
    /// Address of what it is about: the bill, the tender.
    pub url: Option<String>,
    /// What the reader should know.
    pub note: LanguageMap,
    /// The document it was recorded from; then the secretariat recorded it, not the body.
    pub recorded_from: Option<RecordedFrom>,
}

/// Why a milestone cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MilestoneRefusal {
    /// Only legal acts pass stages.
    #[error("only a legal act passes stages")]
    NoStages,
    /// There is no such stage.
    #[error("there is no such stage")]
    UnknownStage,
    /// It is not after the stage that was reached last.
    #[error("a stage comes after those that were reached")]
    StageOutOfOrder,
    /// It was reached before the stage before it was.
    #[error("a stage is not reached before the one before it")]
    BeforePrevious,
    /// It is reached already.
    #[error("it is reached already")]
    Reached,
}

impl Milestone {
    /// Notes that a stage was reached, of those in `order`. With the last one the milestone is reached.
    pub fn reach_stage(&mut self, stage: &str, on: AsOf, order: &[&str]) -> Result<(), MilestoneRefusal> {
        if self.kind != MilestoneKind::LegalAct {
            return Err(MilestoneRefusal::NoStages);
        }
        let place = |code: &str| order.iter().position(|one| *one == code);
        let wanted = place(stage).ok_or(MilestoneRefusal::UnknownStage)?;
        if self.reached.is_some() {
            return Err(MilestoneRefusal::Reached);
        }
        if let Some(last) = self.stages.last() {
            // A stage that the vocabulary does not have any more stands before all that it has.
            if place(&last.stage).is_some_and(|last| wanted <= last) {
                return Err(MilestoneRefusal::StageOutOfOrder);
            }
            if on.precision.last_day(on.on) < last.on.on {
                return Err(MilestoneRefusal::BeforePrevious);
            }
        }
        self.stages.push(StageReached { stage: stage.to_owned(), on });
        if wanted + 1 == order.len() {
            self.reached = Some(on);
        }
        Ok(())
    }

    /// Notes that it was reached.
    pub fn reach(&mut self, on: AsOf) -> Result<(), MilestoneRefusal> {
        if self.reached.is_some() {
            return Err(MilestoneRefusal::Reached);
        }
        if self.stages.last().is_some_and(|last| on.precision.last_day(on.on) < last.on.on) {
            return Err(MilestoneRefusal::BeforePrevious);
        }
        self.reached = Some(on);
        Ok(())
    }

    /// Moves the day it is due. What was reached is not due any more.
    pub fn move_due(&mut self, due: Option<Deadline>) -> Result<(), MilestoneRefusal> {
        if self.reached.is_some() {
            return Err(MilestoneRefusal::Reached);
        }
        self.due = due;
        self.original_due_on = self.original_due_on.or(due.map(|due| due.on));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Precision;
    use proptest::prelude::*;

    const ORDER: [&str; 4] = ["concept", "government", "senate", "signed"];

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(text: &str) -> AsOf {
        AsOf::day(day(text))
    }

    fn milestone(kind: MilestoneKind) -> Milestone {
        Milestone {
            kind,
            title: LanguageMap::default(),
            due: None,
            original_due_on: None,
            reached: None,
            stages: Vec::new(),
            url: None,
            note: LanguageMap::default(),
            recorded_from: None,
        }
    }

    #[test]
    fn stages_are_reached_in_their_order_and_on_days_that_follow() {
        use MilestoneRefusal::{BeforePrevious, Reached, StageOutOfOrder, UnknownStage};
        let mut bill = milestone(MilestoneKind::LegalAct);
        let may = AsOf { on: day("2025-05-01"), precision: Precision::Month };
        for (stage, when, expected) in [
            ("referendum", on("2025-01-10"), Err(UnknownStage)),
            ("concept", on("2025-05-10"), Ok(())),
            ("concept", on("2025-05-11"), Err(StageOutOfOrder)),
            ("senate", on("2025-04-30"), Err(BeforePrevious)),
            // Some day in May may be after the tenth.
            ("senate", may, Ok(())),
            ("government", on("2025-06-01"), Err(StageOutOfOrder)),
            ("signed", on("2025-06-02"), Ok(())),
            ("signed", on("2025-06-03"), Err(Reached)),
        ] {
            assert_eq!(bill.reach_stage(stage, when, &ORDER), expected, "{stage}");
        }
        assert_eq!(bill.reached, Some(on("2025-06-02")));
        assert_eq!(
            bill.stages.iter().map(|one| one.stage.as_str()).collect::<Vec<_>>(),
            ["concept", "senate", "signed"]
        );
    }

    #[test]
    fn only_legal_acts_pass_stages() {
        for kind in MilestoneKind::ALL {
            let passes = milestone(*kind).reach_stage("concept", on("2025-01-10"), &ORDER).is_ok();
            assert_eq!(passes, *kind == MilestoneKind::LegalAct, "{kind:?}");
        }
    }

    #[test]
    fn a_milestone_is_reached_once_and_its_day_stands_then() {
        let mut built = milestone(MilestoneKind::Construction);
        let due = |text| Some(Deadline::new(day(text), Precision::Day));
        assert_eq!(built.move_due(due("2025-03-01")), Ok(()));
        assert_eq!(built.move_due(due("2025-09-01")), Ok(()));
        assert_eq!(built.original_due_on, Some(day("2025-03-01")));
        assert_eq!(built.reach(on("2025-08-01")), Ok(()));
        assert_eq!(built.reach(on("2025-08-02")), Err(MilestoneRefusal::Reached));
        assert_eq!(built.move_due(None), Err(MilestoneRefusal::Reached));
        assert_eq!((built.due, built.reached), (due("2025-09-01"), Some(on("2025-08-01"))));
    }

    proptest! {
        #[test]
        fn whatever_is_tried_the_stages_stand_in_their_order(
            tries in prop::collection::vec((0..5_usize, 0..40_u64), 0..12)
        ) {
            let mut bill = milestone(MilestoneKind::LegalAct);
            for (stage, days) in tries {
                let before = bill.clone();
                let when = AsOf::day(day("2025-01-01") + chrono::Days::new(days));
                let stage = ORDER.get(stage).copied().unwrap_or("nope");
                if bill.reach_stage(stage, when, &ORDER).is_err() {
                    prop_assert_eq!(&bill, &before);
                }
                let place = |one: &StageReached| ORDER.iter().position(|stage| *stage == one.stage);
                let stand = |pair: &[StageReached]| {
                    place(&pair[0]) < place(&pair[1]) && pair[0].on.on <= pair[1].on.on
                };
                prop_assert!(bill.stages.windows(2).all(stand));
            }
        }
    }
}
