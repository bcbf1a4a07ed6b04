//! What somebody would try with addresses and forms of pages, without a browser that keeps them from it.

use qadam_tests::socket::{Page, visit, visit_saying};

use crate::demonstration::{Demonstration, demonstration};
use crate::screens::Who;

/// Where else somebody may be led, in every spelling that a browser might follow.
const ELSEWHERE: [&str; 12] = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "../../evil.example",
    "%2f%2fevil.example",
    "\thttps://evil.example",
    "work\r\nLocation: https://evil.example",
];

/// The form by which an officer signs in.
fn signing_in(demonstration: &Demonstration, next: &str) -> String {
    let (role, organisation) = Who::HealthOfficer.account().expect("an account");
    let (email, password) = demonstration.account(role, organisation);
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("email", email).append_pair("password", password).append_pair("next", next);
    form.finish()
}

/// Whether an address that stands in a header stays in the English pages of the register.
fn stays(page: &Page) -> bool {
    let to = page.header("location").unwrap_or_default();
    to.starts_with("/en/") && !to.contains(['\\', '\t'])
}

#[test]
fn signing_in_leads_nowhere_else_whatever_was_asked_for() {
    let demonstration = demonstration();
    for next in ELSEWHERE {
        let form = signing_in(demonstration, next);
        let page = visit(demonstration.url(), "/en/sign-in", None, Some(&form)).expect("an answer");
        assert_eq!(page.status, 303, "{next:?}");
        assert!(stays(&page), "{next:?} leads to {:?}", page.header("location"));
        let again = page.head.iter().filter(|(name, _)| name == "location").count();
        assert_eq!(again, 1, "{next:?}");
    }
}

#[test]
fn another_language_of_a_page_lies_in_the_same_register() {
    let demonstration = demonstration();
    for asked in
        ["//evil.example/items", "/en//evil.example", "/en/%2f%2fevil.example", "/en/items?q=//evil.example"]
    {
        let page = visit(demonstration.url(), asked, None, None).expect("an answer");
        for attribute in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let leads_away = attribute.starts_with("//") || attribute.starts_with("http");
            let known = attribute.starts_with(demonstration.url()) || !attribute.contains("evil.example");
            assert!(!leads_away || known, "{asked} leads to {attribute}");
        }
        let to = page.header("location").unwrap_or("/");
        assert!(to.starts_with('/') && !to.starts_with("//"), "{asked} leads to {to}");
    }
}

#[test]
fn a_form_from_elsewhere_is_refused_by_what_the_browser_says_of_it() {
    let demonstration = demonstration();
    let own = format!("Origin: {}", demonstration.url());
    let form = signing_in(demonstration, "");
    let status = |said: &[&str]| {
        let page = visit_saying(demonstration.url(), "/en/sign-in", None, Some(&form), said);
        page.expect("an answer").status
    };
    for said in [
        &["Sec-Fetch-Site: cross-site"][..],
        &["Sec-Fetch-Site: same-site"],
        &["Sec-Fetch-Site: none"],
        &["Sec-Fetch-Site: cross-site", &own],
        &["Origin: https://evil.example"],
        &["Origin: null"],
    ] {
        assert_eq!(status(said), 403, "{said:?}");
    }
    assert_eq!(status(&["Sec-Fetch-Site: same-origin"]), 303);
    assert_eq!(status(&[&own]), 303);
    // Whoever is signed in sends the token of the session too, whatever the browser says.
    let cookie = demonstration.cookie(Who::HealthOfficer);
    let page = visit(demonstration.url(), "/en/sign-out", cookie.as_deref(), Some("form_token=guessed"));
    assert_eq!(page.expect("an answer").status, 403);
}
