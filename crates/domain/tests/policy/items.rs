//! The items that the people of these tests meet.

use crate::cast::{CO_NGO, LEAD_BODY, NAMED_BODY, NGO, Person};
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Level, Parties};
use qadam_domain::policy::ItemFacts;

/// A filed proposal with a text level; who filed it is hidden.
pub(crate) fn proposal(status: Status, text_level: Level) -> ItemFacts {
    ItemFacts {
        kind: Kind::Proposal,
        status,
        text_level,
        identity_level: Level::Own,
        parties: Parties {
            filed_by: vec![NGO, CO_NGO],
            addressed: vec![LEAD_BODY, NAMED_BODY],
            drafters: Vec::new(),
            draft: false,
        },
        lead: Some(LEAD_BODY),
        owners: vec![LEAD_BODY],
        text_consent: None,
        identity_voices: Vec::new(),
    }
}

/// A public item of a kind: a commitment or a recommendation recorded from a document, filed by nobody.
pub(crate) fn public(kind: Kind, status: Status) -> ItemFacts {
    let recorded = proposal(status, Level::Public);
    ItemFacts {
        kind,
        identity_level: Level::Public,
        parties: Parties { filed_by: Vec::new(), ..recorded.parties },
        ..recorded
    }
}

/// The draft of `author`, who named `colleagues`; the lead it names is the lead body.
pub(crate) fn draft(kind: Kind, author: Person, colleagues: &[Person]) -> ItemFacts {
    let filed_by = author.actor().map(|actor| actor.organisation);
    let drafters = [&[author], colleagues].concat().into_iter().map(Person::user).collect();
    ItemFacts {
        kind,
        status: Status::Draft,
        text_level: Level::Own,
        parties: Parties {
            filed_by: filed_by.into_iter().collect(),
            drafters,
            draft: true,
            ..proposal(Status::Draft, Level::Own).parties
        },
        ..proposal(Status::Draft, Level::Own)
    }
}
