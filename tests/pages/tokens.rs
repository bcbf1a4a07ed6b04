//! A token for a program is made on a page, used, and ended there.

use qadam_tests::socket::ask;
use serde_json::json;

use crate::demonstration::Demonstration;
use crate::screens::Who;
use crate::tab::{Tab, View};

#[test]
fn a_token_is_made_with_the_password_used_by_a_program_and_ended() {
    let demonstration = Demonstration::start();
    let url = demonstration.url();
    let mut tab = Tab::open();
    tab.look(View { width: 1280, dark: false });
    tab.become_somebody(url, demonstration.cookie(Who::NgoMember).as_deref());
    tab.visit(&format!("{url}/en/account"));
    tab.click("main a[href$='/account/tokens']");
    let (role, organisation) = Who::NgoMember.account().expect("an account");
    let (_, password) = demonstration.account(role, organisation);
    tab.fill("#password", password);
    tab.click("button[value=make]");
    assert_eq!(tab.count(".field.bad #label"), 1, "it needs a name: {}", tab.words());
    tab.fill("#label", "Mirror of the coalition");
    tab.fill("#password", password);
    tab.click("button[value=make]");
    let token = tab.value("document.querySelector('main .notice.good pre').textContent");
    let token = token.as_str().expect("a token").trim();
    let asked =
        |method: &str, path: &str, body| ask(url, method, path, Some(token), body).expect("an answer");
    assert_eq!(asked("GET", "/items?status=draft", None).0, 200);
    let draft = json!({"kind": "proposal", "title": {"en": "By a program"}});
    let (status, refused) = asked("POST", "/items", Some(&draft));
    assert_eq!((status, &refused["code"]), (403, &json!("scope_required")));
    tab.visit(&format!("{url}/en/account/tokens"));
    assert!(
        tab.words().contains("Mirror of the coalition") && tab.words().contains("last used"),
        "{}",
        tab.words()
    );
    tab.click("button[value=end]");
    assert!(tab.address().ends_with("?done=token_ended"), "{}", tab.address());
    assert_eq!(asked("GET", "/items", None).0, 401);
}
