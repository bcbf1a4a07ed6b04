//! What whoever asks too often is told, and by which headers.

use qadam_domain::accounts::Role;
use qadam_tests::{Answer, Caller, Person, TestRegister};
use serde_json::json;

use crate::scenes::draft;

const GUESSER: &str = "203.0.113.9";

async fn guess(nobody: &Caller<'_>, email: &str, address: &str) -> Answer {
    let body = json!({"email": email, "password": "kumquat saddle orbiT"});
    nobody.post("/auth/login", body).from_address(address).await
}

#[tokio::test]
async fn whoever_guesses_passwords_is_told_when_to_come_back_and_nothing_of_the_account() {
    TestRegister::on_both(async |register| {
        let nobody = register.anonymous();
        let known = Person::first("GPO", Role::Officer).email();
        let mut refusals = Vec::new();
        for email in [known.as_str(), "nobody.at.all@example.org"] {
            for left in (0..5).rev() {
                let answer = guess(&nobody, email, GUESSER).await;
                assert_eq!(answer.header("ratelimit-policy"), "\"sign-in\";q=5;w=300");
                let used = 60 * (5 - left);
                assert_eq!(answer.header("ratelimit"), format!("\"sign-in\";r={left};t={used}"));
                answer.refused("invalid_credentials");
            }
            let answer = guess(&nobody, email, GUESSER).await;
            assert_eq!((answer.status, answer.header("retry-after")), (429, "60"));
            assert_eq!(answer.header("ratelimit"), "\"sign-in\";r=0;t=60");
            let mut problem = answer.refused("too_many_requests");
            for own in ["instance", "request_id"] {
                problem.as_object_mut().unwrap().remove(own);
            }
            refusals.push(problem);
        }
        assert_eq!(refusals[0], refusals[1]);
        guess(&nobody, &known, "203.0.113.10").await.refused("invalid_credentials");
        // A header that anybody can write makes nobody somebody else.
        let body = json!({"email": known, "password": "kumquat saddle orbiT"});
        let said = nobody.post("/auth/login", body).from_address(GUESSER);
        said.header("x-forwarded-for", "198.51.100.1").await.refused("too_many_requests");
    })
    .await;
}

#[tokio::test]
async fn searches_are_limited_and_lists_are_not() {
    TestRegister::on_both(async |register| {
        let nobody = register.anonymous();
        let searches = ["/items?q=custody", "/items/facets?q=custody", "/items/similar?title=custody"];
        for path in searches.iter().cycle().take(60) {
            let answer = nobody.get(path).from_address(GUESSER).await;
            assert!(answer.header("ratelimit").starts_with("\"search\";r="), "{path}");
            answer.expect(200);
        }
        for path in searches {
            nobody.get(path).from_address(GUESSER).await.refused("too_many_requests");
        }
        nobody.get("/items").from_address(GUESSER).await.expect(200);
        nobody.get("/items?q=custody").from_address("203.0.113.10").await.expect(200);
        let officer = register.officer("GPO");
        for _search in 0..60 {
            officer.get("/items?q=custody").await.expect(200);
        }
        officer.get("/items?q=custody").await.refused("too_many_requests");
        let page = officer.see("/en/items?q=custody").await;
        assert_eq!((page.status, page.header("retry-after")), (429, "1"));
    })
    .await;
}

#[tokio::test]
async fn filings_are_limited_and_drafts_are_not() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let mut drafts = Vec::new();
        for number in 0..31 {
            drafts.push(draft(register, &format!("alder {number}")).await);
        }
        let file = |id: &str| ngo.post(&format!("/items/{id}/status-changes"), json!({"to": "submitted"}));
        for id in &drafts[..30] {
            file(id).await.expect(201);
        }
        // What is refused for another reason is not counted.
        file(&drafts[0]).await.refused("move_not_allowed");
        let answer = file(&drafts[30]).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "120"));
        answer.refused("too_many_requests");
        // Nothing is lost: the draft stands, and is filed later.
        assert_eq!(ngo.get(&format!("/items/{}", drafts[30])).await.expect(200)["status"], "draft");
        register.pass(120);
        file(&drafts[30]).await.expect(201);
    })
    .await;
}
