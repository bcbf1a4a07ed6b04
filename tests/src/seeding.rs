//! What every story begins with: organisations, vocabularies, and people who can sign in.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::accounts::{self, NewAccount};
use qadam_app::authentication::SignIn;
use qadam_app::authentication::{authenticate, set_password_by_link, sign_in};
use qadam_app::organisations::{self, DatedName, NewOrganisation};
use qadam_app::throttling::Origin;
use qadam_app::vocabularies::{self, VocabularyKind};
use qadam_domain::accounts::Role;
use qadam_domain::language::{Language, LanguageMap};

use crate::clock::ManualClock;
use crate::database;
use crate::people::{ORGANISATIONS, PASSWORD, PEOPLE, Person};
use crate::randomness::Repeatable;

/// What a filled database holds.
#[derive(Debug, Clone)]
pub(crate) struct Seeded {
    /// Identifiers of accounts by mail address.
    pub(crate) users: HashMap<String, String>,
}

/// The vocabularies that every story has.
const VOCABULARIES: [(VocabularyKind, &str); 6] = [
    (VocabularyKind::Themes, include_str!("../../data/vocabularies/themes.json")),
    (VocabularyKind::LegalRefs, include_str!("../../data/vocabularies/legal_refs.json")),
    (VocabularyKind::Groups, include_str!("../../data/vocabularies/groups.json")),
    (VocabularyKind::SdgTargets, include_str!("../../data/vocabularies/sdg_targets.json")),
    (VocabularyKind::Mechanisms, include_str!("../../data/vocabularies/mechanisms.json")),
    (VocabularyKind::LawStages, include_str!("../../data/vocabularies/law_stages.json")),
];

/// Fills an empty database and closes it.
pub(crate) async fn fill(url: String, folder: &Path) -> Seeded {
    fill_with(url, folder, &VOCABULARIES).await
}

/// Fills an empty database with the vocabulary of groups alone, for who goes over the whole ledger many times.
pub(crate) async fn fill_small(url: String, folder: &Path) -> Seeded {
    fill_with(url, folder, &VOCABULARIES[2..3]).await
}

async fn fill_with(url: String, folder: &Path, vocabularies: &[(VocabularyKind, &str)]) -> Seeded {
    let clock = Arc::new(ManualClock::new());
    let random = Arc::new(Repeatable::seeded(1));
    let app = database::open(url, folder, &clock, &random, true).await;
    install_organisations(&app).await;
    install_vocabularies(&app, vocabularies).await;
    let users = install_people(&app).await;
    qadam_app::ledger::sequencer::admit_due(&app).await.unwrap();
    database::close(app).await;
    Seeded { users }
}

async fn install_organisations(app: &Arc<App>) {
    let new = ORGANISATIONS.map(|(code, kind, name)| NewOrganisation {
        code: code.to_owned(),
        kind,
        names: vec![DatedName {
            name: LanguageMap::single(Language::English, name),
            from: None,
            until: None,
        }],
        aliases: Vec::new(),
        parent: None,
        by_agreement: code == "GPO",
        active: true,
    });
    organisations::provision(app, new.to_vec()).await.unwrap();
}

async fn install_vocabularies(app: &Arc<App>, files: &[(VocabularyKind, &str)]) {
    let terms = files.iter().flat_map(|(kind, text)| vocabularies::parse(*kind, text).unwrap());
    vocabularies::install(app, &terms.collect::<Vec<_>>()).await.unwrap();
}

async fn install_people(app: &Arc<App>) -> HashMap<String, String> {
    let mut users = HashMap::new();
    for person in PEOPLE {
        let new = NewAccount {
            email: person.email(),
            name: format!("{} {}", person.role.code(), person.number),
            organisation: person.organisation.to_owned(),
            role: person.role,
            language: Language::English,
        };
        let invitation = accounts::provision(app, new).await.unwrap();
        set_password_by_link(app, &Origin::default(), &invitation.token, PASSWORD).await.unwrap();
        users.insert(person.email(), invitation.account.id.to_string());
    }
    for (organisation, role) in [("KK", Role::NgoMember), ("MFA", Role::Secretariat)] {
        confirm(app, &users, Person::first(organisation, role), Person::second(organisation, role)).await;
    }
    users
}

/// Lets one member of a civil-society organisation, or of the secretariat, confirm another.
async fn confirm(app: &Arc<App>, users: &HashMap<String, String>, member: Person, newcomer: Person) {
    let tokens = sign_in(app, &Origin::default(), SignIn::new(&member.email(), PASSWORD)).await.unwrap();
    let signed = authenticate(app, Some(&tokens.access_token)).await.unwrap().unwrap();
    let newcomer = users[&newcomer.email()].parse().unwrap();
    accounts::confirm_member(app, &signed.viewer, newcomer).await.unwrap();
}
