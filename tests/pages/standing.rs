//! What stands beside an item and is gone on with by clicking: reports that are corrected, links, bodies, parts, milestones,
//! values, and organisations that file together.

use crate::demonstration::Demonstration;
use crate::prepared::prepare;
use crate::screens::Who;
use crate::tab::{Tab, View};

/// A register of its own with what is prepared in it, and a tab.
struct Stage {
    demonstration: Demonstration,
    prepared: Vec<(&'static str, String)>,
    tab: Tab,
}

impl Stage {
    fn new() -> Self {
        let demonstration = Demonstration::start();
        let prepared = prepare(&demonstration);
        let tab = Tab::open();
        tab.look(View { width: 1280, dark: false });
        Self { demonstration, prepared, tab }
    }

    /// Somebody opens a page; a name in braces stands for what was prepared under it.
    fn open(&mut self, who: Who, path: &str) {
        let path = self
            .prepared
            .iter()
            .fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
        self.tab.become_somebody(self.demonstration.url(), self.demonstration.cookie(who).as_deref());
        self.tab.visit(&format!("{}/en/{path}", self.demonstration.url()));
    }

    fn set(&self, field: &str, value: &str) {
        self.tab.value(&format!("document.querySelector(\"[name='{field}']\").value = '{value}', 0"));
    }

    fn is_done(&self, what: &str) {
        let address = self.tab.address();
        assert!(address.contains(&format!("?done={what}")), "{address}: {}", self.tab.words());
    }
}

#[test]
fn a_correction_names_the_report_and_both_stay() {
    let mut stage = Stage::new();
    stage.open(Who::Officer, "items/{planned}/reports/{published}");
    // It was corrected once already; the correction is corrected from its own page.
    stage.tab.click("main .notice a");
    stage.tab.click("main a.button.second");
    stage.tab.fill("[name='narrative.en']", "Ninety cells, not eighty. ");
    stage.tab.click("button[value=hand_in]");
    stage.is_done("report_published");
    assert!(stage.tab.words().contains("Ninety cells, not eighty."), "{}", stage.tab.words());
    assert_eq!(stage.tab.words().matches("Corrects the report of").count(), 2, "{}", stage.tab.words());
    assert_eq!(stage.tab.words().matches("Corrected by the report of").count(), 2, "{}", stage.tab.words());
}

#[test]
fn a_milestone_is_moved_with_a_reason_and_reached_and_its_history_tells_both() {
    let mut stage = Stage::new();
    let page = "items/{planned}/milestones/{milestone}";
    stage.open(Who::Officer, page);
    stage.set("due_on", "2031-01-31");
    stage.tab.click("form:has([name=due_on]) p.actions button");
    assert_eq!(stage.tab.count("fieldset.bad#reason"), 1, "a reason is asked for: {}", stage.tab.words());
    stage.tab.fill("[name='reason.en']", "The budget came later.");
    stage.tab.click("form:has([name=due_on]) p.actions button");
    stage.is_done("milestone_changed");
    stage.set("reached_on", "2026-03-01");
    stage.tab.click("form:has([name=reached_on]) p.actions button");
    stage.is_done("milestone_changed");
    stage.open(Who::Nobody, page);
    let words = stage.tab.words();
    assert!(words.contains("The budget came later.") && words.contains("1 March 2026"), "{words}");
    assert_eq!(stage.tab.count("main form"), 0, "nobody else goes on with it");
}

#[test]
fn a_value_is_added_and_corrected_and_the_wrong_one_stays() {
    let mut stage = Stage::new();
    stage.open(Who::Officer, "items/{planned}/indicators/{indicator}");
    stage.tab.fill("[name=value]", "1 200,5");
    stage.set("on", "2026-06-30");
    stage.tab.click("form:has([name=value]) p.actions button");
    stage.is_done("value_given");
    stage.tab.click("tr:last-child td a");
    stage.set("value", "1300");
    stage.tab.click("form:has([name=value]) p.actions button");
    stage.is_done("value_given");
    let struck =
        stage.tab.value("[...document.querySelectorAll('main del')].map(one => one.textContent).join(' ')");
    assert_eq!(struck, "4 1200.5");
}

#[test]
fn a_record_is_looked_for_linked_and_unlinked() {
    let mut stage = Stage::new();
    stage.open(Who::Officer, "items/{planned}/links");
    stage.tab.fill("#find", "C-2026-0001");
    stage.tab.click("form:has(#find) button");
    stage.set("kind", "repeats");
    stage.tab.touch("#to .choice:first-of-type input");
    stage.tab.click("form:has(#kind) p.actions button");
    stage.is_done("linked");
    assert!(stage.tab.words().contains("C-2026-0001"), "{}", stage.tab.words());
    let before = stage.tab.count("button[name=remove]");
    stage.tab.click("li:has(a[href$='C-2026-0001']) button[name=remove]");
    stage.is_done("unlinked");
    assert_eq!(stage.tab.count("button[name=remove]"), before - 1);
}

#[test]
fn the_secretariat_says_who_answers_for_an_item_and_splits_another() {
    let mut stage = Stage::new();
    stage.open(Who::Secretariat, "items/{planned}/owners");
    stage.set("owners.1", "MOH");
    stage.tab.click("form:has([name='owners.1']) p.actions button");
    stage.is_done("owners_changed");
    assert!(stage.tab.words().contains("Ministry of Health"), "{}", stage.tab.words());
    stage.open(Who::Secretariat, "items/{filed}/parts");
    stage.tab.fill("[name='parts.0.title.en']", "Protect complainants in custody");
    stage.tab.click("button[value=more]");
    assert_eq!(stage.tab.count("#parts > section"), 3);
    stage.tab.fill("[name='parts.1.title.en']", "Name who answers for them");
    stage.tab.click("button[value=split]");
    // What is missing is said, and what was written is there.
    assert_eq!(stage.tab.count("#parts fieldset.bad"), 1, "{}", stage.tab.words());
    stage.tab.fill("[name='parts.2.title.en']", "Count their transfers");
    stage.tab.click("button[value=split]");
    stage.is_done("split");
}

#[test]
fn organisations_file_together_by_an_invitation_at_the_levels_that_it_shows() {
    let mut stage = Stage::new();
    stage.open(Who::OtherNgo, "work");
    stage.tab.click("main a[href*='/co-filing/']");
    stage.tab.click("button[value=accept]");
    assert_eq!(stage.tab.count(".field.bad #agrees"), 1, "{}", stage.tab.words());
    stage.tab.touch("#agrees");
    stage.tab.click("button[value=accept]");
    stage.is_done("co_filed");
    stage.tab.click("ul.doings a[href$='/co-filing']");
    stage.tab.click("button[value=leave]");
    stage.is_done("co_filing_left");
    stage.open(Who::NgoMember, "items/{filed}/co-filing");
    stage.set("organisation", "KIBHR");
    stage.tab.click("form:has([name=organisation]) p.actions button");
    stage.is_done("invited");
    stage.tab.click("button[name=withdraw]");
    stage.is_done("invitation_withdrawn");
    stage.open(Who::OtherNgo, "work");
    assert_eq!(stage.tab.count("main a[href*='/co-filing/']"), 0, "{}", stage.tab.words());
}

#[test]
fn a_proposal_is_taken_back_by_those_who_filed_it() {
    let mut stage = Stage::new();
    stage.open(Who::NgoMember, "items/{filed}/receipt");
    stage.tab.click("main a.button.danger");
    stage.tab.fill("[name='reason.en']", "Said better elsewhere.");
    stage.tab.click("main form p.actions button");
    stage.is_done("moved");
    assert!(stage.tab.words().contains("Said better elsewhere."), "{}", stage.tab.words());
}
