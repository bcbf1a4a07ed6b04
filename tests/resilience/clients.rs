//! Somebody who is signed in.

use qadam_tests::socket::ask;
use serde_json::json;

use crate::program::Account;

/// Signs in, and gives the access token.
pub(crate) fn sign_in(url: &str, account: &Account) -> String {
    let credentials = json!({"email": account.email, "password": account.password});
    let (status, tokens) = ask(url, "POST", "/auth/login", None, Some(&credentials)).expect("an answer");
    assert_eq!(status, 200, "{tokens}");
    tokens["access_token"].as_str().expect("a token").to_owned()
}
