//! Signing in with a real provider of identities, on its own pages: where somebody has an account, connects one, is made one,
//! and where they have none.

use crate::demonstration::{Demonstration, free_port};
use crate::provider::{Provider, SECRET, wait};
use crate::screens::{Screen, Who};
use crate::screenshots::take;
use crate::sweep::Look;
use crate::tab::{Tab, View};

const LAYOUT: &str = include_str!("scripts/layout.js");

/// Pages as they are with a provider.
static SIGN_IN: Screen = Screen { path: "provider-sign-in", who: Who::Nobody, status: 200 };
static ACCOUNT: Screen = Screen { path: "provider-account", who: Who::Officer, status: 200 };
static TO_CONNECT: Screen = Screen { path: "provider-to-connect", who: Who::Officer, status: 200 };
static CONNECTED: Screen = Screen { path: "provider-connected", who: Who::Officer, status: 200 };

const RULES: &str = r#"[{"claim":"groups","value":"prosecutors","organisation":"GPO","role":"officer"}]"#;

/// The page as it stands is laid out as all are, and is pictured where pictures are wanted.
fn look_at(tab: &Tab, screen: &'static Screen, language: &'static str) {
    for width in [320, 360, 768, 1280] {
        tab.look(View { width, dark: false });
        take(tab, &Look { screen, language }, width);
        assert_eq!(tab.complaints(LAYOUT), Vec::<String>::new(), "{} at {width} px", screen.path);
    }
}

/// A register and its provider, which know each other by their addresses.
fn both() -> (Demonstration, Provider) {
    let port = free_port();
    let provider = Provider::start(&format!("http://localhost:{port}"));
    let issuer = provider.issuer();
    let settings = [
        ["--openid-issuer", issuer.as_str()],
        ["--openid-client-id", "register"],
        ["--openid-client-secret", SECRET],
        ["--openid-name-en", "State login"],
        ["--openid-rules", RULES],
    ];
    (Demonstration::at_localhost_with(port, settings.as_flattened()), provider)
}

/// Sets out from the page for signing in, and is let in at the provider.
fn comes(tab: &mut Tab, url: &str, provider: &Provider, name: &str) {
    tab.visit(&format!("{url}/en/sign-in?next=account%2Fidentities"));
    tab.touch("form[action$='/sign-in/openid'] button");
    provider.let_in(tab, name);
    wait(tab, &format!("location.href.startsWith('{url}/en/') && document.readyState === 'complete'"));
}

#[test]
fn people_sign_in_on_the_pages_of_a_real_provider_once_they_are_known() {
    let (demonstration, provider) = both();
    let url = demonstration.url();
    let (email, password) = demonstration.account("officer", "GPO");
    provider.add_person("officer", email, true, "nobody");
    provider.add_person("newcomer", "newcomer@gpo.example", true, "prosecutors");
    provider.add_person("doubtful", "doubtful@gpo.example", false, "prosecutors");
    // An address alone lets nobody in.
    let mut tab = Tab::open();
    comes(&mut tab, url, &provider, "officer");
    assert!(
        tab.address().ends_with("/en/sign-in?refused=identity_refused"),
        "{} {}",
        tab.address(),
        tab.words()
    );
    for language in ["en", "kk", "ru"] {
        tab.visit(&format!("{url}/{language}/sign-in"));
        look_at(&tab, &SIGN_IN, language);
    }
    tab.visit(&format!("{url}/en/sign-in"));
    tab.fill("#email", email);
    tab.fill("#password", password);
    tab.click("main form[action$='/sign-in'] button");
    for language in ["en", "kk", "ru"] {
        tab.visit(&format!("{url}/{language}/account"));
        look_at(&tab, &ACCOUNT, language);
        tab.visit(&format!("{url}/{language}/account/identities"));
        look_at(&tab, &TO_CONNECT, language);
    }
    tab.visit(&format!("{url}/en/account"));
    tab.click("main a[href$='/account/identities']");
    tab.fill("#password", "not the right one");
    tab.click("button[value=connect]");
    assert_eq!(tab.count("main .notice.bad"), 1, "{}", tab.words());
    tab.fill("#password", password);
    // The provider knows them still, and asks for no password.
    tab.touch("button[value=connect]");
    provider.agree(&tab);
    wait(&tab, "location.href.endsWith('/en/account/identities?done=identity_added')");
    assert!(tab.words().contains(email), "{}", tab.words());
    for language in ["en", "kk", "ru"] {
        tab.visit(&format!("{url}/{language}/account/identities"));
        look_at(&tab, &CONNECTED, language);
    }
    tab.become_somebody(url, None);
    comes(&mut tab, url, &provider, "officer");
    assert!(tab.address().ends_with("/en/account/identities"), "{} {}", tab.address(), tab.words());
    assert!(tab.words().contains("last used"), "{}", tab.words());
    tab.fill("#last", password);
    tab.click("button[value=remove]");
    assert!(tab.address().ends_with("?done=identity_removed"), "{} {}", tab.address(), tab.words());
    tab.become_somebody(url, None);
    comes(&mut tab, url, &provider, "officer");
    assert!(tab.address().ends_with("?refused=identity_refused"), "{} {}", tab.address(), tab.words());
    // A rule makes an account for whom the provider says it knows.
    tab.become_somebody(url, None);
    comes(&mut tab, url, &provider, "newcomer");
    assert!(tab.address().ends_with("/en/account/identities"), "{} {}", tab.address(), tab.words());
    assert!(
        tab.words().contains("no password") && tab.words().contains("newcomer@gpo.example"),
        "{}",
        tab.words()
    );
    tab.become_somebody(url, None);
    comes(&mut tab, url, &provider, "doubtful");
    assert!(tab.address().ends_with("?refused=identity_refused"), "{} {}", tab.address(), tab.words());
}
