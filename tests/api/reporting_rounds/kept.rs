//! That the ledger keeps a round as everybody sees it.

use std::collections::HashMap;

use qadam_app::ledger::auditing::Audit;
use qadam_domain::levels::Level;
use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{at, open, patch, reported, store};
use crate::scenes::{commitment, narrow, proposal};

/// What the last entry that the readers of a level read says of a round.
type Said = HashMap<Level, Value>;

#[tokio::test]
async fn the_last_entries_say_what_a_round_is() {
    TestRegister::on_both(async |register| {
        let mine = commitment(register, "GPO", "larch").await;
        let open_text = proposal(register, "rowan", "public", "own").await;
        let members = proposal(register, "birch", "members", "own").await;
        let asked =
            json!({"organisations": ["GPO"], "items": [mine, open_text, members], "due_on": "2026-03-20"});
        let round = open(register, asked).await;
        same(register, &round).await;
        reported(register.officer("GPO"), &mine, &round).await;
        same(register, &round).await;
        for level in ["members", "secretariat"] {
            narrow(register, &open_text, level).await;
            same(register, &round).await;
        }
        register.pass_days(12);
        assert_eq!(register.remind().await, 1);
        same(register, &round).await;
        patch(register, &round, json!({"state": "closed", "name": {"en": "Spring"}})).await;
        same(register, &round).await;
    })
    .await;
}

/// The newest entry that the readers of a level read is what they see.
async fn same(register: &TestRegister, round: &Value) {
    let audit = Audit::begin(&store(register).await).await.unwrap();
    let (mut after, mut said) = (0, Said::new());
    loop {
        let page = audit.entries(after, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        for entry in page.iter().filter(|entry| entry.subject_id == round["id"].as_str().unwrap()) {
            let (_, payload) = entry.opened.as_ref().unwrap();
            let payload: Value = serde_json::from_str(payload).unwrap();
            for level in Level::ALL.into_iter().filter(|level| *level <= entry.level) {
                said.insert(level, payload["after"].clone());
            }
        }
    }
    let records = audit.reporting_rounds(None, 10).await.unwrap().records;
    assert_eq!(records.len(), 3);
    for record in records {
        let level = record.at.unwrap();
        assert_eq!(said[&level], record.value, "{level:?}");
    }
    let shown = register.anonymous().get(&at(round)).await.expect(200);
    for (name, value) in said[&Level::Public].as_object().unwrap().iter().filter(|(name, _)| *name != "asked")
    {
        assert_eq!(&shown[name], value, "{name}");
    }
}
