//! Tokens for programs: told once, with an end and a scope, ended with whatever ends sessions.

use qadam_app::authentication::{
    NewToken, PasswordChange, PersonalToken, Signed, TOKEN_PREFIX, authenticate, change_own_password,
    end_token, list_sessions, list_tokens, make_token,
};
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, TokenScope};

use crate::support::{PASSWORD, TestApp};

fn asked(label: &str, days: u32) -> NewToken {
    NewToken { label: label.to_owned(), scope: TokenScope::Read, days, password: PASSWORD.to_owned() }
}

async fn make(test: &TestApp, signed: &Signed, new: NewToken) -> Result<(String, PersonalToken), AppError> {
    make_token(&test.app, &Origin::default(), signed, new).await
}

async fn holds(test: &TestApp, token: &str) -> bool {
    match authenticate(&test.app, Some(token)).await {
        Ok(Some(_)) => true,
        Err(error) if error.code() == Code::InvalidToken => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_token_asks_in_the_name_of_its_account_until_it_expires() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let (token, made) = make(&test, &signed, asked("Mirror", 30)).await.unwrap();
    assert!(token.starts_with(TOKEN_PREFIX) && token.len() > 50, "{token}");
    assert_eq!((made.session.label.as_str(), made.used_on), ("Mirror", None));
    let program = authenticate(&test.app, Some(&token)).await.unwrap().unwrap();
    assert_eq!((program.viewer, program.scope), (signed.viewer, Some(TokenScope::Read)));
    assert_eq!(signed.scope, None, "the person has no scope");
    let kept = list_tokens(&test.app, &signed).await.unwrap();
    assert_eq!(kept[0].used_on.map(|on| on.to_string()).as_deref(), Some("2025-10-15"));
    assert_eq!(
        list_sessions(&test.app, &signed).await.unwrap().len(),
        1,
        "a token is no session of a person"
    );
    let stored: i64 = test.peek("SELECT COUNT(*) FROM personal_token WHERE length(token_digest) = 32").await;
    assert_eq!(stored, 1);
    for bent in [format!("{token}x"), token.replace("qadam_pt_", "qadam_pt_A"), TOKEN_PREFIX.to_owned()] {
        assert!(!holds(&test, &bent).await, "{bent}");
    }
    test.clock.pass(30 * 86_400_000 - 1);
    assert!(holds(&test, &token).await);
    test.clock.pass(1);
    assert!(!holds(&test, &token).await);
}

#[tokio::test]
async fn a_token_ends_when_it_is_ended_and_with_the_password_and_the_account() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    let other = test.signed("colleague", "GPO", Role::Officer).await;
    let (first, made) = make(&test, &signed, asked("First", 30)).await.unwrap();
    let (second, _) = make(&test, &signed, asked("Second", 30)).await.unwrap();
    let id = made.session.id;
    assert_eq!(end_token(&test.app, &other, id).await.unwrap_err().code(), Code::NotFound);
    end_token(&test.app, &signed, id).await.unwrap();
    assert!(!holds(&test, &first).await && holds(&test, &second).await);
    assert_eq!(end_token(&test.app, &signed, signed.session.id).await.unwrap_err().code(), Code::NotFound);
    let change = PasswordChange { current: PASSWORD.to_owned(), new: "kumquat teapot gale".to_owned() };
    change_own_password(&test.app, &Origin::default(), &signed, change).await.unwrap();
    assert!(!holds(&test, &second).await, "a new password ends what was made with the old one");
}

#[tokio::test]
async fn a_token_needs_a_label_an_end_and_the_password() {
    let test = TestApp::start().await;
    let signed = test.signed("officer", "GPO", Role::Officer).await;
    for (new, pointer) in
        [(asked(" ", 30), "/label"), (asked("Mirror", 0), "/days"), (asked("Mirror", 367), "/days")]
    {
        let AppError::Invalid(wrong) = make(&test, &signed, new).await.unwrap_err() else {
            panic!("{pointer}")
        };
        assert_eq!(wrong.iter().map(|one| one.pointer.as_str()).collect::<Vec<_>>(), [pointer]);
    }
    let guessed = NewToken { password: "wrong".to_owned(), ..asked("Mirror", 30) };
    assert_eq!(make(&test, &signed, guessed).await.unwrap_err().code(), Code::InvalidCredentials);
    for number in 0..20 {
        make(&test, &signed, asked(&format!("Mirror {number}"), 30)).await.unwrap();
    }
    assert_eq!(make(&test, &signed, asked("One more", 30)).await.unwrap_err().code(), Code::TooManyTokens);
}
