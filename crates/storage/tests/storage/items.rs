//! Items: found, listed and saved alike on both databases, and only within the viewer's scope.

mod orders;
mod search;
mod translation_gaps;

use chrono::NaiveDate;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::{AsOf, Deadline, Precision, Timestamp};
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use qadam_domain::items::{ChangedAt, Item, Kind, Owner, OwnerRole, Status};
use qadam_domain::language::{Language, LanguageMap, Translations};
use qadam_domain::levels::Level;
use qadam_storage::items::{Filter, Flags, Key, Page, Scope, Sort, SortField};
use qadam_storage::{StorageError, Store, items, organisations};

use crate::support::on_both;

/// A small deterministic generator: the same sequence on both databases.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}

fn day(number: usize) -> NaiveDate {
    "2024-01-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(u64::try_from(number).unwrap())
}

fn title(language: Language, text: &str) -> LanguageMap {
    LanguageMap::single(language, text)
}

fn item(id: Uuid, text: LanguageMap) -> Item {
    let language = text.languages().next().unwrap();
    Item {
        id: ItemId(id),
        status: Status::Planned,
        status_as_of: AsOf::day(day(0)),
        translations: Translations::of(&text),
        title: text,
        original_language: language,
        text_level: Level::Public,
        entered_on: day(0),
        changed: [ChangedAt { position: 0, at: Timestamp(1) }; 5],
        ..crate::fixtures::item(0)
    }
}

async fn add_organisations(store: &Store, count: u128) -> Vec<OrganisationId> {
    let mut ids = Vec::new();
    for number in 1..=count {
        let organisation = crate::fixtures::organisation(number, &format!("ORG-{number}"));
        ids.push(organisation.id);
        store
            .write(move |tx| {
                Box::pin(async move { organisations::insert(tx, &organisation, Timestamp(1)).await })
            })
            .await
            .unwrap();
    }
    ids
}

async fn insert(store: &Store, item: &Item) {
    let item = item.clone();
    store.write(move |tx| Box::pin(async move { items::insert(tx, &item).await })).await.unwrap();
}

fn viewer(role: Role, organisation: OrganisationId, user: u128, confirmed: bool) -> Viewer {
    Viewer::Account(Actor { user: UserId(Uuid::from_u128(user)), organisation, role, confirmed })
}

async fn all(store: &Store, viewer: Viewer, filter: &Filter, sort: Sort) -> Vec<ItemId> {
    let page = Page { limit: 10_000, after: None, before: None };
    let scope = Scope::visible_to(viewer);
    let listed = items::list(&store.read(), scope, filter, sort, &page).await.unwrap();
    listed.into_iter().map(|(item, _)| item.id).collect()
}

const BY_DUE: Sort = Sort { field: SortField::Due, descending: false };

#[tokio::test]
async fn an_item_is_read_back_as_it_was_written() {
    on_both(async |database| {
        let store = &database.store;
        let organisations = add_organisations(store, 3).await;
        let mut full = item(Uuid::from_u128(7), title(Language::Kazakh, "Азаптауға қарсы қадам"));
        full.reference = "C-2026-0001".parse().ok();
        full.due = Some(Deadline::new(day(40), Precision::Quarter));
        full.owners = vec![
            Owner { organisation: organisations[0], role: OwnerRole::Lead, by_agreement: true },
            Owner { organisation: organisations[1], role: OwnerRole::Co, by_agreement: false },
        ];
        full.filed_by = vec![organisations[2]];
        full.themes = vec!["npm".to_owned(), "redress".to_owned()];
        full.source.symbol = Some("CAT/C/KAZ/CO/4".to_owned());
        full.no_due_reason = title(Language::Russian, "причина");
        insert(store, &full).await;
        let scope = Scope::visible_to(Viewer::Anonymous);
        let found = items::find(&store.read(), scope, Key::Id(full.id)).await.unwrap();
        assert_eq!(found.as_ref(), Some(&full));
        let by_reference = Key::Reference(full.reference.unwrap());
        assert_eq!(items::find(&store.read(), scope, by_reference).await.unwrap(), Some(full));
    })
    .await;
}

#[tokio::test]
async fn a_stale_version_is_refused_and_changes_nothing() {
    on_both(async |database| {
        let store = &database.store;
        let first = item(Uuid::from_u128(7), title(Language::English, "first"));
        insert(store, &first).await;
        let change = |before: Item, text: &str| {
            let mut after = before.clone();
            after.version += 1;
            after.title = title(Language::English, text);
            store.write(move |tx| Box::pin(async move { items::update(tx, &before, &after).await }))
        };
        change(first.clone(), "second").await.unwrap();
        let refused = change(first.clone(), "third").await;
        assert!(matches!(refused, Err(StorageError::VersionConflict)), "{refused:?}");
        let scope = Scope::visible_to(Viewer::Anonymous);
        let found = items::find(&store.read(), scope, Key::Id(first.id)).await.unwrap().unwrap();
        assert_eq!(found.title.en.as_deref(), Some("second"));
    })
    .await;
}

#[tokio::test]
async fn the_scope_contains_exactly_what_the_read_table_lets_a_viewer_read() {
    on_both(async |database| {
        let store = &database.store;
        let organisations = add_organisations(store, 4).await;
        let [ngo, body, other, host] =
            [organisations[0], organisations[1], organisations[2], organisations[3]];
        let mut sequence = Sequence(42);
        let mut expected = Vec::new();
        for level in Level::ALL {
            for (status, filed, addressed) in [
                (Status::Draft, true, false),
                (Status::Submitted, true, false),
                (Status::UnderReview, true, true),
                (Status::UnderReview, false, true),
                (Status::UnderReview, false, false),
            ] {
                let mut one = item(sequence.id(), title(Language::English, "text"));
                one.kind = Kind::Proposal;
                one.status = status;
                one.text_level = level;
                one.filed_by = if filed { vec![ngo] } else { vec![other] };
                one.addressees = if addressed { vec![body] } else { Vec::new() };
                insert(store, &one).await;
                expected.push(one);
            }
        }
        let viewers = [
            Viewer::Anonymous,
            viewer(Role::Admin, host, 1, true),
            viewer(Role::Admin, ngo, 2, true),
            viewer(Role::Secretariat, host, 3, true),
            viewer(Role::NgoMember, ngo, 4, true),
            viewer(Role::NgoMember, ngo, 5, false),
            viewer(Role::Officer, body, 6, true),
            viewer(Role::Officer, host, 7, true),
            viewer(Role::Observer, other, 8, true),
            viewer(Role::NgoMember, other, 9, true),
        ];
        for viewer in viewers {
            let mut readable: Vec<_> = expected
                .iter()
                .filter(|item| item.relation(&viewer).reads(item.text_level))
                .map(|item| item.id)
                .collect();
            let mut listed = all(store, viewer, &Filter::default(), BY_DUE).await;
            readable.sort();
            listed.sort();
            assert_eq!(listed, readable, "{viewer:?}");
            for item in &expected {
                let found =
                    items::find(&store.read(), Scope::visible_to(viewer), Key::Id(item.id)).await.unwrap();
                assert_eq!(found.is_some(), item.relation(&viewer).reads(item.text_level), "{viewer:?}");
            }
        }
    })
    .await;
}

/// A commitment that is due, and a proposal whose filer is hidden.
async fn commitment_and_proposal(
    store: &Store,
    lead: OrganisationId,
    co: OrganisationId,
    ngo: OrganisationId,
) -> (Item, Item) {
    let mut one = item(Uuid::from_u128(1), title(Language::English, "one"));
    one.owners = vec![Owner { organisation: lead, role: OwnerRole::Lead, by_agreement: false }];
    one.themes = vec!["npm".to_owned()];
    one.due = Some(Deadline::new(day(10), Precision::Day));
    one.priority = true;
    let mut two = item(Uuid::from_u128(2), title(Language::English, "two"));
    two.kind = Kind::Proposal;
    two.status = Status::Submitted;
    two.owners = vec![Owner { organisation: co, role: OwnerRole::Co, by_agreement: false }];
    two.filed_by = vec![ngo];
    two.legal_refs = vec!["CAT-14".to_owned()];
    two.filed_on = Some(AsOf::day(day(5)));
    for item in [&one, &two] {
        insert(store, item).await;
    }
    (one, two)
}

/// What a filter leaves of the two items.
fn cases(
    (one, two): (ItemId, ItemId),
    (lead, co, ngo): (OrganisationId, OrganisationId, OrganisationId),
) -> Vec<(&'static str, Filter, Vec<ItemId>)> {
    let filter = Filter::default;
    vec![
        ("item", Filter { items: vec![two], ..filter() }, vec![two]),
        ("kind", Filter { kinds: vec![Kind::Proposal], ..filter() }, vec![two]),
        ("status", Filter { statuses: vec![Status::Planned, Status::Closed], ..filter() }, vec![one]),
        ("theme", Filter { themes: vec!["npm".to_owned()], ..filter() }, vec![one]),
        ("legal ref", Filter { legal_refs: vec!["CAT-14".to_owned()], ..filter() }, vec![two]),
        ("organisation", Filter { organisations: vec![lead, co], ..filter() }, vec![one, two]),
        ("hidden filer", Filter { organisations: vec![ngo], ..filter() }, vec![]),
        ("lead", Filter { leads: vec![lead], ..filter() }, vec![one]),
        ("due before", Filter { due_before: Some(day(10)), ..filter() }, vec![one]),
        ("due after", Filter { due_after: Some(day(11)), ..filter() }, vec![]),
        ("filed", Filter { filed_after: Some(day(5)), filed_before: Some(day(5)), ..filter() }, vec![two]),
        ("priority", Filter { flags: Flags { priority: Some(true), overdue: None }, ..filter() }, vec![one]),
        (
            "overdue",
            Filter { flags: Flags { priority: None, overdue: Some(true) }, today: Some(day(11)), ..filter() },
            vec![one],
        ),
        (
            "not overdue on the day itself",
            Filter {
                flags: Flags { priority: None, overdue: Some(false) },
                today: Some(day(10)),
                ..filter()
            },
            vec![one, two],
        ),
        ("both", Filter { kinds: vec![Kind::Proposal], themes: vec!["npm".to_owned()], ..filter() }, vec![]),
    ]
}

#[tokio::test]
async fn filters_narrow_and_their_fields_must_all_hold() {
    on_both(async |database| {
        let store = &database.store;
        let organisations = add_organisations(store, 3).await;
        let (lead, co, ngo) = (organisations[0], organisations[1], organisations[2]);
        let (one, two) = commitment_and_proposal(store, lead, co, ngo).await;
        let cases = cases((one.id, two.id), (lead, co, ngo));
        for (name, filter, expected) in cases {
            assert_eq!(all(store, Viewer::Anonymous, &filter, BY_DUE).await, expected, "{name}");
            let scope = Scope::visible_to(Viewer::Anonymous);
            let counted = items::count(&store.read(), scope, &filter).await.unwrap();
            assert_eq!(counted, u64::try_from(expected.len()).unwrap(), "{name}");
        }
    })
    .await;
}
