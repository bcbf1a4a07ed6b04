//! What the register asks of people: how often they click and how many fields they fill for what they do most, and what
//! they see without scrolling.

use serde_json::{Value, json};

use crate::demonstration::{Demonstration, demonstration};
use crate::screens::Who;
use crate::tab::{Tab, View};

/// Somebody at work, whose every click and every field is counted.
struct Worker {
    tab: Tab,
    clicks: u32,
    fields: u32,
}

impl Worker {
    /// Signs in and stands where that leads. Counting begins there.
    fn sign_in(demonstration: &Demonstration, who: Who, page: &str) -> Self {
        let mut tab = Tab::open();
        tab.look(View { width: 1280, dark: false });
        let (role, organisation) = who.account().expect("an account");
        let (email, password) = demonstration.account(role, organisation);
        tab.visit(&format!("{}/en/{page}", demonstration.url()));
        tab.fill("#email", email);
        tab.fill("#password", password);
        tab.click("main form button");
        Self { tab, clicks: 0, fields: 0 }
    }

    fn unfold(&mut self, selector: &str) {
        self.clicks += 1;
        self.tab.touch(selector);
    }

    fn follow(&mut self, selector: &str) {
        self.clicks += 1;
        self.tab.click(selector);
    }

    fn choose(&mut self, selector: &str) {
        self.fields += 1;
        self.unfold(selector);
    }

    fn write(&mut self, selector: &str, text: &str) {
        self.fields += 1;
        self.clicks += 1;
        self.tab.fill(selector, text);
    }

    /// Fills a field that has no words of its own: one of a list, a day.
    fn set(&mut self, selector: &str, value: &str) {
        self.fields += 1;
        self.clicks += 1;
        let script = format!("document.querySelector(\"{selector}\").value = '{value}', 0");
        self.tab.value(&script);
    }
}

#[test]
fn a_ministry_reports_with_four_clicks_and_two_fields() {
    let demonstration = Demonstration::start();
    let mut officer = Worker::sign_in(&demonstration, Who::Officer, "work");
    officer.follow("main section:first-of-type li:first-child a[href$='/report']");
    officer.choose(".choice:last-of-type > input[name='status_change.to']");
    officer.write("[name='narrative.en']", "The order was signed in March 2026.");
    officer.follow("button[value=hand_in]");
    assert!(officer.tab.address().contains("?done=report_"), "{}", officer.tab.words());
    assert!(officer.tab.words().contains("The order was signed in March 2026."), "{}", officer.tab.words());
    assert_eq!((officer.clicks, officer.fields), (4, 2));
}

#[test]
fn an_item_of_the_agenda_becomes_a_dated_commitment_with_three_fields() {
    let demonstration = Demonstration::start();
    let secretariat = demonstration.token(Who::Secretariat);
    let post = |path: &str, body: Value| demonstration.write(&secretariat, "POST", path, &body);
    let title = json!({"kk": "Жалпы отырыс", "ru": "Пленарное заседание", "en": "Plenary"});
    post(
        "/meetings",
        json!({"code": "MT-2026-01", "kind": "plenary", "title": title,
        "held_on": "2026-02-27"}),
    );
    post("/meetings/MT-2026-01/agenda", json!({"title": {"en": "Custody"}, "level": "public"}));
    let mut worker = Worker::sign_in(&demonstration, Who::Secretariat, "meetings/MT-2026-01/build");
    let form = "li:has(h3) > details:has([name='text.en'])";
    worker.unfold(&format!("{form} > summary"));
    worker.write(&format!("{form} [name='text.en']"), "Cameras in every cell of custody");
    worker.set(&format!("{form} [name='lead']"), "GPO");
    worker.set(&format!("{form} [name='due_on']"), "2030-12-31");
    worker.follow(&format!("{form} p.actions button"));
    assert_eq!(worker.fields, 3);
    // What follows is done once for the whole protocol. Nobody took part who could object: it is approved at once.
    worker.tab.value("document.querySelector('[name=objections_until]').value = '2099-12-31', 0");
    worker.tab.click("form:has([name=what][value=circulate]) button");
    worker.tab.click("form:has([name=what][value=approve]) button");
    worker.tab.visit(&format!("{}/en/meetings/MT-2026-01", demonstration.url()));
    worker.tab.click("section[aria-labelledby=decisions] li a[href*='/items/']");
    let words = worker.tab.words();
    assert!(
        words.contains("Cameras in every cell of custody") && words.contains("31 December 2030"),
        "{words}"
    );
}

#[test]
fn whether_it_is_done_and_who_says_so_is_seen_on_a_telephone_without_scrolling() {
    let demonstration = demonstration();
    let mut tab = Tab::open();
    tab.look(View { width: 360, dark: false });
    for language in ["kk", "ru", "en"] {
        for item in ["C-2026-0001", "C-2026-0004", "C-2026-0008"] {
            tab.visit(&format!("{}/{language}/items/{item}", demonstration.url()));
            let end = tab.value("document.querySelector('article > p.line').getBoundingClientRect().bottom");
            let end = end.as_f64().expect("a place");
            assert!(end <= 640.0, "{language} {item}: the answer ends at {end}");
        }
    }
}
