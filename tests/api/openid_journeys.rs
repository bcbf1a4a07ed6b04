//! Journeys to the provider: each is of one browser, for one purpose, good once and not for long.

use futures_util::future::join_all;
use qadam_app::Code;
use qadam_app::authentication::{
    FromProvider, Journey, begin_identity, begin_sign_in_with_provider, connect_identity,
    sign_in_with_provider,
};
use qadam_app::throttling::Origin;
use qadam_domain::accounts::Role;
use qadam_domain::language::Language;
use qadam_tests::{Person, TestRegister};

use crate::openid::{Beside, OWN, code_of, somebody};

const OFFICER: Person = Person::first("GPO", Role::Officer);
const OTHER: Person = Person::first("MOH", Role::Officer);

#[tokio::test]
async fn an_answer_is_taken_from_the_browser_that_set_out_once_and_in_time() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| provider.link_by_email = true).await;
        let set_out =
            async || begin_sign_in_with_provider(&beside.node, Language::Kazakh, "items").await.unwrap();
        let origin = Origin::default();
        let (mine, theirs) = (set_out().await, set_out().await);
        let open = |sealed: &str| Journey::open(&beside.node, sealed);
        let (state, code) = beside.provider.let_in(&theirs.url, somebody("a", &OFFICER.email()));
        let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
        let journey = open(&mine.journey).unwrap();
        // A link that somebody else made signs nobody in as them.
        assert_eq!(
            code_of(sign_in_with_provider(&beside.node, &origin, &journey, answer).await),
            Code::IdentityRefused
        );
        let without = FromProvider { state: "", ..answer };
        assert_eq!(
            code_of(sign_in_with_provider(&beside.node, &origin, &journey, without).await),
            Code::IdentityRefused
        );
        let journey = open(&theirs.journey).unwrap();
        assert_eq!((journey.language(), journey.next()), (Some(Language::Kazakh), "items"));
        let evil = FromProvider { issuer: Some("https://evil.example"), ..answer };
        assert_eq!(
            code_of(sign_in_with_provider(&beside.node, &origin, &journey, evil).await),
            Code::IdentityRefused
        );
        // What turned out wrong has ended the journey, too, and nothing was sent to the provider.
        assert_eq!(
            code_of(sign_in_with_provider(&beside.node, &origin, &journey, answer).await),
            Code::SignInExpired
        );
        assert_eq!(beside.provider.times_asked("/token"), 0);
        let late = set_out().await.journey;
        assert!(open(&late).is_some() && open("made up").is_none() && open("").is_none());
        register.pass(599);
        assert!(open(&late).is_some());
        register.pass(1);
        assert!(open(&late).is_none());
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn of_many_who_bring_the_same_answer_one_comes_in() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| provider.link_by_email = true).await;
        let to = begin_sign_in_with_provider(&beside.node, Language::English, "").await.unwrap();
        let (state, code) = beside.provider.let_in(&to.url, somebody("a", &OFFICER.email()));
        let journey = Journey::open(&beside.node, &to.journey).unwrap();
        let comers = (0..5).map(|_number| async {
            let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
            sign_in_with_provider(&beside.node, &Origin::default(), &journey, answer).await
        });
        let (came, refused): (Vec<_>, Vec<_>) = join_all(comers).await.into_iter().partition(Result::is_ok);
        assert_eq!((came.len(), refused.len()), (1, 4));
        assert_eq!(beside.provider.times_asked("/token"), 1);
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_journey_is_for_what_it_was_begun_for() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| provider.link_by_email = true).await;
        let (signed, other) = (beside.signed(OFFICER).await, beside.signed(OTHER).await);
        let origin = Origin::default();
        let signing_in = begin_sign_in_with_provider(&beside.node, Language::English, "").await.unwrap();
        let connecting =
            begin_identity(&beside.node, &origin, &signed, OWN, Language::English).await.unwrap();
        let open = |sealed: &str| Journey::open(&beside.node, sealed).unwrap();
        let of = |url: &str| beside.provider.let_in(url, somebody("a", &OFFICER.email()));
        let (state, code) = of(&connecting.url);
        let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
        let journey = open(&connecting.journey);
        assert_eq!(
            code_of(sign_in_with_provider(&beside.node, &origin, &journey, answer).await),
            Code::IdentityRefused
        );
        // Nor does somebody else connect it, whose browser was handed the journey.
        assert_eq!(
            code_of(connect_identity(&beside.node, &origin, &other, &journey, answer).await),
            Code::IdentityRefused
        );
        connect_identity(&beside.node, &origin, &signed, &journey, answer).await.unwrap();
        let (state, code) = of(&signing_in.url);
        let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
        let journey = open(&signing_in.journey);
        assert_eq!(
            code_of(connect_identity(&beside.node, &origin, &other, &journey, answer).await),
            Code::IdentityRefused
        );
        beside.close().await;
    })
    .await;
}
