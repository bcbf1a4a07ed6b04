//! What single numbers are.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{recorded, stories};
use crate::scenes::{change, commitment, filed, part, proposal};

/// The count of a value of a facet.
fn value(facets: &Value, filter: &str, code: &str) -> u64 {
    let facets = facets["facets"].as_array().unwrap();
    let facet = facets.iter().find(|facet| facet["filter"] == filter).unwrap_or(&Value::Null);
    let values = facet["values"].as_array().into_iter().flatten();
    values.filter(|value| value["code"] == code).find_map(|value| value["value"].as_u64()).unwrap_or(0)
}

#[tokio::test]
async fn a_facets_own_filter_leaves_its_alternatives_and_others_do_not() {
    TestRegister::on_both(async |register| {
        commitment(register, "GPO", "larch").await;
        let moved = commitment(register, "GPO", "maple").await;
        change(register.officer("GPO"), &moved, json!({"to": "in_progress"})).await;
        commitment(register, "MOH", "oak").await;
        let facets = register.anonymous().get("/items/facets?status=in_progress&lead=GPO").await.expect(200);
        assert_eq!(facets["total"]["value"], 1);
        assert_eq!((value(&facets, "status", "planned"), value(&facets, "status", "in_progress")), (1, 1));
        assert_eq!((value(&facets, "lead", "GPO"), value(&facets, "lead", "MOH")), (1, 0));
        assert_eq!((value(&facets, "kind", "commitment"), value(&facets, "overdue", "false")), (1, 1));
        assert_eq!(value(&facets, "text_level", "public"), 0, "levels are for accounts");
        let officer = register.officer("GPO").get("/items/facets").await.expect(200);
        assert_eq!(value(&officer, "text_level", "public"), 3);
        for wrong in ["sort=title", "limit=1", "cursor=x", "fields=id", "embed=links", "nothing=1"] {
            register.anonymous().get(&format!("/items/facets?{wrong}")).await.refused("unknown_parameter");
        }
    })
    .await;
}

#[tokio::test]
async fn a_hidden_author_is_in_no_count_of_others() {
    TestRegister::on_both(async |register| {
        proposal(register, "larch", "public", "own").await;
        let path = "/organisations/KK/scorecard";
        let named = async |caller: qadam_tests::Caller<'_>| {
            caller.get(path).await.expect(200)["named"]["value"].clone()
        };
        for caller in
            [register.anonymous(), register.officer("GPO"), register.secretariat(), register.observer()]
        {
            assert_eq!(named(caller).await, 0, "{:?}", caller.person());
        }
        assert_eq!(named(register.ngo("KK")).await, 1);
        proposal(register, "maple", "public", "public").await;
        register.pass(1);
        assert_eq!(named(register.anonymous()).await, 1);
    })
    .await;
}

#[tokio::test]
async fn months_are_those_that_events_are_dated_with() {
    TestRegister::on_both(async |register| {
        recorded(register, "oak", json!({"as_of": "2025-11-20"})).await;
        recorded(register, "ash", json!({"as_of": "2025-11-01", "as_of_precision": "month"})).await;
        recorded(register, "fir", json!({"as_of": "2025-01-01", "as_of_precision": "year"})).await;
        let stats = register.anonymous().get("/stats?from=2025-01&to=2025-12").await.expect(200);
        let closed: Vec<_> =
            stats["trend"].as_array().unwrap().iter().map(|month| &month["closed"]["value"]).collect();
        assert_eq!((closed.len(), closed[10], closed[0]), (12, &json!(2), &json!(0)));
        assert_eq!(stats["trend"][10]["month"], "2025-11");
        let within = "/items?reached=closed&reached_after=2025-01-01&reached_before=2025-12-31";
        let listed = register.anonymous().get(within).header("prefer", "count=exact").await.expect(200);
        assert_eq!(listed["total"], 3, "a year lies within the year");
        let standing = register.anonymous().get("/stats").await.expect(200);
        let months = standing["trend"].as_array().unwrap();
        assert_eq!((months.len(), &months[35]["month"]), (36, &json!("2026-03")));
        for wrong in ["from=2026-04", "from=1900-01", "from=2026-13", "to=x", "from=2026-01&to=2025-01"] {
            register.anonymous().get(&format!("/stats?{wrong}")).await.refused("invalid_parameter");
        }
    })
    .await;
}

#[tokio::test]
async fn a_scorecard_tells_deadlines_answers_and_the_last_report() {
    TestRegister::on_both(async |register| {
        stories(register).await;
        register.pass(1);
        let card = register.anonymous().get("/organisations/GPO/scorecard").await.expect(200);
        let figures = &card["figures"];
        assert_eq!(figures["deadlines"]["slipped"]["value"], 1);
        assert_eq!(
            (&figures["deadlines"]["revised"]["value"], &figures["deadlines"]["revisions"]),
            (&json!(1), &json!(2))
        );
        // From 31 December 2026 to 30 June 2027.
        assert_eq!(figures["deadlines"]["slippage_days"]["median"], 181.0);
        assert_eq!(figures["responses"]["days_to_first_answer"]["median"], 10.0);
        assert_eq!(
            figures["responses"]["answered"]["value"], 2,
            "also one that was answered before it was public"
        );
        assert_eq!(figures["responses"]["rate"]["share"], 0.5);
        assert_eq!(figures["overdue"]["value"], 0);
        assert_eq!(figures["findings"]["assessed"]["value"], 2);
        assert_eq!(
            figures["findings"]["disagreement_share"]["share"], 1.0,
            "of the one that is reported done"
        );
        assert_eq!(card["last_report"]["on"], "2026-04-21");
        register.pass_days(500);
        let card = register.anonymous().get("/organisations/GPO/scorecard").await.expect(200);
        assert_eq!(card["figures"]["overdue"]["value"], 2, "days pass without a write");
        assert!(card["figures"]["days_late"]["median"].as_f64().unwrap() > 60.0);
        register.anonymous().get("/organisations/NOPE/scorecard").await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_told_of_quarters_that_are_over_and_from_five_on() {
    TestRegister::on_both(async |register| {
        for number in 0..5 {
            filed(register, &format!("larch{number}")).await;
        }
        let newest = async || {
            register.pass(1);
            register.anonymous().get("/stats").await.expect(200)["withheld"][0].clone()
        };
        let few = json!({"value": null, "fewer_than": 5});
        let nothing = newest().await;
        assert_eq!((&nothing["quarter"], &nothing["waiting"]), (&json!("2025-Q4"), &few));
        register.pass_days(40);
        let over = newest().await;
        assert_eq!(
            (&over["quarter"], &over["waiting"]["value"], &over["returned"]),
            (&json!("2026-Q1"), &json!(5), &few)
        );
    })
    .await;
}

#[tokio::test]
async fn the_publics_numbers_are_confirmed_while_they_hold() {
    TestRegister::on_both(async |register| {
        commitment(register, "GPO", "larch").await;
        register.pass(1);
        for path in
            ["/stats", "/items/facets", "/items/facets?kind=commitment", "/organisations/GPO/scorecard"]
        {
            let first = register.anonymous().get(path).await;
            first.expect(200);
            let etag = first.header("etag").to_owned();
            assert_eq!(first.header("cache-control"), "public, max-age=60");
            let again = register.anonymous().get(path).header("if-none-match", &etag).await;
            assert_eq!(again.status, 304, "{path}");
            let told = register.officer("GPO").get(path).await;
            assert_eq!((told.status, told.header("cache-control")), (200, "no-store"));
            commitment(register, "GPO", "maple").await;
            register.pass(1);
            let anew = register.anonymous().get(path).header("if-none-match", &etag).await;
            assert_eq!(anew.status, 200, "{path}");
            assert_ne!(anew.text(), first.text(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_known_of_an_item_is_fresh_for_half_a_year_after_it_was_reported_found_or_shown() {
    TestRegister::on_both(async |register| {
        let reported = commitment(register, "GPO", "larch").await;
        let found = commitment(register, "GPO", "maple").await;
        let shown = commitment(register, "GPO", "oak").await;
        let drafted = commitment(register, "GPO", "ash").await;
        commitment(register, "GPO", "elm").await;
        let officer = register.officer("GPO");
        let report = json!({"narrative": {"en": "Begun."}, "as_of": "2026-01-10"});
        officer.post(&part(&reported, "updates"), report).await.expect(201);
        let finding = json!({
            "finding": "regressed", "rationale": {"en": "We were there."}, "as_of": "2026-02-01",
            "text_level": "members",
        });
        register.ngo("KK").post(&part(&found, "assessments"), finding).await.expect(201);
        officer.post(&part(&shown, "evidence"), crate::samples::evidence()).await.expect(201);
        let draft = json!({"draft": true, "narrative": {"en": "Begun."}});
        officer.post(&part(&drafted, "updates"), draft).await.expect(201);
        let fresh = async |caller: qadam_tests::Caller<'_>| {
            let figures = caller.get("/stats").await.expect(200)["figures"]["evidence"].clone();
            let list =
                figures["fresh"]["items"].as_str().unwrap().split_once("/api/v1").unwrap().1.to_owned();
            let listed = caller.get(&list).await.expect(200)["items"].as_array().unwrap().len();
            assert_eq!(figures["fresh"]["value"], listed);
            (figures["fresh"]["value"].as_u64().unwrap(), figures["fresh_share"]["of"]["value"].clone())
        };
        // A draft is seen by its body and shows nothing; a finding for members is none to the public.
        assert_eq!(fresh(register.anonymous()).await, (2, json!(5)));
        assert_eq!(fresh(register.officer("GPO")).await, (3, json!(5)));
        let after = |day: &str| format!("/items?evidence_after={day}");
        for (day, expected) in [("2026-01-10", 2), ("2026-01-11", 1), ("2026-03-03", 0)] {
            let list = register.anonymous().get(&after(day)).await.expect(200);
            assert_eq!(list["items"].as_array().unwrap().len(), expected, "{day}");
        }
        let facets = register.anonymous().get("/items/facets?evidence_after=2026-01-11").await.expect(200);
        assert_eq!(facets["total"]["value"], 1);
        register.pass_days(150);
        assert_eq!(fresh(register.anonymous()).await.0, 1);
    })
    .await;
}
