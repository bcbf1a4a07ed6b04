//! The letter to the head of a body: drafted by the program, sent by a person, once.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::read;
use crate::scenes::{change, create, part, proposal, silent, title};

#[tokio::test]
async fn the_letter_says_whose_word_is_missing_in_three_languages() {
    TestRegister::on_both(async |register| {
        let summary = json!({"ru": "Врач в течение суток."});
        let owners = json!([{"organisation": "MOH", "role": "lead"}]);
        let new =
            json!({"kind": "commitment", "title": title("larch"), "summary": summary, "owners": owners});
        let id = create(register.secretariat(), new).await;
        let source = json!({"quote": "We shall.", "url": "https://example.org/protocol"});
        let item = change(register.secretariat(), &id, json!({"to": "announced", "source": source})).await;
        let letter = part(&id, "response-letter");
        register.pass_days(40);
        register.advance().await;
        register.secretariat().get(&letter).await.refused("not_found");
        register.pass_days(1);
        register.secretariat().get(&letter).await.refused("not_found");
        register.advance().await;
        let drafted = register.secretariat().get(&letter).await.expect(200);
        let facts = |names: [&str; 5]| names.map(|name| drafted[name].clone());
        assert_eq!(
            facts(["clock", "started_on", "due_on", "days", "sent_on"]),
            [json!("confirmation"), json!("2026-03-02"), json!("2026-04-01"), json!(41), Value::Null]
        );
        assert_eq!(drafted["addressee"]["code"], "MOH");
        let reference = item["ref"].as_str().unwrap();
        for (language, subject, parts) in [
            (
                "en",
                "no confirmation after 41 days",
                ["2 March 2026", "1 April 2026", "Stop ill-treatment larch"],
            ),
            ("ru", "нет подтверждения 41 день", ["02.03.2026", "01.04.2026", "Азаптауды тоқтату larch"]),
            ("kk", "41 күн бойы растау жоқ", ["02.03.2026", "01.04.2026", "Азаптауды тоқтату larch"]),
        ] {
            let (line, text) =
                (drafted["subject"][language].as_str().unwrap(), drafted["text"][language].as_str().unwrap());
            assert!(line.contains(reference) && line.contains(subject), "{line}");
            for part in
                parts.into_iter().chain(["Ministry of Health", "Врач в течение суток.", reference, subject])
            {
                assert!(text.contains(part), "{part}: {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn that_a_person_sent_it_is_noted_once_and_told_where_the_item_is() {
    TestRegister::on_both(async |register| {
        let id = silent(register, "GPO", "larch").await;
        let (secretariat, sent) = (register.secretariat(), part(&id, "response-letter/sent"));
        let before = read(register.anonymous(), &id).await;
        for (day, mistake) in
            [("2026-03-03", "in_future"), ("2025-11-30", "contradiction"), ("2026-02-30", "invalid_date")]
        {
            let refused = secretariat.post(&sent, json!({"sent_on": day})).await;
            assert_eq!((refused.status, refused.mistake()), (422, format!("#/sent_on {mistake}")));
        }
        secretariat
            .post(&sent, json!({"sent_on": "2026-02-20"}))
            .if_match("stale")
            .await
            .refused("precondition_failed");
        let body = json!({"sent_on": "2026-02-20"});
        let item = secretariat.post(&sent, body.clone()).key("k-1").await.expect(201);
        assert_eq!(item["response"], before["response"]);
        assert_ne!(read(register.anonymous(), &id).await["etag"], before["etag"]);
        secretariat.post(&sent, body).key("k-1").await.expect(201);
        secretariat.post(&sent, json!({})).await.refused("status_conflict");
        let letter = secretariat.get(&part(&id, "response-letter")).await.expect(200);
        assert_eq!(letter["sent_on"], "2026-02-20");
        let told = register.anonymous().get(&part(&id, "response-stages")).await.expect(200);
        let steps: Vec<_> = told["items"].as_array().unwrap().iter().collect();
        let letter = steps[4];
        assert_eq!(steps.len(), 5);
        assert_eq!(
            [
                &letter["stage"],
                &letter["due_on"],
                &letter["recorded_on"],
                &letter["role"],
                &letter["organisation"]["code"]
            ],
            [
                &json!("letter_sent"),
                &json!("2026-02-20"),
                &json!("2026-03-02"),
                &json!("secretariat"),
                &json!("MFA")
            ]
        );
        assert_eq!([&steps[0]["role"], &steps[0]["organisation"]], [&Value::Null, &Value::Null]);
    })
    .await;
}

#[tokio::test]
async fn there_is_no_letter_once_the_word_was_given() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "larch", "addressed", "own").await;
        register.pass_days(60);
        assert_eq!(register.advance().await, 4);
        let letter = register.secretariat().get(&part(&id, "response-letter")).await.expect(200);
        let code = letter["subject"]["en"].as_str().unwrap().split(':').next().unwrap();
        let item = read(register.secretariat(), &id).await;
        assert_eq!(item["filing_code"], code, "it has no number yet");
        let answer = json!({"to": "accepted", "answer": {"text": {"en": "Yes."}}});
        change(register.officer("GPO"), &id, answer).await;
        register.secretariat().get(&part(&id, "response-letter")).await.refused("not_found");
        let sent = part(&id, "response-letter/sent");
        register.secretariat().post(&sent, json!({})).await.refused("not_found");
        register.officer("GPO").get(&part(&id, "response-letter")).await.refused("role_required");
    })
    .await;
}
