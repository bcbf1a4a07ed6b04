//! Whatever is asked of a hidden thing, however well: the answer is that for a thing that was never there.

use qadam_domain::accounts::Role;
use qadam_tests::contract::operations;
use qadam_tests::{Person, Request, TestRegister};
use serde_json::json;

use super::outsiders;
use crate::samples::{self, NOTHING, Sample, World, all};
use crate::scenes::{commitment, draft, filed, narrow, part, proposal};

/// A way of asking: with conditions that hold and that do not, with keys, with queries and bodies good and bad.
type Way<'a> = (&'static str, Box<dyn Fn(Request<'a>) -> Request<'a> + 'a>);

/// The ways of asking for a sample about what has this etag.
fn ways<'a>(sample: &Sample, etag: &'a str) -> Vec<Way<'a>> {
    let media_type = sample.media_type();
    vec![
        ("as who may", Box::new(|request| request)),
        ("with its etag", Box::new(move |request| request.if_match(etag))),
        ("with another etag", Box::new(|request| request.if_match("stale"))),
        ("with a condition that is none", Box::new(|request| request.header("if-match", "x"))),
        ("with a key", Box::new(|request| request.key("k-1"))),
        ("with key and etag", Box::new(move |request| request.key("k-2").if_match(etag))),
        ("with a key that is none", Box::new(|request| request.key("a b"))),
        ("with what the public has", Box::new(|request| request.header("if-none-match", "*"))),
        ("with members", Box::new(|request| request.query("fields=id,title,owners"))),
        ("with parts", Box::new(|request| request.query("embed=links,status_changes"))),
        ("with an unknown parameter", Box::new(|request| request.query("colour=red"))),
        ("with a wrong body", Box::new(move |request| request.body(media_type, "[]"))),
        ("with no JSON", Box::new(move |request| request.body(media_type, "{"))),
        ("with a text", Box::new(|request| request.body("text/plain", "x"))),
    ]
}

/// The samples of the operations with this name in their path.
fn about(world: &World<'_>, name: &str) -> Vec<Sample> {
    let named = |sample: &Sample| {
        operations().iter().any(|known| known.id == sample.operation && known.path.contains(name))
    };
    all(world).into_iter().filter(named).collect()
}

/// A sample's path with another item in it.
fn with_item(sample: &Sample, item: &str) -> String {
    let described = operations().iter().find(|known| known.id == sample.operation).unwrap();
    let from_the_end = described.path.rsplit('/').position(|name| name == "{item}").unwrap();
    let of = sample.path.rsplit('/').nth(from_the_end).unwrap();
    sample.path.replacen(of, item, 1)
}

#[tokio::test]
async fn every_operation_answers_for_a_hidden_item_what_it_answers_for_none() {
    // Every way by everybody is a lot; that the scope is the same on both databases is tested where it is written.
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let samples = about(&world, "{item}");
        assert!(samples.len() >= 33, "operations on an item: {}", samples.len());
        let colleague = register.person(Person::second("KK", Role::NgoMember));
        // A draft waits for nobody: it is hidden from the secretariat and from its author's colleagues too.
        let hidden = [
            (draft(register, "hazel").await, vec![register.secretariat(), colleague]),
            (filed(register, "linden").await, Vec::new()),
        ];
        let before = register.amount_stored().await;
        let mut told = Vec::new();
        for (id, others) in &hidden {
            let etag = register.ngo("KK").etag(&format!("/items/{id}")).await;
            for sample in &samples {
                for (way, asked) in ways(sample, &etag) {
                    for caller in outsiders(register).into_iter().chain(others.iter().copied()) {
                        let ask = async |item: &str| {
                            let path = with_item(sample, item);
                            let sample = Sample { path, ..sample.copy() };
                            asked(sample.by(caller)).await.bytes_but_for_the_request()
                        };
                        if ask(id).await != ask(NOTHING).await {
                            told.push(format!("{} {way} {:?}", sample.operation, caller.person()));
                        }
                    }
                }
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn every_operation_answers_for_a_hidden_part_of_a_meeting_what_it_answers_for_none() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        let at = |of: &str| format!("/meetings/{}/{of}", world.meeting);
        let line = json!({"title": {"en": "Not for them"}, "level": "secretariat"});
        let secretariat = register.secretariat();
        let made = secretariat.post(&at("agenda"), line).await.expect(201);
        let line = made["agenda"][1]["id"].as_str().unwrap().to_owned();
        let etag = made["etag"].as_str().unwrap();
        let before = register.amount_stored().await;
        let samples = about(&world, "{line}").into_iter().chain(about(&world, "{decision}"));
        let samples: Vec<_> = samples.collect();
        assert_eq!(samples.len(), 4, "operations on a line or a decision");
        let mut told = Vec::new();
        for sample in &samples {
            let path = sample.path.replace(&world.line, &line);
            let absent = path.replace(&line, NOTHING).replace(&world.decision, NOTHING);
            for (way, asked) in ways(sample, etag) {
                for caller in outsiders(register) {
                    let ask = async |path: &str| {
                        let sample = Sample { path: path.to_owned(), ..sample.copy() };
                        asked(sample.by(caller)).await.bytes_but_for_the_request()
                    };
                    if ask(&path).await != ask(&absent).await {
                        told.push(format!("{} {way} {:?}", sample.operation, caller.person()));
                    }
                }
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_link_to_a_hidden_item_is_not_there_to_be_removed() {
    TestRegister::on_both(async |register| {
        let public = commitment(register, "GPO", "larch").await;
        let hidden = filed(register, "alder").await;
        for (from, to) in [(&public, &hidden), (&hidden, &public)] {
            let body = json!({"kind": "relates_to", "to": to});
            let links = register.secretariat().post(&part(from, "links"), body).await;
            let link = links.expect(201)["items"].as_array().unwrap().last().unwrap()["id"].clone();
            for caller in outsiders(register) {
                let remove = async |link: &str| {
                    let path = part(&public, &format!("links/{link}"));
                    caller.delete(&path).await.bytes_but_for_the_request()
                };
                let absent = remove(NOTHING).await;
                assert_eq!(remove(link.as_str().unwrap()).await, absent, "{:?}", caller.person());
            }
            let removed = part(from, &format!("links/{}", link.as_str().unwrap()));
            register.secretariat().delete(&removed).await.expect(204);
        }
    })
    .await;
}

#[tokio::test]
async fn a_repetition_tells_nothing_of_what_was_narrowed_meanwhile() {
    TestRegister::on_both(async |register| {
        let other = commitment(register, "GPO", "larch").await;
        let id = proposal(register, "spruce", "addressed", "own").await;
        let lead = register.officer("GPO");
        let link = || lead.post(&part(&id, "links"), json!({"kind": "relates_to", "to": other}));
        link().key("k-1").await.expect(201);
        narrow(register, &id, "secretariat").await;
        let anew = link().await;
        anew.refused("gone");
        let repeated = link().key("k-1").await;
        assert_eq!(repeated.bytes_but_for_the_request(), anew.bytes_but_for_the_request());
    })
    .await;
}
