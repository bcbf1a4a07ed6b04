//! Links with a direction lead nowhere back, whoever sees what lies between; those without stand once.

use qadam_tests::{Answer, Caller, TestRegister};
use serde_json::json;

use crate::scenes::{commitment, filed, part};

async fn link(caller: Caller<'_>, from: &str, kind: &str, to: &str) -> Answer {
    caller.post(&part(from, "links"), json!({"kind": kind, "to": to})).await
}

#[tokio::test]
async fn no_item_reaches_itself_along_one_kind_of_link_and_a_link_without_direction_stands_once() {
    TestRegister::on_both(async |register| {
        let officer = register.officer("GPO");
        let (one, two) =
            (commitment(register, "GPO", "larch").await, commitment(register, "GPO", "maple").await);
        let three = commitment(register, "GPO", "cedar").await;
        for kind in ["implements", "answers", "repeats", "part_of", "supersedes"] {
            link(officer, &one, kind, &two).await.expect(201);
            link(officer, &two, kind, &three).await.expect(201);
            link(officer, &one, kind, &two).await.refused("link_exists");
            link(officer, &two, kind, &one).await.refused("link_cycle");
            link(officer, &three, kind, &one).await.refused("link_cycle");
            assert_eq!(link(officer, &one, kind, &one).await.mistake(), "#/to not_allowed");
            link(officer, &one, kind, &three).await.expect(201);
        }
        for kind in ["duplicates", "relates_to"] {
            link(officer, &one, kind, &two).await.expect(201);
            link(officer, &two, kind, &one).await.refused("link_exists");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cycle_through_a_hidden_item_is_refused_and_tells_nothing_of_it() {
    TestRegister::on_both(async |register| {
        let (officer, secretariat) = (register.officer("GPO"), register.secretariat());
        let (one, two) =
            (commitment(register, "GPO", "larch").await, commitment(register, "GPO", "maple").await);
        let three = commitment(register, "GPO", "cedar").await;
        let hidden = filed(register, "canary").await;
        link(secretariat, &one, "part_of", &hidden).await.expect(201);
        link(secretariat, &hidden, "part_of", &two).await.expect(201);
        let through_hidden = link(officer, &two, "part_of", &one).await;
        through_hidden.refused("link_cycle");
        assert!(!through_hidden.text().contains(&hidden) && !through_hidden.text().contains("canary"));
        link(officer, &one, "part_of", &three).await.expect(201);
        let in_sight = link(officer, &three, "part_of", &one).await;
        in_sight.refused("link_cycle");
        let but_for_the_item =
            |answer: &Answer, item: &str| answer.bytes_but_for_the_request().replace(item, "…");
        assert_eq!(but_for_the_item(&through_hidden, &two), but_for_the_item(&in_sight, &three));
    })
    .await;
}
