//! A second factor as people have one: turned on by the picture or the secret, asked for at the next sign-in, and let in
//! by a printed code when the telephone is lost.

use qadam_tests::authenticator::code_now;

use crate::demonstration::Demonstration;
use crate::screens::Who;
use crate::tab::{Tab, View};

fn sign_in(tab: &mut Tab, demonstration: &Demonstration) {
    tab.become_somebody(demonstration.url(), None);
    tab.visit(&format!("{}/en/work", demonstration.url()));
    let (email, password) = demonstration.account("officer", "GPO");
    tab.fill("#email", email);
    tab.fill("#password", password);
    tab.click("main form button");
}

#[test]
fn an_app_is_connected_asked_for_and_replaced_by_a_printed_code() {
    let demonstration = Demonstration::start();
    let mut tab = Tab::open();
    tab.look(View { width: 1280, dark: false });
    sign_in(&mut tab, &demonstration);
    tab.visit(&format!("{}/en/account", demonstration.url()));
    tab.click("main a[href$='/account/second-factor']");
    tab.fill("#password", "not the right one");
    tab.click("button[value=begin]");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
    let (_, password) = demonstration.account(Who::Officer.account().expect("an account").0, "GPO");
    tab.fill("#password", password);
    tab.click("button[value=begin]");
    assert_eq!(tab.count("svg.qr path"), 1, "{}", tab.words());
    let secret = tab.value("document.querySelector('main pre').textContent.replaceAll(' ', '')");
    let secret = secret.as_str().expect("a secret").trim();
    // A slip does not begin it all anew.
    tab.fill("#code", "000000");
    tab.click("button[value=confirm]");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
    tab.fill("#code", &code_now(secret));
    tab.click("button[value=confirm]");
    let codes = tab.value("document.querySelector('main pre').textContent.trim().split('\\n')");
    let codes: Vec<&str> = codes.as_array().expect("codes").iter().filter_map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), 10, "{codes:?}");
    tab.click("main a.button");
    // Signed out, the password alone leads to the code.
    sign_in(&mut tab, &demonstration);
    assert_eq!(tab.count("#code[autocomplete=one-time-code]"), 1, "{}", tab.words());
    tab.fill("#code", "000000");
    tab.click("main form button");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
    tab.fill("#code", &codes[0].to_uppercase());
    tab.click("main form button");
    assert!(tab.address().ends_with("/work"), "{} {}", tab.address(), tab.words());
    tab.visit(&format!("{}/en/account/second-factor", demonstration.url()));
    assert!(tab.words().contains("9 recovery codes are left."), "{}", tab.words());
    tab.fill("#password", password);
    tab.fill("#last", codes[1]);
    tab.click("button[value=remove]");
    assert!(tab.address().ends_with("?done=second_factor_removed"), "{} {}", tab.address(), tab.words());
    sign_in(&mut tab, &demonstration);
    assert!(tab.address().ends_with("/work"), "{}", tab.words());
}
