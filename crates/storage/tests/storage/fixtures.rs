//! Records that several tests start from. Each is told by a number, from which its identifier follows.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::calendar::{AsOf, Timestamp};
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use qadam_domain::items::{ChangedAt, Item, Kind, Source, Status};
use qadam_domain::language::{Language, LanguageMap, Translations};
use qadam_domain::levels::Level;
use qadam_domain::organisations::{DatedName, Organisation, OrganisationKind};
use qadam_storage::accounts::{Account, AccountState};
use qadam_storage::{StorageError, Store, accounts, items, organisations};

/// A moment at which nothing in particular happens.
pub(crate) const NOW: Timestamp = Timestamp(1_750_000_000_000);

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn later(milliseconds: i64) -> Timestamp {
    Timestamp(NOW.0 + milliseconds)
}

pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A digest that differs for each number.
pub(crate) fn digest(number: u8) -> [u8; 32] {
    [number; 32]
}

pub(crate) fn three_languages(kk: &str, ru: &str, en: &str) -> LanguageMap {
    LanguageMap { kk: Some(kk.to_owned()), ru: Some(ru.to_owned()), en: Some(en.to_owned()) }
}

/// A state body with this number and code.
pub(crate) fn organisation(number: u128, code: &str) -> Organisation {
    Organisation {
        id: OrganisationId(uuid(number)),
        code: code.to_owned(),
        kind: OrganisationKind::StateBody,
        names: vec![DatedName {
            name: LanguageMap::single(Language::English, code),
            from: None,
            until: None,
        }],
        aliases: Vec::new(),
        parent: None,
        by_agreement: false,
        active: true,
        version: 1,
    }
}

/// An active officer with this number of the organisation with that one.
pub(crate) fn account(number: u128, organisation: u128) -> Account {
    Account {
        id: UserId(uuid(number)),
        email: format!("officer-{number}@example.org"),
        name: format!("Officer {number}"),
        organisation: OrganisationId(uuid(organisation)),
        role: Role::Officer,
        state: AccountState::Active,
        confirmed: true,
        language: Language::Kazakh,
        password_hash: Some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".to_owned()),
        created_on: day("2025-03-01"),
        version: 1,
        second_factor: false,
        has_passkey: false,
    }
}

/// A draft commitment with this number.
pub(crate) fn item(number: u128) -> Item {
    let title = LanguageMap::single(Language::Russian, format!("Обязательство {number}"));
    Item {
        id: ItemId(uuid(number)),
        kind: Kind::Commitment,
        reference: None,
        filing_code: None,
        status: Status::Draft,
        status_as_of: AsOf::day(day("2025-03-01")),
        closing_result: None,
        contested: false,
        translations: Translations::of(&title),
        title,
        summary: LanguageMap::default(),
        original_language: Language::Russian,
        themes: Vec::new(),
        legal_refs: Vec::new(),
        groups: Vec::new(),
        sdg_targets: Vec::new(),
        owners: Vec::new(),
        addressees: Vec::new(),
        filed_by: Vec::new(),
        drafters: Vec::new(),
        source: Source::default(),
        recorded_from: None,
        answer: None,
        due: None,
        no_due_reason: LanguageMap::default(),
        original_due_on: None,
        information_due_on: None,
        priority: false,
        grounds: LanguageMap::default(),
        expected_result: LanguageMap::default(),
        completion_form: LanguageMap::default(),
        followup_selected: None,
        information_quality: None,
        text_level: Level::Own,
        identity_level: Level::Own,
        filed_on: None,
        response: None,
        entered_on: day("2025-03-01"),
        version: 1,
        changed: [ChangedAt { position: 1, at: NOW }; 5],
    }
}

pub(crate) async fn insert_organisations(store: &Store, all: &[Organisation]) -> Result<(), StorageError> {
    let all = all.to_vec();
    store
        .write(|tx| {
            Box::pin(async move {
                for organisation in &all {
                    organisations::insert(tx, organisation, NOW).await?;
                }
                Ok(())
            })
        })
        .await
}

pub(crate) async fn insert_accounts(store: &Store, all: &[Account]) -> Result<(), StorageError> {
    let all = all.to_vec();
    store
        .write(|tx| {
            Box::pin(async move {
                for account in &all {
                    accounts::insert(tx, account).await?;
                }
                Ok(())
            })
        })
        .await
}

pub(crate) async fn insert_items(store: &Store, numbers: &[u128]) -> Result<(), StorageError> {
    let all: Vec<_> = numbers.iter().map(|number| item(*number)).collect();
    store
        .write(|tx| {
            Box::pin(async move {
                for item in &all {
                    items::insert(tx, item).await?;
                }
                Ok(())
            })
        })
        .await
}
