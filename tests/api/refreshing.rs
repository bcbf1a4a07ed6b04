//! Refresh tokens under pressure: a token is good for one use, however many hands use it at once.

use futures_util::future::join_all;
use qadam_tests::{PASSWORD, TestRegister};
use serde_json::{Value, json};

/// How many use one token at the same time.
const HANDS: usize = 50;

fn word(tokens: &Value, name: &str) -> String {
    tokens[name].as_str().unwrap().to_owned()
}

async fn sign_in(register: &TestRegister) -> Value {
    let credentials = json!({"email": "officer1@gpo.example", "password": PASSWORD});
    register.anonymous().post("/auth/login", credentials).await.expect(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_refreshes_with_one_token_one_wins_and_the_session_ends() {
    TestRegister::on_both(async |register| {
        let (stolen, other) = (sign_in(register).await, sign_in(register).await);
        let anonymous = register.anonymous();
        let body = json!({"refresh_token": stolen["refresh_token"]});
        let all = join_all((0..HANDS).map(|_| {
            let request = anonymous.post("/auth/refresh", body.clone());
            request.into_future()
        }))
        .await;
        let (won, lost): (Vec<_>, Vec<_>) = all.into_iter().partition(|answer| answer.status == 200);
        assert_eq!((won.len(), lost.len()), (1, HANDS - 1));
        for answer in &lost {
            answer.refused("invalid_refresh_token");
        }
        let new = won[0].json();
        for token in [word(&stolen, "access_token"), word(&new, "access_token")] {
            anonymous.get("/me").token(&token).await.refused("invalid_token");
        }
        let rest = json!({"refresh_token": new["refresh_token"]});
        anonymous.post("/auth/refresh", rest).await.refused("invalid_refresh_token");
        let token = word(&other, "access_token");
        anonymous.get("/me").token(&token).await.expect(200);
        let body = json!({"refresh_token": other["refresh_token"]});
        anonymous.post("/auth/refresh", body).await.expect(200);
    })
    .await;
}
