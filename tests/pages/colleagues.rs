//! Colleagues on their page: one lost the password, and is locked out later.

use qadam_tests::socket::ask;

use crate::demonstration::Demonstration;
use crate::screens::Who;
use crate::tab::{Tab, View};

/// The account of somebody, as administrators know it.
fn account(demonstration: &Demonstration, who: Who) -> String {
    let (role, organisation) = who.account().expect("an account");
    let (email, _) = demonstration.account(role, organisation);
    let token = demonstration.token(Who::Admin);
    let (status, all) =
        ask(demonstration.url(), "GET", "/users?limit=200", Some(&token), None).expect("an answer");
    assert_eq!(status, 200, "{all}");
    let all = all["items"].as_array().expect("accounts");
    let found = all.iter().find(|one| one["email"] == email).expect("their account");
    found["id"].as_str().expect("an identifier").to_owned()
}

fn become_somebody(tab: &mut Tab, demonstration: &Demonstration, who: Who) {
    tab.become_somebody(demonstration.url(), demonstration.cookie(who).as_deref());
}

#[test]
fn a_colleague_is_vouched_for_comes_in_with_another_password_and_is_locked_out() {
    let demonstration = Demonstration::start();
    let url = demonstration.url();
    let officer = account(&demonstration, Who::HealthOfficer);
    let mut tab = Tab::open();
    tab.look(View { width: 1280, dark: false });

    become_somebody(&mut tab, &demonstration, Who::Admin);
    tab.visit(&format!("{url}/en/accounts/{officer}"));
    tab.click("form[action$='/recovery'] button");
    let link = tab.value("document.querySelector('main pre').textContent");
    let link = link.as_str().expect("a link").trim().to_owned();
    assert!(link.starts_with(&format!("{url}/setup?token=")), "{link}");

    become_somebody(&mut tab, &demonstration, Who::Approver);
    tab.visit(&format!("{url}/en/account"));
    assert!(tab.words().contains("1 waits for your word."), "{}", tab.words());
    tab.click("main a[href$='/account/colleagues']");
    tab.click("button[value=vouch]");
    assert!(tab.address().ends_with("?done=colleague_vouched"), "{}", tab.address());
    assert_eq!(tab.count("button[value=vouch]"), 0, "a word is given once");

    tab.become_somebody(url, None);
    tab.visit(&link);
    tab.fill("#password", "walnut ferry mosaic");
    tab.click("main form button");
    let (role, organisation) = Who::HealthOfficer.account().expect("an account");
    let (email, _) = demonstration.account(role, organisation);
    tab.visit(&format!("{url}/en/sign-in"));
    tab.fill("#email", email);
    tab.fill("#password", "walnut ferry mosaic");
    tab.click("main form button");
    tab.visit(&format!("{url}/en/work"));
    assert_eq!(tab.count("main .tiles"), 1, "{}", tab.words());

    // The officer's own page goes on in another tab.
    let mut approver = Tab::open();
    approver.look(View { width: 1280, dark: false });
    become_somebody(&mut approver, &demonstration, Who::Approver);
    approver.visit(&format!("{url}/en/account/colleagues"));
    approver.touch("main details summary");
    approver.click("button[value=lock_out]");
    assert!(approver.words().contains("The account is locked out."), "{}", approver.words());
    tab.visit(&format!("{url}/en/work"));
    assert!(tab.address().contains("/en/sign-in"), "{}", tab.address());
}
