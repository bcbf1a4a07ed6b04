//! Findings: what somebody other than an owner found of what was done. Append-only; a newer one of the same assessor
//! supersedes the older, which stays readable.

use chrono::NaiveDate;

use super::item::{Evidence, RecordedFrom};
use crate::calendar::AsOf;
use crate::ids::OrganisationId;
use crate::language::LanguageMap;
use crate::organisations::OrganisationKind;

macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// What was found, best to worst; then the two that are no judgement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Finding { $($(#[$doc])* $name,)* }

        impl Finding {
            /// All findings.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code used in the API and in the vocabulary of findings.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

findings! {
    /// Done.
    Implemented => "implemented",
    /// Substantive steps were taken.
    SubstantiveSteps => "substantive_steps",
    /// Partly done, not graded finer.
    PartlyImplemented => "partly_implemented",
    /// First steps were taken.
    InitialSteps => "initial_steps",
    /// Nothing was done.
    NotImplemented => "not_implemented",
    /// Measures against it were taken.
    Counteracted => "counteracted",
    /// An earlier result was lost.
    Regressed => "regressed",
    /// Too little is known.
    InsufficientInformation => "insufficient_information",
    /// It cannot be assessed, for a reason that is said.
    CannotAssess => "cannot_assess",
}

impl Finding {
    /// The finding with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|finding| finding.code() == code)
    }

    /// Whether it judges what was done.
    pub const fn is_judgement(self) -> bool {
        !matches!(self, Self::InsufficientInformation | Self::CannotAssess)
    }

    /// Whether it contradicts that something was done: initial steps or worse.
    pub const fn contradicts_done(self) -> bool {
        matches!(self, Self::InitialSteps | Self::NotImplemented | Self::Counteracted | Self::Regressed)
    }

    /// The findings that contradict that something was done.
    pub fn contradicting() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|finding| finding.contradicts_done())
    }
}

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident => $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code used in the API.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use coded;

coded! {
    /// Why nothing can be said.
    NoJudgementReason {
        /// What was to be done has changed.
        Changed => "changed",
        /// There is no information.
        NoInformation => "no_information",
        /// Another item says the same.
        Duplicate => "duplicate",
        /// Events overtook it.
        Overtaken => "overtaken",
    }
}

coded! {
    /// How sure the assessor is.
    Confidence {
        /// Little.
        Low => "low",
        /// Fairly.
        Medium => "medium",
        /// Very.
        High => "high",
    }
}

coded! {
    /// Whose voice a finding is, beside the state's.
    Voice {
        /// Civil society.
        CivilSociety => "civil_society",
        /// Independent institutions: the Ombudsman, the preventive mechanism, courts, Parliament.
        Independent => "independent",
        /// Mechanisms and international organisations.
        Mechanisms => "mechanisms",
    }
}

impl Voice {
    /// The voice of an organisation of this kind; state bodies have none here: they report.
    pub const fn of(kind: OrganisationKind) -> Option<Self> {
        match kind {
            OrganisationKind::StateBody => None,
            OrganisationKind::Independent => Some(Self::Independent),
            OrganisationKind::CivilSociety => Some(Self::CivilSociety),
            OrganisationKind::International => Some(Self::Mechanisms),
        }
    }
}

/// Who found it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assessor {
    /// An organisation of the register.
    Organisation(OrganisationId),
    /// A mechanism of the vocabulary that is no organisation here.
    Mechanism(String),
}

/// The document a finding was transcribed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcribed {
    /// The document.
    pub from: RecordedFrom,
    /// Its symbol, `CAT/C/KAZ/FU/4`.
    pub symbol: Option<String>,
    /// The paragraph.
    pub paragraph: Option<String>,
}

/// A reply of the responsible body, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it says.
    pub text: LanguageMap,
    /// Its day.
    pub on: NaiveDate,
    /// The body.
    pub organisation: OrganisationId,
}

/// A finding with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Who found it.
    pub assessor: Assessor,
    /// Whose voice it is.
    pub voice: Voice,
    /// What was found.
    pub finding: Finding,
    /// Why nothing can be said, where nothing is.
    pub no_judgement: Option<NoJudgementReason>,
    /// The grade on the assessor's own scale, `B1`.
    pub scale_code: Option<String>,
    /// Since when it holds.
    pub as_of: AsOf,
    /// Why it was found so.
    pub rationale: LanguageMap,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The last day of what was looked at.
    pub evidence_until: Option<NaiveDate>,
    /// How sure the assessor is.
    pub confidence: Option<Confidence>,
    /// The document it was transcribed from.
    pub transcribed: Option<Transcribed>,
    /// The body's reply.
    pub reply: Option<Reply>,
}

/// Whether the reason why nothing can be said fits the finding: given where nothing can be assessed, allowed where
/// too little is known, and nowhere else.
pub const fn reason_fits(finding: Finding, reason: Option<NoJudgementReason>) -> bool {
    match finding {
        Finding::CannotAssess => reason.is_some(),
        Finding::InsufficientInformation => true,
        _ => reason.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_stand_from_best_to_worst_and_four_contradict_that_something_was_done() {
        let codes: Vec<_> = Finding::ALL.iter().map(|finding| finding.code()).collect();
        assert_eq!(
            codes,
            [
                "implemented",
                "substantive_steps",
                "partly_implemented",
                "initial_steps",
                "not_implemented",
                "counteracted",
                "regressed",
                "insufficient_information",
                "cannot_assess"
            ]
        );
        let contradicting: Vec<_> = Finding::contradicting().map(Finding::code).collect();
        assert_eq!(contradicting, ["initial_steps", "not_implemented", "counteracted", "regressed"]);
        for finding in Finding::ALL {
            assert_eq!(Finding::from_code(finding.code()), Some(*finding));
            assert!(finding.is_judgement() || !finding.contradicts_done());
        }
    }

    #[test]
    fn a_reason_for_saying_nothing_is_given_where_nothing_is_said() {
        for finding in Finding::ALL {
            let (with, without) = match finding {
                Finding::CannotAssess => (true, false),
                Finding::InsufficientInformation => (true, true),
                _ => (false, true),
            };
            assert_eq!(reason_fits(*finding, Some(NoJudgementReason::Changed)), with, "{finding:?}");
            assert_eq!(reason_fits(*finding, None), without, "{finding:?}");
        }
    }

    #[test]
    fn every_kind_of_organisation_but_state_bodies_has_a_voice() {
        let voices = OrganisationKind::ALL.map(|kind| Voice::of(kind).map(Voice::code));
        assert_eq!(voices, [None, Some("independent"), Some("civil_society"), Some("mechanisms")]);
    }
}
