//! Organisations are read back as they were saved, and saved only over what was read.

use qadam_domain::ids::OrganisationId;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::organisations::{DatedName, Organisation, OrganisationKind};
use qadam_storage::{StorageError, Store, organisations};

use crate::fixtures::{NOW, day, insert_organisations, later, organisation, three_languages, uuid};
use crate::support::on_both;

/// A court that was a council once, part of the organisation with number 1.
fn constitutional_court() -> Organisation {
    Organisation {
        id: OrganisationId(uuid(2)),
        code: "CC".to_owned(),
        kind: OrganisationKind::Independent,
        names: vec![
            DatedName {
                name: three_languages("Конституциялық Сот", "Конституционный Суд", "Constitutional Court"),
                from: Some(day("2023-01-01")),
                until: None,
            },
            DatedName {
                name: LanguageMap::single(Language::Russian, "Конституционный Совет"),
                from: None,
                until: Some(day("2022-12-31")),
            },
        ],
        aliases: vec!["КС РК".to_owned(), "the \"Court\"".to_owned()],
        parent: Some(OrganisationId(uuid(1))),
        by_agreement: true,
        active: false,
        version: 1,
    }
}

async fn update(store: &Store, before: &Organisation, after: &Organisation) -> Result<(), StorageError> {
    let (before, after) = (before.clone(), after.clone());
    store
        .write(|tx| Box::pin(async move { organisations::update(tx, &before, &after, later(1)).await }))
        .await
}

#[tokio::test]
async fn an_organisation_is_read_back_as_it_was_saved() {
    on_both(async |database| {
        let (parent, court) = (organisation(1, "PARENT"), constitutional_court());
        insert_organisations(&database.store, &[parent.clone(), court.clone()]).await.unwrap();

        let db = database.store.read();
        assert_eq!(organisations::find(&db, court.id).await.unwrap(), Some(court.clone()));
        assert_eq!(organisations::find_by_code(&db, "CC").await.unwrap(), Some(court.clone()));
        assert_eq!(organisations::find_by_code(&db, "cc").await.unwrap(), None);
        assert_eq!(organisations::find(&db, OrganisationId(uuid(9))).await.unwrap(), None);
        assert_eq!(organisations::all(&db).await.unwrap(), [court, parent]);
    })
    .await;
}

#[tokio::test]
async fn a_code_belongs_to_one_organisation() {
    on_both(async |database| {
        insert_organisations(&database.store, &[organisation(1, "MOH")]).await.unwrap();
        let refused = insert_organisations(&database.store, &[organisation(2, "MOH")]).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        assert_eq!(organisations::all(&database.store.read()).await.unwrap(), [organisation(1, "MOH")]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_parent_is_refused() {
    on_both(async |database| {
        let refused = insert_organisations(&database.store, &[constitutional_court()]).await;
        assert!(matches!(refused, Err(StorageError::ReferenceBroken)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_change_is_saved_over_the_version_that_was_read_and_over_no_other() {
    on_both(async |database| {
        let before = organisation(1, "MOH");
        insert_organisations(&database.store, std::slice::from_ref(&before)).await.unwrap();
        let after =
            Organisation { active: false, aliases: vec!["МЗ".to_owned()], version: 2, ..before.clone() };
        update(&database.store, &before, &after).await.unwrap();

        let late = Organisation { code: "LATE".to_owned(), version: 2, ..before.clone() };
        let refused = update(&database.store, &before, &late).await;
        assert!(matches!(refused, Err(StorageError::VersionConflict)), "{refused:?}");
        assert_eq!(organisations::find(&database.store.read(), before.id).await.unwrap(), Some(after));
    })
    .await;
}

#[tokio::test]
async fn a_damaged_row_is_named_and_not_guessed_at() {
    on_both(async |database| {
        let moh = organisation(1, "MOH");
        insert_organisations(&database.store, std::slice::from_ref(&moh)).await.unwrap();
        database.execute("UPDATE organisation SET names = '[{\"name\":7}]'").await;
        let Err(StorageError::Inconsistent { table, column, row }) =
            organisations::find(&database.store.read(), moh.id).await
        else {
            panic!("a damaged row was read");
        };
        assert_eq!((table, column, row), ("organisation", "names", moh.id.to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing_of_itself() {
    on_both(async |database| {
        let refused =
            insert_organisations(&database.store, &[organisation(1, "MOH"), organisation(2, "MOH")]).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        assert_eq!(organisations::all(&database.store.read()).await.unwrap(), []);
        let found: Result<_, StorageError> = database
            .store
            .write(|tx| {
                Box::pin(async move {
                    organisations::insert(tx, &organisation(3, "GPO"), NOW).await?;
                    organisations::find_by_code(tx, "GPO").await
                })
            })
            .await;
        assert_eq!(found.unwrap(), Some(organisation(3, "GPO")));
    })
    .await;
}
