//! The register's story, played by clicking: a proposal is filed and passed on, answered and approved; a commitment is
//! made, said to be done, and found not to be. In each language, with scripts and without.

use serde_json::json;

use crate::demonstration::Demonstration;
use crate::tab::{Tab, View};

/// A play of the story.
struct Play<'a> {
    tab: Tab,
    demonstration: &'a Demonstration,
    language: &'static str,
    /// What tells the items of this play from those of others.
    mark: &'static str,
}

impl Play<'_> {
    fn open(&mut self, path: &str) {
        let address = format!("{}/{}/{path}", self.demonstration.url(), self.language);
        self.tab.visit(&address);
    }

    /// Somebody opens what they work on, signs in, and is there.
    fn sign_in(&mut self, role: &str, organisation: &str) {
        self.tab.become_somebody(self.demonstration.url(), None);
        self.open("work");
        let (email, password) = self.demonstration.account(role, organisation);
        self.tab.fill("#email", email);
        self.tab.fill("#password", password);
        self.tab.click("main form button");
        assert!(self.tab.address().ends_with("/work"), "{}", self.tab.address());
    }

    fn text(&self, field: &str) -> String {
        format!("[name='{field}.{}']", self.language)
    }

    fn titled(&self, what: &str) -> String {
        format!("{what} {}", self.mark)
    }

    /// The part of an address that names an item.
    fn item(&self) -> String {
        let address = self.tab.address();
        let after = address.split("/items/").nth(1).unwrap_or_else(|| panic!("no item at {address}"));
        after.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
    }

    fn next(&mut self) {
        self.tab.click("button[value=next]");
    }

    /// Files a proposal to the invented ministry, in steps. Gives what names it.
    fn file(&mut self) -> String {
        self.sign_in("ngo_member", "DEMO-NGO");
        self.tab.click("nav.own a[href$='/items/new']");
        self.tab.fill(&self.text("title"), &self.titled("Қамау орындары"));
        self.next();
        self.tab.fill(&self.text("grounds"), "2026");
        self.next();
        self.tab.touch("[name=addressees][value=DEMO-MIN]");
        self.next();
        self.tab.fill(&self.text("expected_result"), "2027");
        self.next();
        let item = self.item();
        self.tab.click("form[action$='/check'] button");
        assert!(self.tab.address().contains("/receipt?done=filed"), "{}", self.tab.words());
        assert!(self.tab.words().contains("admitted-by: "), "the receipt is shown");
        item
    }

    /// The secretariat passes it on, and it is published.
    fn pass_on(&mut self, item: &str) {
        self.sign_in("secretariat", "MFA");
        self.tab.click("nav.own a[href$='/queue']");
        self.tab.click(&format!("a[href$='/queue/{item}']"));
        assert_eq!(self.tab.value("document.getElementById('lead').value"), json!("DEMO-MIN"));
        self.tab.click("form[action*='/queue/'] button");
        assert!(self.tab.address().ends_with("/queue?done=passed_on"), "{}", self.tab.words());
    }

    /// An officer reports, and an approver of the body approves it.
    fn report(&mut self, item: &str, status: &str, evidence: bool) {
        self.sign_in("officer", "DEMO-MIN");
        self.open(&format!("items/{item}"));
        let number = self.tab.value("document.querySelector('main .ref').textContent");
        let number = number.as_str().unwrap_or_default().to_owned();
        self.tab.click("ul.doings a[href$='/report']");
        self.tab.touch(&format!("[name='status_change.to'][value={status}]"));
        self.tab.fill(&self.text("narrative"), &self.titled("2026"));
        if evidence {
            self.tab.touch("details:has([name='evidence.0.url']) > summary");
            self.tab.fill(&self.text("evidence.0.title"), "112");
        }
        self.tab.click("button[value=hand_in]");
        assert!(self.tab.address().contains("?done="), "{}", self.tab.words());
        self.sign_in("approver", "DEMO-MIN");
        self.tab.click("nav.own a[href$='/approvals']");
        assert!(self.tab.words().contains(self.mark), "{}", self.tab.words());
        self.tab.click(&format!("li:has(h2 a[href$='/{number}']) button[name=approve]"));
    }

    /// An approver writes a commitment of the body and confirms it.
    fn commit(&mut self) -> String {
        self.sign_in("approver", "DEMO-MIN");
        self.tab.click("nav.own a[href$='/items/new']");
        self.tab.fill(&self.text("title"), &self.titled("Бейнебақылау"));
        self.next();
        self.tab.value("document.querySelector('[name=due_on]').value = '2030-12-31', 0");
        self.next();
        self.next();
        self.tab.click("p.actions a[href$='/move/planned']");
        self.tab.click("main form p.actions button");
        let item = self.item();
        self.tab.click("ul.doings a[href$='/move/in_progress']");
        self.tab.click("main form p.actions button");
        item
    }

    /// An institution that stands apart finds otherwise.
    fn find(&mut self, item: &str) {
        self.sign_in("officer", "NCHR");
        self.open(&format!("items/{item}"));
        self.tab.click("ul.doings a[href$='/finding']");
        self.tab.touch("[name=finding][value=not_implemented]");
        self.tab.fill(&self.text("rationale"), &self.titled("2026"));
        self.tab.click("form:has([name=finding]) p.actions button");
    }

    fn play(&mut self) {
        let proposal = self.file();
        self.pass_on(&proposal);
        self.report(&proposal, "accepted", false);
        self.tab.become_somebody(self.demonstration.url(), None);
        self.open(&format!("items/{proposal}"));
        assert_eq!(self.tab.count(".positions .state .tag.moving"), 1, "{}", self.tab.words());
        let commitment = self.commit();
        self.report(&commitment, "reported_done", true);
        self.find(&commitment);
        // Whoever comes by sees at once what the body says, what was found, and that they differ.
        self.tab.become_somebody(self.demonstration.url(), None);
        self.open(&format!("items/{commitment}"));
        assert_eq!(self.tab.count(".positions .state .tag.claimed"), 1, "{}", self.tab.words());
        assert_eq!(self.tab.count(".positions .others .tag.failed"), 1, "{}", self.tab.words());
        assert_eq!(self.tab.count(".badge.differs"), 1, "{}", self.tab.words());
        self.open("items?disagreement=true");
        assert!(self.tab.words().contains(self.mark), "{}", self.tab.words());
    }
}

#[test]
fn the_story_is_played_by_clicking_in_each_language_with_scripts_and_without() {
    let demonstration = Demonstration::start();
    let plays = [
        ("kk", true, "alder"),
        ("ru", true, "birch"),
        ("en", true, "cedar"),
        ("kk", false, "damson"),
        ("ru", false, "elder"),
        ("en", false, "filbert"),
    ];
    for (language, scripts, mark) in plays {
        let tab = Tab::open();
        tab.look(View { width: 1280, dark: false });
        tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": !scripts}));
        Play { tab, demonstration: &demonstration, language, mark }.play();
    }
}
