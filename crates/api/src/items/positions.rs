//! Positions as JSON: what the responsible body says beside what others found.

use std::collections::BTreeMap;

use qadam_app::directory::Directory;
use qadam_app::items::ItemView;
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::positions::{Found, VoicePosition};
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use crate::values::{Day, FindingWord, OrganisationReference, PrecisionWord, StatusWord};

/// Who says what of an item: four voices, null where nobody spoke. From what the caller may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Positions)]
pub(crate) struct PositionsBody {
    /// The responsible body.
    state: Option<StatePositionBody>,
    /// Civil society.
    civil_society: Option<VoicePositionBody>,
    /// Independent institutions.
    independent: Option<VoicePositionBody>,
    /// Mechanisms and international organisations.
    mechanisms: Option<VoicePositionBody>,
}

/// What the responsible body says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StatePosition)]
pub(crate) struct StatePositionBody {
    /// The status.
    status: StatusWord,
    /// Since when: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
}

/// What one voice says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = VoicePosition)]
pub(crate) struct VoicePositionBody {
    /// How many current findings there are on the item itself, by finding. Findings that nobody gave are absent.
    counts: BTreeMap<&'static str, u64>,
    /// The newest current findings, at most 20; after them those on items that it implements.
    latest: Vec<FoundBody>,
}

/// A current finding in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Found)]
pub(crate) struct FoundBody {
    /// The finding's identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What was found.
    finding: FindingWord,
    /// The grade on the assessor's own scale.
    scale_code: Option<String>,
    /// Since when: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// Who found it; null where the caller may not know, and for a mechanism that is no organisation here.
    organisation: Option<OrganisationReference>,
    /// Code of the mechanism.
    mechanism: Option<String>,
    /// The item it is about, where that is one that this one implements: its ref, or its id while it has none.
    on: Option<String>,
}

/// How many findings of one voice are given.
const LATEST_MAX: usize = 20;

impl PositionsBody {
    /// The positions on an item as JSON.
    pub(super) fn new(view: &ItemView, directory: &Directory, links: &Links) -> Self {
        let voice = |position: &Option<VoicePosition>| {
            position.as_ref().map(|position| voice(position, view, directory, links))
        };
        let positions = &view.positions;
        Self {
            state: positions.state.map(|state| StatePositionBody {
                status: state.status.into(),
                as_of: Day(state.as_of.on),
                as_of_precision: state.as_of.precision.into(),
            }),
            civil_society: voice(&positions.civil_society),
            independent: voice(&positions.independent),
            mechanisms: voice(&positions.mechanisms),
        }
    }
}

fn voice(
    position: &VoicePosition,
    view: &ItemView,
    directory: &Directory,
    links: &Links,
) -> VoicePositionBody {
    let count = |(finding, count): (&Finding, &u64)| (finding.code(), *count);
    let latest = position.latest.iter().take(LATEST_MAX);
    VoicePositionBody {
        counts: position.counts.iter().map(count).collect(),
        latest: latest.map(|one| found(one, view, directory, links)).collect(),
    }
}

fn found(found: &Found, view: &ItemView, directory: &Directory, links: &Links) -> FoundBody {
    let (organisation, mechanism) = assessor(&found.assessor, found.named, directory, links);
    let on = view.implemented.iter().find(|item| item.id == found.item);
    FoundBody {
        id: found.id.to_string(),
        finding: found.finding.into(),
        scale_code: found.scale_code.clone(),
        as_of: Day(found.as_of.on),
        as_of_precision: found.as_of.precision.into(),
        organisation,
        mechanism,
        on: on.map(|item| item.reference.map_or_else(|| item.id.to_string(), |name| name.to_string())),
    }
}

/// Who found something, as JSON: an organisation where it may be known, or a mechanism.
pub(super) fn assessor(
    assessor: &Assessor,
    named: bool,
    directory: &Directory,
    links: &Links,
) -> (Option<OrganisationReference>, Option<String>) {
    match assessor {
        Assessor::Organisation(id) if named => (OrganisationReference::find(*id, directory, links), None),
        Assessor::Organisation(_) => (None, None),
        Assessor::Mechanism(code) => (None, Some(code.clone())),
    }
}
