//! Which field of an item may be edited in which status by whom.
//!
//! Status, levels, owners, deadlines after the draft, links and consents are not fields: they change by events of
//! their own. One table, [`TABLE`], says the rest.

use super::moves::Mover;
use super::status::{Kind, Status};

/// A field of an item that a patch may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Title, summary, grounds, expected result or completion form in the original language.
    Text,
    /// The same in another language, and the state of translations.
    Translation,
    /// The organisations a proposal is addressed to.
    Addressees,
    /// Themes, legal references, groups, development targets.
    Classification,
    /// Due date, its precision, or why there is none, while it is a draft.
    Due,
    /// When a mechanism wants information.
    InformationDue,
    /// Mechanism, document symbol, paragraph, address, quotation.
    Source,
    /// Follow-up selection and the grade of information.
    Followup,
    /// The secretariat's mark.
    Priority,
    /// The colleagues who may read and edit a draft.
    Drafters,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Translation,
        Self::Addressees,
        Self::Classification,
        Self::Due,
        Self::InformationDue,
        Self::Source,
        Self::Followup,
        Self::Priority,
        Self::Drafters,
    ];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Translation => "translation",
            Self::Addressees => "addressees",
            Self::Classification => "classification",
            Self::Due => "due",
            Self::InformationDue => "information_due_on",
            Self::Source => "source",
            Self::Followup => "followup",
            Self::Priority => "priority",
            Self::Drafters => "drafters",
        }
    }
}

/// A row: these fields of this kind, in these statuses, by these movers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRule {
    /// The kind of item.
    pub kind: Kind,
    /// The fields.
    pub fields: &'static [Field],
    /// The statuses.
    pub statuses: &'static [Status],
    /// Who.
    pub by: &'static [Mover],
}

const fn rule(
    kind: Kind,
    fields: &'static [Field],
    statuses: &'static [Status],
    by: &'static [Mover],
) -> FieldRule {
    FieldRule { kind, fields, statuses, by }
}

/// The statuses of each kind after the draft.
const FILED_PROPOSAL: &[Status] = &[
    Status::Submitted,
    Status::Returned,
    Status::UnderReview,
    Status::Accepted,
    Status::PartlyAccepted,
    Status::Declined,
    Status::Closed,
];
const LIVE_COMMITMENT: &[Status] = &[
    Status::Announced,
    Status::Declined,
    Status::Planned,
    Status::InProgress,
    Status::ReportedDone,
    Status::Closed,
];
const LIVE_RECOMMENDATION: &[Status] = &[
    Status::Registered,
    Status::UnderReview,
    Status::Accepted,
    Status::PartlyAccepted,
    Status::Noted,
    Status::Planned,
    Status::InProgress,
    Status::ReportedDone,
    Status::Closed,
];

/// Every field edit there is.
pub const TABLE: &[FieldRule] = &[
    // The mark is set in every status, also on items that came to an end.
    rule(Kind::Proposal, &[Field::Priority], Kind::Proposal.statuses(), &[Mover::Secretariat]),
    rule(Kind::Commitment, &[Field::Priority], Kind::Commitment.statuses(), &[Mover::Secretariat]),
    rule(Kind::Recommendation, &[Field::Priority], Kind::Recommendation.statuses(), &[Mover::Secretariat]),
    // A submitter writes until it files, and again when the text comes back; nobody else touches its words.
    rule(
        Kind::Proposal,
        &[Field::Text, Field::Translation, Field::Addressees, Field::Classification],
        &[Status::Draft, Status::Returned],
        &[Mover::Submitter],
    ),
    rule(Kind::Proposal, &[Field::Drafters], &[Status::Draft], &[Mover::Submitter]),
    rule(Kind::Proposal, &[Field::Translation, Field::Classification], FILED_PROPOSAL, &[Mover::Secretariat]),
    rule(Kind::Proposal, &[Field::Addressees], &[Status::Submitted], &[Mover::Secretariat]),
    // A body writes its own drafts and corrects an announcement when it confirms; the secretariat writes those
    // drafts it announces.
    rule(
        Kind::Commitment,
        &[Field::Text, Field::Translation, Field::Classification, Field::Due, Field::Source, Field::Drafters],
        &[Status::Draft],
        &[Mover::Submitter],
    ),
    rule(Kind::Commitment, &[Field::Text, Field::Translation], &[Status::Announced], &[Mover::Lead]),
    rule(
        Kind::Commitment,
        &[Field::Translation, Field::Classification, Field::Source, Field::InformationDue],
        LIVE_COMMITMENT,
        &[Mover::Secretariat],
    ),
    // Recommendations are transcribed by the secretariat, and corrected by it.
    rule(
        Kind::Recommendation,
        &[
            Field::Text,
            Field::Translation,
            Field::Classification,
            Field::Due,
            Field::InformationDue,
            Field::Source,
            Field::Followup,
            Field::Drafters,
        ],
        &[Status::Draft],
        &[Mover::Submitter],
    ),
    rule(
        Kind::Recommendation,
        &[
            Field::Text,
            Field::Translation,
            Field::Classification,
            Field::InformationDue,
            Field::Source,
            Field::Followup,
        ],
        LIVE_RECOMMENDATION,
        &[Mover::Secretariat],
    ),
];

/// The statuses, of whatever kind, in which somebody edits a field.
pub fn statuses_for(field: Field, mover: Mover) -> Vec<Status> {
    let theirs = |row: &&FieldRule| row.fields.contains(&field) && row.by.contains(&mover);
    let in_some = |status: &&Status| TABLE.iter().filter(theirs).any(|row| row.statuses.contains(status));
    Status::ALL.iter().filter(in_some).copied().collect()
}

/// Whether somebody who is all of `movers` to the item may edit a field of it.
pub fn may_edit(kind: Kind, status: Status, field: Field, movers: &[Mover]) -> bool {
    TABLE.iter().any(|row| {
        row.kind == kind
            && row.fields.contains(&field)
            && row.statuses.contains(&status)
            && row.by.iter().any(|mover| movers.contains(mover))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that may be edited, written out by hand: field codes for each kind, status and mover.
    fn expected(kind: Kind, status: Status, mover: Mover) -> &'static [&'static str] {
        use Status::{
            Accepted, Announced, Closed, Declined, Draft, InProgress, Merged, Noted, PartlyAccepted, Planned,
            Registered, ReportedDone, Returned, Submitted, Superseded, UnderReview, Withdrawn,
        };
        match (kind, status, mover) {
            (Kind::Proposal, Draft, Mover::Submitter) => {
                &["text", "translation", "addressees", "classification", "drafters"]
            }
            (Kind::Proposal, Returned, Mover::Submitter) => {
                &["text", "translation", "addressees", "classification"]
            }
            (Kind::Proposal, Submitted, Mover::Secretariat) => {
                &["translation", "addressees", "classification", "priority"]
            }
            (
                Kind::Proposal,
                Returned | UnderReview | Accepted | PartlyAccepted | Declined | Closed,
                Mover::Secretariat,
            ) => &["translation", "classification", "priority"],
            (Kind::Commitment, Draft, Mover::Submitter) => {
                &["text", "translation", "classification", "due", "source", "drafters"]
            }
            (Kind::Commitment, Announced, Mover::Lead) => &["text", "translation"],
            (
                Kind::Commitment,
                Announced | Declined | Planned | InProgress | ReportedDone | Closed,
                Mover::Secretariat,
            ) => &["translation", "classification", "information_due_on", "source", "priority"],
            (Kind::Recommendation, Draft, Mover::Submitter) => &[
                "text",
                "translation",
                "classification",
                "due",
                "information_due_on",
                "source",
                "followup",
                "drafters",
            ],
            (
                Kind::Recommendation,
                Registered | UnderReview | Accepted | PartlyAccepted | Noted | Planned | InProgress
                | ReportedDone | Closed,
                Mover::Secretariat,
            ) => &[
                "text",
                "translation",
                "classification",
                "information_due_on",
                "source",
                "followup",
                "priority",
            ],
            (Kind::Proposal, Draft | Withdrawn | Merged, Mover::Secretariat)
            | (Kind::Commitment, Draft | Withdrawn | Superseded, Mover::Secretariat)
            | (Kind::Recommendation, Draft | Merged | Superseded, Mover::Secretariat) => &["priority"],
            _ => &[],
        }
    }

    #[test]
    fn the_field_table_says_what_is_written_here_by_hand() {
        for kind in Kind::ALL {
            for status in Status::ALL {
                for mover in Mover::ALL {
                    let allowed: Vec<_> = Field::ALL
                        .into_iter()
                        .filter(|field| may_edit(kind, *status, *field, &[mover]))
                        .map(Field::code)
                        .collect();
                    assert_eq!(allowed, expected(kind, *status, mover), "{kind:?} {status:?} {mover:?}");
                }
            }
        }
    }

    #[test]
    fn in_every_status_with_translations_to_edit_each_kind_that_has_it_is_edited() {
        let statuses = statuses_for(Field::Translation, Mover::Secretariat);
        for kind in Kind::ALL {
            for status in kind.statuses() {
                let edits = may_edit(kind, *status, Field::Translation, &[Mover::Secretariat]);
                assert_eq!(statuses.contains(status), edits, "{kind:?} {status:?}");
            }
        }
    }

    #[test]
    fn nobody_without_a_part_in_the_item_edits_anything() {
        for kind in Kind::ALL {
            for status in Status::ALL {
                assert!(Field::ALL.into_iter().all(|field| !may_edit(kind, *status, field, &[])));
            }
        }
    }
}
