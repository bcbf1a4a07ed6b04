//! An agenda that prints itself: a page of its own in the reader's language, with nothing in it that the reader may
//! not see and no markup that anybody wrote.

use qadam_tests::{Caller, TestRegister};
use serde_json::json;

use crate::scenes::{announced, filed};

async fn page(caller: Caller<'_>, language: &str) -> String {
    let path = format!("/meetings/MT-2026-02/agenda?format=html&lang={language}");
    let answer = caller.get(&path).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("content-language"), language);
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'sha256-"), "{policy}");
    answer.text()
}

async fn prepared(register: &TestRegister) -> String {
    let secretariat = register.secretariat();
    let item = announced(register, "GPO", "larch").await;
    let hidden = filed(register, "canary").await;
    let meeting = json!({
        "code": "MT-2026-02", "kind": "plenary", "held_on": "2026-06-01", "held_on_precision": "quarter",
        "title": {"en": "Plenary <b>&\"", "ru": "Пленарное заседание"}, "place": {"ru": "Астана"},
        "chairs": [{"office": {"ru": "Министр"}, "holder": "<i>N. N.</i>", "organisation": "MFA"}],
    });
    secretariat.post("/meetings", meeting).await.expect(201);
    let speaker = json!([{"office": {"ru": "Прокурор"}, "organisation": "GPO"}]);
    let line = json!({
        "title": {"ru": "Условия содержания <script>"}, "level": "public", "speakers": speaker,
        "items": [item, hidden],
    });
    secretariat.post("/meetings/MT-2026-02/agenda", line).await.expect(201);
    let line = json!({"title": {"ru": "Для секретариата canaryline"}, "level": "secretariat"});
    secretariat.post("/meetings/MT-2026-02/agenda", line).await.expect(201);
    secretariat.get(&format!("/items/{item}")).await.expect(200)["ref"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_shows_the_meeting_its_agenda_and_what_it_opens_with_in_the_readers_language() {
    TestRegister::on_both(async |register| {
        let reference = prepared(register).await;
        let public = page(register.anonymous(), "ru").await;
        for shown in [
            "<html lang=\"ru\">",
            "Пленарное заседание",
            "2-й квартал 2026 г.",
            "Астана",
            "Министр, &lt;i&gt;N. N.&lt;/i&gt;",
            "Условия содержания &lt;script&gt;",
            "Прокурор",
            reference.as_str(),
            "Объявлено",
            "Перешло с прежних заседаний",
            "Данные на 02.03.2026",
        ] {
            assert!(public.contains(shown), "{shown}: {public}");
        }
        for absent in ["canary", "<script", "<i>", "style=", "http://", "onload"] {
            assert!(!public.contains(absent), "{absent}: {public}");
        }
        let english = page(register.anonymous(), "en").await;
        assert!(
            english.contains("Plenary &lt;b&gt;&amp;&quot;") && english.contains("Announced"),
            "{english}"
        );
        assert!(english.contains("<span lang=\"ru\">Астана</span>"), "{english}");
        assert!(page(register.anonymous(), "kk").await.contains("Күн тәртібі"));
        let inside = page(register.secretariat(), "ru").await;
        assert!(inside.contains("canaryline") && inside.contains("тоқтату canary"), "{inside}");
    })
    .await;
}

#[tokio::test]
async fn data_is_the_default_and_a_browser_gets_the_page() {
    TestRegister::on_both(async |register| {
        prepared(register).await;
        let anonymous = register.anonymous();
        let at = "/meetings/MT-2026-02/agenda";
        assert_eq!(anonymous.get(at).await.expect(200)["items"].as_array().unwrap().len(), 1);
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        let page = anonymous.get(at).header("accept", browser).await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let data = anonymous.get(&format!("{at}?format=json")).header("accept", browser).await;
        assert_eq!(data.header("content-type"), "application/json");
        assert_eq!(anonymous.get(&format!("{at}?format=pdf")).await.mistake(), "?format unknown_value");
    })
    .await;
}
