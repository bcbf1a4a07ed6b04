//! Items that tests start from.

use chrono::NaiveDate;
use qadam_domain::calendar::{AsOf, Timestamp};
use qadam_domain::ids::{ItemId, Uuid};
use qadam_domain::items::{ChangedAt, Item, Kind, Source, Status};
use qadam_domain::language::{Language, LanguageMap, Translations};
use qadam_domain::levels::Level;

/// A public commitment with nothing on it.
pub(crate) fn item(number: u128) -> Item {
    let first = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
    let title = LanguageMap::single(Language::Russian, format!("Обязательство {number}"));
    Item {
        id: ItemId(Uuid::from_u128(number)),
        kind: Kind::Commitment,
        reference: None,
        filing_code: None,
        status: Status::Planned,
        status_as_of: AsOf::day(first),
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
        text_level: Level::Public,
        identity_level: Level::Public,
        filed_on: None,
        response: None,
        entered_on: first,
        version: 1,
        changed: [ChangedAt { position: 1, at: Timestamp(1) }; 5],
    }
}
