//! A passkey as people have one: added with a device that the browser finds, used in place of a password, removed. On a
//! register at `localhost`, for browsers have none at an address of numbers.

use serde_json::json;

use crate::demonstration::Demonstration;
use crate::screens::{Screen, Who};
use crate::screenshots::take;
use crate::sweep::Look;
use crate::tab::{Tab, View};

const LAYOUT: &str = include_str!("scripts/layout.js");

/// Pages as they are with passkeys.
static SIGN_IN: Screen = Screen { path: "passkey-sign-in", who: Who::Nobody, status: 200 };
static MADE: Screen = Screen { path: "passkey-being-made", who: Who::Officer, status: 200 };
static LISTED: Screen = Screen { path: "passkeys-there-are", who: Who::Officer, status: 200 };

/// A device that says yes to everything it is asked.
fn connect_device(tab: &Tab) {
    tab.call("WebAuthn.enable", &json!({}));
    let device = json!({
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    });
    tab.call("WebAuthn.addVirtualAuthenticator", &json!({"options": device}));
}

/// The page as it stands is laid out as all are, and is pictured where pictures are wanted.
fn look_at(tab: &Tab, screen: &'static Screen, language: &'static str) {
    for width in [320, 360, 768, 1280] {
        tab.look(View { width, dark: false });
        take(tab, &Look { screen, language }, width);
        assert_eq!(tab.complaints(LAYOUT), Vec::<String>::new(), "{} at {width} px", screen.path);
    }
}

fn shows(tab: &Tab, selector: &str) -> bool {
    tab.value(&format!("document.querySelector({}).checkVisibility()", json!(selector))) == json!(true)
}

#[test]
fn a_passkey_is_added_and_signs_in_without_password_and_code_until_it_is_removed() {
    let demonstration = Demonstration::at_localhost();
    let url = demonstration.url();
    let mut tab = Tab::open();
    connect_device(&tab);
    let (email, password) = demonstration.account(Who::Officer.account().expect("an account").0, "GPO");
    tab.visit(&format!("{url}/en/sign-in"));
    assert!(shows(&tab, "form[data-passkey]"), "{}", tab.words());
    look_at(&tab, &SIGN_IN, "en");
    // Nobody has a passkey yet: whoever tries is told, and goes on with the password.
    tab.touch("form[data-passkey] button");
    tab.value(
        "new Promise(done => { const look = () => document.querySelector('[data-failed]').hidden
            ? requestAnimationFrame(look) : done(true); look(); })",
    );
    tab.fill("#email", email);
    tab.fill("#password", password);
    tab.click("main form[action$='/sign-in'] button");
    tab.visit(&format!("{url}/en/account"));
    tab.click("main a[href$='/account/passkeys']");
    assert!(!shows(&tab, "[data-without-passkeys]"), "{}", tab.words());
    tab.fill("#password", "not the right one");
    tab.click("button[value=begin]");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
    tab.fill("#password", password);
    tab.click("button[value=begin]");
    look_at(&tab, &MADE, "en");
    tab.fill("[name=label]", "Telephone of the Office");
    tab.click("form[data-passkey=make] button");
    assert!(tab.address().ends_with("?done=passkey_added"), "{} {}", tab.address(), tab.words());
    assert!(tab.words().contains("Telephone of the Office"), "{}", tab.words());
    for language in ["en", "kk", "ru"] {
        tab.visit(&format!("{url}/{language}/account/passkeys"));
        look_at(&tab, &LISTED, language);
    }
    tab.become_somebody(url, None);
    tab.visit(&format!("{url}/en/sign-in?next=account%2Fpasskeys"));
    tab.click("form[data-passkey=use] button");
    assert!(tab.address().ends_with("/en/account/passkeys"), "{} {}", tab.address(), tab.words());
    assert!(tab.words().contains("last used"), "{}", tab.words());
    tab.fill("#last", password);
    tab.click("button[value=remove]");
    assert!(tab.address().ends_with("?done=passkey_removed"), "{} {}", tab.address(), tab.words());
    tab.become_somebody(url, None);
    tab.visit(&format!("{url}/en/sign-in"));
    tab.click("form[data-passkey=use] button");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
}

#[test]
fn without_scripts_or_at_an_address_of_numbers_nothing_is_offered_that_cannot_be() {
    let demonstration = Demonstration::at_localhost();
    let mut tab = Tab::open();
    tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    tab.visit(&format!("{}/en/sign-in", demonstration.url()));
    assert!(!tab.words().contains("passkey"), "{}", tab.words());
    assert!(tab.words().contains("Password"), "{}", tab.words());
    let numbers = crate::demonstration::demonstration();
    let mut tab = Tab::open();
    tab.visit(&format!("{}/en/sign-in", numbers.url()));
    assert_eq!(tab.count("form[data-passkey]"), 0, "{}", tab.words());
}
