//! Changes of what the register says now, behind the ledger's back.

use qadam_tests::{Copied, TestRegister};
use serde_json::Value;

use crate::insider::Sql;
use crate::numbers::Numbers;

/// What is changed, and under which name a verification must tell of it.
pub(crate) struct Target {
    /// The kind of record.
    kind: &'static str,
    /// What people know it by.
    name: String,
    /// Its identifier.
    id: String,
}

/// The records of a register that may be changed.
#[derive(Default)]
pub(crate) struct Targets(Vec<Target>);

impl Targets {
    /// Finds them, as whoever may read everything does.
    pub(crate) async fn find(register: &TestRegister) -> Self {
        let mut all = Self::default();
        let secretariat = register.secretariat();
        let items = secretariat.get("/items?limit=200").await.expect(200);
        for item in items["items"].as_array().unwrap() {
            let id = text(&item["id"]);
            let name = item["ref"].as_str().map_or_else(|| id.clone(), ToOwned::to_owned);
            all.add("item", name, id.clone());
            let history = secretariat.get(&format!("/items/{id}/history")).await.expect(200);
            let changes = secretariat.get(&format!("/items/{id}/status-changes")).await.expect(200);
            // Where a payload was redacted nothing is left with which its status change could be compared.
            if !history.to_string().contains("item.redacted") {
                for change in changes["items"].as_array().unwrap() {
                    all.add("status_change", text(&change["id"]), text(&change["id"]));
                }
            }
            for (kind, path) in [("assessment", "assessments"), ("update", "updates")] {
                let added = secretariat.get(&format!("/items/{id}/{path}")).await.expect(200);
                for one in added["items"].as_array().unwrap() {
                    all.add(kind, text(&one["id"]), text(&one["id"]));
                }
            }
        }
        let meetings = secretariat.get("/meetings").await.expect(200);
        for meeting in meetings["items"].as_array().unwrap() {
            all.add("meeting", text(&meeting["code"]), text(&meeting["id"]));
        }
        for code in ["GPO", "KK", "NCHR"] {
            all.add("organisation", code.to_owned(), register.organisation_id(code));
        }
        let groups = secretariat.get("/vocabularies/groups").await.expect(200);
        for term in groups["items"].as_array().unwrap() {
            all.add("vocabulary_term", format!("groups/{}", text(&term["code"])), text(&term["code"]));
        }
        for caller in [register.officer("GPO"), register.ngo("KK"), register.observer()] {
            let id = register.user_id(caller.person().unwrap());
            all.add("account", id.clone(), id);
        }
        all
    }

    fn add(&mut self, kind: &'static str, name: String, id: String) {
        self.0.push(Target { kind, name, id });
    }

    /// Changes one record on a copy. Gives its kind, its name, and the statement.
    pub(crate) async fn change_one(
        &self,
        copy: &Copied,
        numbers: &mut Numbers,
    ) -> (&'static str, String, String) {
        let kinds = ["item", "item", "status_change", "assessment", "update", "meeting", "organisation"];
        let kinds = [&kinds[..], &["vocabulary_term", "account"][..]].concat();
        let kind = *numbers.one_of(&kinds);
        let of_kind: Vec<&Target> = self.0.iter().filter(|target| target.kind == kind).collect();
        let target = *numbers.one_of(&of_kind);
        let sql = Sql::new(copy);
        let statement = numbers
            .one_of(changes(kind))
            .replace("{id}", &sql.uuid(&target.id))
            .replace("{code}", &target.id);
        copy.run(&sql.then(&statement)).await;
        (kind, target.name.clone(), statement)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// What is done to a record of a kind. Each of them changes something in every record of the story.
const fn changes(kind: &str) -> &'static [&'static str] {
    match kind.as_bytes() {
        b"item" => &[
            "UPDATE item SET content = REPLACE(content, 'Keep a record', 'Keep no record') WHERE id = {id}",
            "UPDATE item SET status = CASE status WHEN 'planned' THEN 'in_progress' ELSE 'planned' END WHERE id = {id}",
            "UPDATE item SET text_level = CASE text_level WHEN 4 THEN 3 ELSE 4 END, identity_level = 1 WHERE id = {id}",
            "UPDATE item SET due_on = '2036-12-31', due_precision = 'day', due_sort = '2036-12-31' WHERE id = {id}",
            "UPDATE item SET due_sort = '2036-12-31' WHERE id = {id}",
            "UPDATE item SET priority = NOT priority WHERE id = {id}",
            "UPDATE item SET lead_id = (SELECT id FROM organisation WHERE code = 'NCHR') WHERE id = {id}",
            "INSERT INTO item_party (item_id, part, organisation_id, role, by_agreement, place) SELECT {id}, \
             'addressee', id, NULL, FALSE, 7 FROM organisation WHERE code = 'NCHR'",
            "INSERT INTO item_tag (vocabulary, code, item_id) VALUES ('group', 'other', {id})",
            "INSERT INTO item_drafter (item_id, account_id, place) SELECT {id}, id, 0 FROM account WHERE role = 'observer'",
            "DELETE FROM item_party WHERE item_id = {id}",
        ],
        b"status_change" => &[
            "UPDATE status_change SET to_status = 'merged' WHERE id = {id}",
            "UPDATE status_change SET as_of = '2020-01-01' WHERE id = {id}",
            "UPDATE status_change SET level = CASE level WHEN 1 THEN 4 ELSE 1 END WHERE id = {id}",
            "UPDATE status_change SET content = '{\"reason\":{\"en\":\"Because.\"}}' WHERE id = {id}",
            "UPDATE status_change SET position = 1000000 WHERE id = {id}",
        ],
        b"assessment" => &[
            "UPDATE contribution SET content = REPLACE(content, 'We were there', 'We were told') WHERE id = {id}",
            "UPDATE contribution SET finding = 'implemented' WHERE id = {id}",
            "DELETE FROM contribution WHERE id = {id}",
            "UPDATE contribution SET assessor = 'CAT' WHERE id = {id}",
        ],
        b"update" => &[
            "UPDATE contribution SET content = REPLACE(content, 'Two doctors', 'Two hundred doctors') WHERE id = {id}",
            "UPDATE contribution SET as_of = '2020-01-01' WHERE id = {id}",
            "DELETE FROM contribution WHERE id = {id}",
        ],
        b"meeting" => &[
            "UPDATE meeting SET content = REPLACE(content, 'Plenary', 'Talk') WHERE id = {id}",
            "UPDATE meeting SET held_on = '2026-02-27' WHERE id = {id}",
            "UPDATE meeting SET kind = 'subgroup' WHERE id = {id}",
        ],
        b"organisation" => &[
            "UPDATE organisation SET active = NOT active WHERE id = {id}",
            "UPDATE organisation SET by_agreement = NOT by_agreement WHERE id = {id}",
            "UPDATE organisation SET names = REPLACE(REPLACE(REPLACE(names, 'G', 'Q'), 'K', 'Q'), 'N', 'Q') WHERE id = {id}",
        ],
        b"vocabulary_term" => &[
            "UPDATE vocabulary_term SET name = REPLACE(name, 'а', 'a') WHERE vocabulary = 'groups' AND code = '{code}'",
            "UPDATE vocabulary_term SET place = place + 1000 WHERE vocabulary = 'groups' AND code = '{code}'",
        ],
        b"account" => &[
            "UPDATE account SET role = 'secretariat' WHERE id = {id}",
            "UPDATE account SET role = 'admin' WHERE id = {id}",
            "UPDATE account SET organisation_id = (SELECT id FROM organisation WHERE code = 'MFA') WHERE id = {id}",
            "UPDATE account SET state = 'disabled' WHERE id = {id}",
        ],
        _ => &[],
    }
}
