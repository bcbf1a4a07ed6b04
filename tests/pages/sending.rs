//! Forms as they are sent: with a file, twice, and from where they must not come.

use std::fs;

use qadam_tests::socket::{ask, visit};
use serde_json::{Value, json};

use crate::demonstration::Demonstration;
use crate::prepared::prepare;
use crate::screens::Who;
use crate::tab::{Tab, View};

/// A register of its own, with what is prepared in it under a name.
fn register(name: &str) -> (Demonstration, String) {
    let demonstration = Demonstration::start();
    let prepared = prepare(&demonstration);
    let found = prepared.into_iter().find(|(known, _)| *known == name);
    (demonstration, found.expect("what was prepared").1)
}

/// A tab of somebody.
fn tab_of(demonstration: &Demonstration, who: Who) -> Tab {
    let tab = Tab::open();
    tab.look(View { width: 1280, dark: false });
    tab.become_somebody(demonstration.url(), demonstration.cookie(who).as_deref());
    tab
}

/// How many of a kind an item has.
fn amount(demonstration: &Demonstration, item: &str, part: &str) -> usize {
    let token = demonstration.token(Who::Officer);
    let path = format!("/items/{item}/{part}");
    let (_, list) = ask(demonstration.url(), "GET", &path, Some(&token), None).expect("an answer");
    list["items"].as_array().expect("a list").len()
}

#[test]
fn a_file_is_brought_as_evidence_and_fetched_from_the_page_of_the_item() {
    let (demonstration, item) = register("planned");
    let mut tab = tab_of(&demonstration, Who::Officer);
    let url = demonstration.url();
    let folder = tempfile::tempdir().expect("a folder");
    let (text, program) = (folder.path().join("Қаулы 112.txt"), folder.path().join("112.exe"));
    fs::write(&text, "Орнатылды.").expect("a file");
    fs::write(&program, [0x4d, 0x5a, 0, 1]).expect("a file");
    tab.visit(&format!("{url}/en/items/{item}/evidence"));
    tab.fill("[name='evidence.0.title.en']", "Order on cameras");
    tab.choose("#file", &program);
    tab.click("form:has(#file) button");
    // What is refused is said beside the field, and what was written stays.
    assert_eq!(tab.count(".field.bad #file"), 1, "{}", tab.words());
    assert_eq!(
        tab.value("document.querySelector(\"[name='evidence.0.title.en']\").value"),
        "Order on cameras"
    );
    tab.choose("#file", &text);
    tab.click("form:has(#file) button");
    assert!(tab.address().ends_with("?done=evidence_brought"), "{} {}", tab.address(), tab.words());
    assert!(tab.words().contains("Қаулы 112.txt"), "{}", tab.words());
    let path = tab.value("document.querySelector('a[download]').pathname");
    let path = path.as_str().expect("an address");
    for cookie in [demonstration.cookie(Who::Officer), None] {
        let answer = visit(url, path, cookie.as_deref(), None).expect("an answer");
        assert_eq!((answer.status, answer.body.as_str()), (200, "Орнатылды."));
        let disposition = answer.header("content-disposition").unwrap_or_default();
        assert!(disposition.starts_with("attachment; ") && disposition.ends_with("112.txt"), "{disposition}");
    }
}

#[test]
fn a_form_with_a_file_is_not_taken_without_the_token_of_the_session() {
    let (demonstration, item) = register("planned");
    let mut tab = tab_of(&demonstration, Who::Officer);
    tab.visit(&format!("{}/en/items/{item}/evidence", demonstration.url()));
    let send = |token: &str| {
        tab.value(&format!(
            "(() => {{
                const form = document.querySelector('form:has(#file)');
                const data = new FormData(form);
                data.set('form_token', {token});
                data.set('evidence.0.title.en', 'Act');
                data.set('file', new File(['Seen.'], 'act.txt'));
                return fetch(form.action, {{method: 'POST', body: data}}).then(answer => answer.status);
            }})()"
        ))
    };
    for token in ["''", "'00'", "form.elements.form_token.value.replace(/./g, '0')"] {
        assert_eq!(send(token), 403, "{token}");
    }
    assert_eq!(amount(&demonstration, &item, "evidence"), 0);
    assert_eq!(send("form.elements.form_token.value"), 200);
    assert_eq!(amount(&demonstration, &item, "evidence"), 1);
}

/// Sends the form of a page several times at once with what is typed in it, and gives where each was led to.
fn send_at_once(tab: &Tab, field: &str, text: &str, times: usize) -> Vec<Value> {
    let sent = tab.value(&format!(
        "(() => {{
            const form = document.querySelector('main form:has([name=\"{field}\"])');
            form.querySelector('[name=\"{field}\"]').value = {text};
            const data = new FormData(form);
            const body = form.enctype.startsWith('multipart') ? () => data : () => new URLSearchParams(data);
            const send = () => fetch(form.action, {{method: 'POST', body: body()}})
                .then(answer => answer.status + ' ' + answer.url);
            return Promise.all(Array.from({{length: {times}}}, send));
        }})()",
        text = json!(text)
    ));
    sent.as_array().expect("answers").clone()
}

#[test]
fn a_form_that_is_sent_twice_does_what_it_asks_for_once_and_is_answered_alike() {
    let (demonstration, item) = register("planned");
    let url = demonstration.url();
    for (who, form, field, part, done) in [
        (Who::Officer, "evidence", "evidence.0.title.en", "evidence", "evidence_brought"),
        (Who::Officer, "milestone", "title.en", "milestones", ""),
        (Who::NgoMember, "question", "text.en", "questions", "asked"),
        (Who::Officer, "report", "narrative.en", "updates", "report_published"),
    ] {
        let mut tab = tab_of(&demonstration, who);
        let before = amount(&demonstration, &item, part);
        tab.visit(&format!("{url}/en/items/{item}/{form}"));
        if form == "milestone" {
            tab.value("document.querySelector('[name=kind]').value = 'training', 0");
        }
        if form == "report" {
            tab.value(
                "document.querySelector('form:has([name=\"narrative.en\"])').insertAdjacentHTML('beforeend', \
                 '<input type=hidden name=act value=hand_in>'), 0",
            );
        }
        let sent = [send_at_once(&tab, field, "112", 2), send_at_once(&tab, field, "112", 1)].concat();
        assert!(sent.iter().all(|answer| *answer == sent[0]), "{form}: {sent:?}");
        assert!(sent[0].as_str().is_some_and(|answer| answer.contains(done)), "{form}: {sent:?}");
        if form != "question" {
            assert_eq!(amount(&demonstration, &item, part), before + 1, "{form}");
        }
        // Whoever goes back to it and writes something else is told so, and nothing of it is lost.
        let other = send_at_once(&tab, field, "113", 1);
        assert!(!other[0].as_str().expect("an answer").contains("?done="), "{form}: {other:?}");
    }
}

#[test]
fn a_proposal_that_is_begun_twice_is_one_draft_with_what_was_written_last() {
    let (demonstration, _) = register("planned");
    let mut tab = tab_of(&demonstration, Who::NgoMember);
    let drafts = || {
        let token = demonstration.token(Who::NgoMember);
        let path = "/items?status=draft&sort=-updated_at";
        let (_, list) = ask(demonstration.url(), "GET", path, Some(&token), None).expect("an answer");
        list["items"].as_array().expect("a list").clone()
    };
    let before = drafts().len();
    tab.visit(&format!("{}/en/items/new", demonstration.url()));
    send_at_once(&tab, "title.en", "Count complaints", 2);
    send_at_once(&tab, "title.en", "Count all complaints", 1);
    let after = drafts();
    assert_eq!(after.len(), before + 1);
    assert!(after.iter().any(|draft| draft["title"]["en"] == "Count all complaints"), "{after:?}");
}

#[test]
fn a_row_of_a_round_that_is_sent_twice_is_one_report() {
    let (demonstration, item) = register("planned");
    let (url, token) = (demonstration.url(), demonstration.token(Who::Officer));
    let (_, rounds) = ask(url, "GET", "/reporting-rounds", Some(&token), None).expect("an answer");
    let round = rounds["items"][0]["id"].as_str().expect("a round");
    let [mut tab, mut beside] = [Who::Officer, Who::Officer].map(|who| tab_of(&demonstration, who));
    for one in [&mut tab, &mut beside] {
        one.visit(&format!("{url}/en/rounds/{round}/fill"));
    }
    let field = format!("row.{item}.text");
    let before = amount(&demonstration, &item, "updates");
    let sent =
        [send_at_once(&tab, &field, "Installed.", 2), send_at_once(&tab, &field, "Installed.", 1)].concat();
    assert!(sent.iter().all(|answer| answer.as_str().is_some_and(|to| to.ends_with("?made=1"))), "{sent:?}");
    assert_eq!(amount(&demonstration, &item, "updates"), before + 1);
    // What a colleague wrote beside it is a report, too.
    let sent = send_at_once(&beside, &field, "Installed and tested.", 1);
    assert!(sent[0].as_str().is_some_and(|to| to.ends_with("?made=1")), "{sent:?}");
    assert_eq!(amount(&demonstration, &item, "updates"), before + 2);
    tab.visit(&format!("{url}/en/rounds/{round}/fill"));
    assert_eq!(tab.count(&format!("[name='{field}']")), 0, "it is not owed any longer");
}

#[test]
fn an_approval_that_is_sent_twice_is_answered_alike() {
    let (demonstration, item) = register("done");
    let mut tab = tab_of(&demonstration, Who::Approver);
    tab.visit(&format!("{}/en/approvals", demonstration.url()));
    let report =
        tab.value(&format!("document.querySelector('button[name=approve][value^=\"{item}/\"]').value"));
    let report = report.as_str().expect("a report");
    tab.value(
        "document.querySelector('main form').insertAdjacentHTML('beforeend', '<input type=hidden name=approve>'), 0",
    );
    let script = "document.querySelectorAll('button[name=approve]').forEach(button => button.removeAttribute('name')), 0";
    tab.value(script);
    let sent = [send_at_once(&tab, "approve", report, 2), send_at_once(&tab, "approve", report, 1)].concat();
    assert!(
        sent.iter().all(|answer| answer.as_str().is_some_and(|to| to.ends_with("?approved=1"))),
        "{sent:?}"
    );
}
