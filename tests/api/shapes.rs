//! What of a resource is given, and what with it: `fields` and `embed`. That an answer to `fields` has the named
//! members and no others is held against the description with every answer.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples;
use crate::scenes::{change, commitment, filed, part, proposal};

fn names(of: &Value) -> Vec<&str> {
    of.as_object().unwrap().keys().map(String::as_str).collect()
}

/// What is wrong with which word of which parameter.
async fn wrong_word(caller: Caller<'_>, path: &str) -> (String, String, String) {
    let problem = caller.get(path).await.refused("invalid_parameter");
    let text = |name: &str| problem["errors"][0][name].as_str().unwrap_or_default().to_owned();
    (text("parameter"), text("value"), text("code"))
}

#[tokio::test]
async fn fields_narrow_lists_and_details_to_the_members_that_were_named() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        register.secretariat().post("/meetings", samples::meeting("MT-2026-02")).await.expect(201);
        let resources = [
            ("/items", format!("/items/{}", world.public), register.anonymous()),
            ("/meetings", format!("/meetings/{}", world.meeting), register.anonymous()),
            ("/organisations", "/organisations/GPO".to_owned(), register.anonymous()),
            ("/users", format!("/users/{}", world.invited), register.admin()),
        ];
        for (list, one, caller) in &resources {
            let page = caller.get(&format!("{list}?limit=1&fields=url,id")).await.expect(200);
            assert_eq!(names(&page["items"][0]), ["id", "url"], "{list}");
            let next = page["next"].as_str().unwrap();
            assert_eq!(names(&caller.get(next).await.expect(200)["items"][0]), ["id", "url"], "{next}");
            let part = caller.get(&format!("{one}?fields=etag")).await;
            let whole = caller.get(one).await.expect(200);
            assert_eq!(part.expect(200), json!({"etag": whole["etag"]}), "{one}");
            let what = ("fields".to_owned(), "titel".to_owned(), "unknown_value".to_owned());
            assert_eq!(wrong_word(*caller, &format!("{list}?fields=id,titel")).await, what);
            assert_eq!(wrong_word(*caller, &format!("{one}?fields=titel")).await, what);
        }
        // The member is there also where the viewer may not know it: it says nothing.
        let item = &resources[0].1;
        let hidden = register.anonymous().get(&format!("{item}?fields=filed_by")).await.expect(200);
        assert_eq!(hidden, json!({"filed_by": null}));
    })
    .await;
}

#[tokio::test]
async fn what_is_embedded_is_what_its_own_resource_says() {
    TestRegister::on_both(async |register| {
        let first = commitment(register, "GPO", "larch").await;
        let second = commitment(register, "MOH", "maple").await;
        let hidden = filed(register, "pine").await;
        let officer = register.officer("GPO");
        officer.post(&part(&first, "links"), json!({"kind": "relates_to", "to": second})).await.expect(201);
        let to_hidden = json!({"kind": "relates_to", "to": first});
        register.secretariat().post(&part(&hidden, "links"), to_hidden).await.expect(201);
        change(officer, &first, json!({"to": "in_progress"})).await;
        let moved = json!({"due_on": "2027-12-31", "reason": {"en": "Late funds."}});
        officer.post(&part(&first, "deadline-revisions"), moved).await.expect(201);
        let parts = "history,links,status_changes,deadline_revisions";
        for caller in
            [register.anonymous(), register.secretariat(), register.officer("GPO"), register.ngo("KK")]
        {
            let list = caller.get(&format!("/items?embed={parts}")).await.expect(200);
            for item in list["items"].as_array().unwrap() {
                let id = item["id"].as_str().unwrap();
                let one = caller.get(&format!("/items/{id}?embed={parts}")).await.expect(200);
                assert_eq!(one, *item);
                for name in parts.split(',') {
                    let own = caller.get(&part(id, &name.replace('_', "-"))).await.expect(200);
                    assert_eq!(item["embedded"][name], own["items"], "{name} for {:?}", caller.person());
                }
                assert_eq!(names(&item["embedded"]).len(), 4);
            }
        }
        let links = |of: &Value| of["embedded"]["links"].as_array().unwrap().len();
        let ask = async |caller: Caller<'_>| {
            caller.get(&format!("/items/{first}?embed=links&fields=ref")).await.expect(200)
        };
        assert_eq!(links(&ask(register.anonymous()).await), 1);
        assert_eq!(links(&ask(register.secretariat()).await), 2);
        assert_eq!(names(&ask(register.anonymous()).await), ["embedded", "ref"]);
        let wrong = ("embed".to_owned(), "links_".to_owned(), "unknown_value".to_owned());
        assert_eq!(wrong_word(register.anonymous(), "/items?embed=history,links_").await, wrong);
        assert_eq!(wrong_word(register.anonymous(), &format!("/items/{first}?embed=links_")).await, wrong);
    })
    .await;
}

#[tokio::test]
async fn a_hidden_author_is_in_nothing_that_is_embedded() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let author = register.ngo("KK").get("/me").await.expect(200)["organisation"]["id"].clone();
        let author = author.as_str().unwrap().to_owned();
        let all = "history,links,consents,status_changes,deadline_revisions,meeting,organisations";
        let strangers = [
            register.anonymous(),
            register.admin(),
            register.secretariat(),
            register.officer("GPO"),
            register.ngo("KIBHR"),
        ];
        for caller in strangers {
            for path in [format!("/items/{id}?embed={all}"), format!("/items?embed={all}&q=rowan")] {
                let answer = caller.get(&path).await;
                answer.expect(200);
                let text = answer.text();
                assert!(text.contains("\"embedded\""), "{text}");
                assert!(!text.contains(&author) && !text.contains("\"KK\""), "{:?}: {text}", caller.person());
            }
        }
        let consents = async |caller: Caller<'_>| {
            caller.get(&format!("/items/{id}?embed=consents")).await.expect(200)["embedded"].clone()
        };
        // Told to submitter and secretariat; for all others the part is absent.
        assert_eq!(consents(register.anonymous()).await, json!({}));
        assert_eq!(consents(register.officer("GPO")).await, json!({}));
        assert_eq!(consents(register.secretariat()).await["consents"].as_array().unwrap().len(), 1);
        let colleague = register.person(Person::second("KK", Role::NgoMember));
        assert_eq!(consents(colleague).await["consents"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn owners_addressees_and_the_meeting_come_whole() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        let (anonymous, secretariat) = (register.anonymous(), register.secretariat());
        let path = format!("/items/{}?embed=organisations,meeting", world.planned);
        let embedded = anonymous.get(&path).await.expect(200)["embedded"].clone();
        let owner = anonymous.get("/organisations/GPO").await.expect(200);
        assert_eq!(embedded, json!({"organisations": [owner]}), "made at no meeting");

        let protocol = format!("/meetings/{}/protocol", world.meeting);
        let circulated = json!({"to": "circulated", "objections_until": "2026-04-01"});
        secretariat.post(&protocol, circulated).await.expect(200);
        register.pass_days(40);
        register.pass_days(31);
        secretariat.post(&protocol, json!({"to": "approved"})).await.expect(200);
        let meeting = anonymous.get(&format!("/meetings/{}", world.meeting)).await.expect(200);
        let made = meeting["decisions"][0]["commitment"]["id"].as_str().unwrap();
        let item = anonymous.get(&format!("/items/{made}?embed=meeting")).await.expect(200);
        assert_eq!(item["embedded"], json!({"meeting": meeting}));
    })
    .await;
}
