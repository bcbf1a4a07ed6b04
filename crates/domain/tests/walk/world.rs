//! The register that is walked: a few items, and what happens to them when something is done.

use crate::cast::{CO_NGO, HOST, LEAD_BODY, NAMED_BODY, NGO, OTHER_BODY, Person};
use crate::model::{Item, Offer, width};
use crate::random::Random;
use crate::table::MOVES;
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::moves::Need;
use qadam_domain::items::{ClosingResult, Kind, Status};
use qadam_domain::levels::{Level, Parties};
use qadam_domain::policy::{IdentityVoice, ItemFacts, consent_after_narrowing, identity_after_narrowing};

/// The bodies that can lead.
const BODIES: [OrganisationId; 3] = [LEAD_BODY, NAMED_BODY, OTHER_BODY];

/// The draft that a person begins.
pub(crate) fn begin(random: &mut Random, person: Person, kind: Kind) -> Item {
    let organisation = person.actor().unwrap().organisation;
    let mut filers = vec![organisation];
    let mut drafters = vec![person];
    if organisation == NGO && random.chance(50) {
        filers.push(CO_NGO);
        drafters.push(Person::Colleague);
    }
    // A body leads what it promises; the secretariat may leave open who leads.
    let lead = match kind {
        Kind::Commitment if organisation != HOST => Some(organisation),
        _ => None,
    };
    Item {
        kind,
        status: Status::Draft,
        text: Level::Own,
        identity: Level::Own,
        filers,
        drafters,
        named: vec![NAMED_BODY],
        lead,
        consent: None,
        due: false,
        asked: Vec::new(),
    }
}

/// The item as the rules are told of it.
pub(crate) fn facts(item: &Item) -> ItemFacts {
    ItemFacts {
        kind: item.kind,
        status: item.status,
        text_level: item.text,
        identity_level: item.identity,
        parties: Parties {
            filed_by: item.filers.clone(),
            addressed: item.named.iter().copied().chain(item.lead).collect(),
            drafters: item.drafters.iter().map(|person| person.user()).collect(),
            draft: item.status == Status::Draft,
        },
        lead: item.lead,
        owners: item.lead.into_iter().collect(),
        text_consent: item.consent,
        identity_voices: item
            .asked
            .iter()
            .filter_map(|person| person.actor())
            .map(|actor| IdentityVoice {
                organisation: actor.organisation,
                user: actor.user,
                level: Level::Public,
            })
            .collect(),
    }
}

/// Whether nothing can happen to an item any more.
pub(crate) fn has_ended(item: &Item) -> bool {
    !MOVES.iter().any(|row| (row.kind, row.from) == (item.kind, item.status))
}

/// What comes with a move: mostly enough, sometimes too little, now and then too much.
pub(crate) fn offer(random: &mut Random, item: &Item, to: Status) -> Offer {
    let mut at_hand: std::collections::BTreeSet<_> =
        Need::ALL.into_iter().filter(|_| random.chance(90)).collect();
    let stands = [
        (Need::Lead, item.lead.is_some()),
        (Need::DueOrReason, item.due),
        (Need::ConsentToAddressed, item.consent.is_some_and(|level| width(level) >= width(Level::Addressed))),
    ];
    for (need, stands) in stands {
        // A consent is given by the submitter and never comes with the secretariat's move.
        if stands {
            at_hand.insert(need);
        } else if need == Need::ConsentToAddressed {
            at_hand.remove(&need);
        }
    }
    let closes = to == Status::Closed && item.kind != Kind::Proposal;
    let result = random.chance(if closes { 90 } else { 3 }).then(|| random.pick(&ClosingResult::ALL));
    for need in [Need::ClosingResult, Need::ClosingWithoutResult] {
        if result.is_some() {
            at_hand.insert(need)
        } else {
            at_hand.remove(&need)
        };
    }
    Offer { at_hand, result, finding: random.chance(70) }
}

/// What a move does.
pub(crate) fn apply_move(random: &mut Random, item: &mut Item, to: Status, offer: &Offer) {
    item.status = to;
    item.drafters.clear();
    item.due |= offer.at_hand.contains(&Need::DueOrReason);
    let needs_lead = [Status::UnderReview, Status::Announced, Status::Planned, Status::InProgress];
    if item.lead.is_none() && needs_lead.contains(&to) && offer.at_hand.contains(&Need::Lead) {
        item.lead = Some(random.pick(&BODIES));
    }
    let at_least = match to {
        Status::Submitted => Level::Secretariat,
        Status::UnderReview if item.kind == Kind::Proposal => Level::Addressed,
        Status::Announced | Status::Planned | Status::Registered => Level::Public,
        _ => item.text,
    };
    if width(at_least) > width(item.text) {
        item.text = at_least;
    }
}

/// What a change of the text's level does. What the rules take along is compared with what the model says.
pub(crate) fn apply_text_level(item: &mut Item, to: Level, by_submitter: bool) {
    let narrows = width(to) < width(item.text);
    let wider_than_to = |level: Level| width(level) > width(to);
    let identity = if wider_than_to(item.identity) { to } else { item.identity };
    assert_eq!(identity_after_narrowing(to, item.identity), identity);
    item.identity = identity;
    if narrows && by_submitter {
        let consent = item.consent.map(|level| if wider_than_to(level) { to } else { level });
        assert_eq!(consent_after_narrowing(to, item.consent), consent);
        item.consent = consent;
    }
    item.text = to;
}
