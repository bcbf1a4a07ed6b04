//! One letter for each answer of the rules, so that a table of answers is read at a glance.

use crate::cast::Person;
use qadam_domain::policy::Refusal;

/// An answer of the rules.
pub(crate) type Verdict = Result<(), Refusal>;

/// The answer a letter stands for.
pub(crate) fn verdict(letter: char) -> Verdict {
    match letter {
        '+' => Ok(()),
        '1' => Err(Refusal::Unauthenticated),
        '-' => Err(Refusal::NotFound),
        'R' => Err(Refusal::RoleRequired),
        'F' => Err(Refusal::FieldLocked),
        'D' => Err(Refusal::NotADraft),
        'P' => Err(Refusal::NotSplittable),
        'S' => Err(Refusal::StatusConflict),
        'X' => Err(Refusal::LevelFixed),
        'C' => Err(Refusal::ConsentRequired),
        '=' => Err(Refusal::LevelUnchanged),
        'W' => Err(Refusal::IdentityWiderThanText),
        '2' => Err(Refusal::SecondPersonRequired),
        'N' => Err(Refusal::NotAnAssessor),
        'A' => Err(Refusal::ApprovalRequired),
        other => panic!("{other} is no verdict"),
    }
}

/// The answers of a row; blanks only group the columns.
pub(crate) fn row<const COLUMNS: usize>(letters: &str) -> [Verdict; COLUMNS] {
    let verdicts: Vec<_> = letters.chars().filter(|letter| *letter != ' ').map(verdict).collect();
    verdicts.try_into().unwrap_or_else(|_| panic!("{letters} has not {COLUMNS} columns"))
}

/// A row with a column for each person.
pub(crate) fn for_each_person(letters: &str) -> impl Iterator<Item = (Person, Verdict)> {
    Person::ALL.into_iter().zip(row::<14>(letters))
}
