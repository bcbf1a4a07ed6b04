//! Who read what is not public: noted for whoever filed it, and for the organisation whose people looked.

use qadam_app::housekeeping::tidy;
use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{commitment, narrow, part, proposal, widen};

/// What somebody is told of the readings of an item: organisation, role, people, whether it was opened, whether it is
/// something that was added.
async fn told(caller: Caller<'_>, id: &str) -> Vec<(Value, String, u64, bool, bool)> {
    let page = caller.get(&part(id, "readings")).await.expect(200);
    let one = |one: &Value| {
        (
            one["organisation"]["code"].clone(),
            one["role"].as_str().unwrap().to_owned(),
            one["people"].as_u64().unwrap(),
            one["opened"].as_bool().unwrap(),
            !one["added"].is_null(),
        )
    };
    let mut told: Vec<_> = page["items"].as_array().unwrap().iter().map(one).collect();
    told.sort_by_key(|one| one.0.to_string());
    told
}

#[tokio::test]
async fn whoever_filed_is_told_of_all_who_opened_it_and_others_of_their_own() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "addressed", "own").await;
        register.write_readings_down().await;
        let of_filing = told(register.ngo("KK"), &id).await;
        assert_eq!(of_filing, [(json!("MFA"), "secretariat".to_owned(), 1, true, false)], "who passed it on");
        register.officer("GPO").get(&format!("/items/{id}")).await.expect(200);
        register.officer("GPO").get(&part(&id, "history")).await.expect(200);
        register.ngo("KK").get(&format!("/items/{id}")).await.expect(200);
        register.officer("MOH").get(&format!("/items/{id}")).await.refused("not_found");
        assert_eq!(
            register.write_readings_down().await,
            1,
            "once a day, and none for who filed or saw nothing"
        );
        let gpo = (json!("GPO"), "officer".to_owned(), 1, true, false);
        let mfa = (json!("MFA"), "secretariat".to_owned(), 1, true, false);
        assert_eq!(told(register.ngo("KK"), &id).await, [gpo.clone(), mfa.clone()]);
        assert_eq!(told(register.officer("GPO"), &id).await, [gpo]);
        assert_eq!(told(register.secretariat(), &id).await, [mfa]);
        let own = register.officer("GPO").get(&part(&id, "readings")).await.expect(200);
        assert_eq!(
            own["items"][0]["names"].as_array().unwrap().len(),
            1,
            "colleagues are named to each other"
        );
        let all = register.ngo("KK").get(&part(&id, "readings")).await.expect(200);
        assert!(all["items"].as_array().unwrap().iter().all(|one| one["names"] == json!([])), "{all}");
        register.officer("MOH").get(&part(&id, "readings")).await.refused("not_found");
        register.anonymous().get(&part(&id, "readings")).await.refused("unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_a_list_is_noted_as_such_and_civil_society_is_named_to_nobody() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "members", "own").await;
        register.pass_days(1);
        register.admit().await;
        for (caller, path) in [
            (register.ngo("KIBHR"), "/items?limit=200".to_owned()),
            (register.officer("MOH"), "/items?q=rowan".to_owned()),
            (register.observer(), "/ledger/entries?limit=1000".to_owned()),
        ] {
            caller.get(&path).await.expect(200);
        }
        register.write_readings_down().await;
        let on = register.today();
        let page = register.ngo("KK").get(&part(&id, "readings")).await.expect(200);
        let today: Vec<&Value> =
            page["items"].as_array().unwrap().iter().filter(|one| one["on"] == *on).collect();
        let of = |role: &str| {
            *today.iter().find(|one| one["role"] == role).unwrap_or_else(|| panic!("{role} in {today:?}"))
        };
        assert_eq!(
            (&of("ngo_member")["organisation"], &of("ngo_member")["opened"]),
            (&Value::Null, &json!(false))
        );
        assert_eq!(
            (&of("officer")["organisation"]["code"], &of("officer")["opened"]),
            (&json!("MOH"), &json!(false))
        );
        assert_eq!(of("observer")["opened"], true, "what the ledger says of it was read");
        assert_eq!(today.len(), 3, "{today:?}");
        register.ngo("KIBHR").get(&format!("/items/{id}")).await.expect(200);
        assert_eq!(register.write_readings_down().await, 1);
        let page = register.ngo("KK").get(&part(&id, "readings")).await.expect(200);
        let again: Vec<&Value> =
            page["items"].as_array().unwrap().iter().filter(|one| one["on"] == *on).collect();
        assert_eq!(again.len(), 3, "one reading of a day became one that was opened");
        assert!(again.iter().any(|one| one["role"] == "ngo_member" && one["opened"] == true), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_public_is_read_unnoted_and_what_was_said_before_is_not() {
    TestRegister::on_both(async |register| {
        let public = proposal(register, "rowan", "public", "own").await;
        let planned = commitment(register, "GPO", "larch").await;
        register.write_readings_down().await;
        for caller in [register.officer("MOH"), register.ngo("KIBHR"), register.anonymous()] {
            for id in [&public, &planned] {
                caller.get(&format!("/items/{id}")).await.expect(200);
                caller.get(&part(id, "assessments")).await.expect(200);
            }
        }
        assert_eq!(register.write_readings_down().await, 0);
        register.pass_days(1);
        register.secretariat().get(&part(&public, "history")).await.expect(200);
        assert_eq!(register.write_readings_down().await, 1, "the history has what was filed");
        narrow(register, &public, "members").await;
        register.officer("MOH").get(&format!("/items/{public}")).await.expect(200);
        register.officer("MOH").get("/items?limit=200&embed=assessments").await.expect(200);
        assert_eq!(register.write_readings_down().await, 1);
        register.verify().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_adds_something_for_few_is_told_who_read_it() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        register.write_readings_down().await;
        let narrow = json!({
            "finding": "insufficient_information", "rationale": {"en": "Only for you."}, "text_level": "secretariat",
        });
        register.ngo("KIBHR").post(&part(&id, "assessments"), narrow).await.expect(201);
        register.secretariat().get(&part(&id, "assessments")).await.expect(200);
        register.ngo("KIBHR").get(&part(&id, "assessments")).await.expect(200);
        register.ngo("KK").get(&part(&id, "assessments")).await.expect(200);
        assert_eq!(register.write_readings_down().await, 1);
        let of_finding = (json!("MFA"), "secretariat".to_owned(), 1, true, true);
        assert_eq!(told(register.ngo("KIBHR"), &id).await, [of_finding]);
        let filer = told(register.ngo("KK"), &id).await;
        assert!(filer.iter().all(|one| !one.4), "who filed the item is not told of what others added: {filer:?}");
    })
    .await;
}

#[tokio::test]
async fn readings_are_forgotten_after_two_years() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "secretariat", "own").await;
        widen(register.ngo("KK"), &id, "identity", "secretariat").await;
        register.secretariat().get(&format!("/items/{id}")).await.expect(200);
        register.write_readings_down().await;
        register.pass_days(730);
        tidy(register.app()).await.unwrap();
        assert_eq!(told(register.ngo("KK"), &id).await.len(), 1);
        register.pass_days(1);
        tidy(register.app()).await.unwrap();
        assert_eq!(told(register.ngo("KK"), &id).await, []);
    })
    .await;
}
