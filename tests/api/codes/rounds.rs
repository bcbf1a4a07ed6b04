//! What a round that is closed, or whose due day is over, stands in the way of.

use serde_json::json;

use crate::samples::World;
use crate::scenes::{commitment, part};

pub(super) async fn conflicts(world: &World<'_>) {
    let register = world.register;
    let (secretariat, officer) = (register.secretariat(), register.officer("GPO"));
    let item = commitment(register, "GPO", "linden").await;
    let asked = json!({"organisations": ["GPO"], "items": [item]});
    let opened = secretariat.post("/reporting-rounds", asked.clone()).await.expect(201);
    let round = opened["id"].as_str().unwrap();
    let report = || json!({"narrative": {"en": "Begun."}, "round": round});
    let drafted = json!({"draft": true, "narrative": {"en": "Begun."}, "round": round});
    let made = officer.post(&part(&item, "updates"), drafted).await.expect(201);
    let draft = part(&item, &format!("updates/{}", made["update"]["id"].as_str().unwrap()));
    let at = format!("/reporting-rounds/{round}");
    let due = json!({"due_on": register.today(), "reason": {"en": "At once."}});
    secretariat.patch(&at, due).header("if-match", "*").await.expect(200);
    register.pass_days(1);
    secretariat.post(&format!("{at}/rows"), asked.clone()).await.refused("round_overdue");
    let closed = json!({"state": "closed"});
    secretariat.patch(&at, closed).header("if-match", "*").await.expect(200);
    officer.post(&part(&item, "updates"), report()).await.refused("round_closed");
    officer.put(&draft, report()).await.refused("round_closed");
    officer.post(&format!("{draft}/steps"), json!({"step": "submit"})).await.refused("round_closed");
    secretariat.post(&format!("{at}/rows"), asked).await.refused("round_closed");
    let later = json!({"due_on": "2026-12-31", "reason": {"en": "Later."}});
    secretariat.patch(&at, later).header("if-match", "*").await.refused("round_closed");
}
