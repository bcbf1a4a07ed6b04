//! That the ledger keeps a round as everybody sees it.

use std::collections::HashMap;

use qadam_app::database::{self, Durability, Options};
use qadam_app::ledger::auditing::Audit;
use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{at, open, patch, reported};
use crate::scenes::{commitment, narrow, proposal};

/// What the last entry of a level says of a round, and on which level the newest entry is.
type Said = HashMap<String, Value>;

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
        narrow(register, &open_text, "secretariat").await;
        same(register, &round).await;
        register.pass_days(12);
        assert_eq!(register.remind().await, 1);
        same(register, &round).await;
        patch(register, &round, json!({"state": "closed", "name": {"en": "Spring"}})).await;
        same(register, &round).await;
    })
    .await;
}

/// The newest entry of each level is what its readers see.
async fn same(register: &TestRegister, round: &Value) {
    let options = Options {
        url: register.url().to_owned(),
        durability: Durability::ThrowAway,
        readers: 2,
        migrate: false,
    };
    let audit = Audit::begin(&database::open(&options).await.unwrap()).await.unwrap();
    let (mut after, mut said, mut newest) = (0, Said::new(), String::new());
    loop {
        let page = audit.entries(after, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        for entry in page.iter().filter(|entry| entry.subject_id == round["id"].as_str().unwrap()) {
            let (_, payload) = entry.opened.as_ref().unwrap();
            let payload: Value = serde_json::from_str(payload).unwrap();
            newest = entry.level.code().to_owned();
            said.insert(newest.clone(), payload["after"].clone());
        }
    }
    let records = audit.reporting_rounds(None, 10).await.unwrap().records;
    assert_eq!(records.len(), 3);
    for record in records {
        let level = record.at.unwrap().code().to_owned();
        if level == "public" || level == newest {
            assert_eq!(said[&level], record.value, "{level}");
        }
    }
    let shown = register.anonymous().get(&at(round)).await.expect(200);
    for (name, value) in said["public"].as_object().unwrap().iter().filter(|(name, _)| *name != "asked") {
        assert_eq!(&shown[name], value, "{name}");
    }
}
