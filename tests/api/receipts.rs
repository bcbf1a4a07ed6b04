//! Receipts: who filed gets the same one as often as they ask, and nobody else learns that there is one.

use qadam_domain::accounts::Role;
use qadam_ledger::{Receipt, SignedNote, Verifier};
use qadam_tests::{Person, TestRegister};
use serde_json::json;

use crate::scenes::{announced, change, draft, part, proposal};

#[tokio::test]
async fn the_receipt_of_a_filing_is_given_again_on_any_later_day() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "alder").await;
        let ngo = register.ngo("KK");
        ngo.get(&part(&id, "receipt")).await.refused("not_found");
        let filed = ngo.post(&part(&id, "status-changes"), json!({"to": "submitted"})).await.expect(201);
        let receipt = filed["receipt"].as_str().unwrap();
        register.pass_days(3);
        register.admit().await;
        let again = ngo.get(&part(&id, "receipt")).await;
        assert_eq!(again.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(again.text(), receipt);
        let key: Verifier = ngo.get("/ledger/key").await.text().trim().parse().unwrap();
        let note: SignedNote = again.text().parse().unwrap();
        assert_eq!(Receipt::open(&note, &[key]).unwrap().subject.to_string(), id);
        // A colleague reads what was filed, and has the receipt.
        let colleague = register.person(Person::second("KK", Role::NgoMember));
        assert_eq!(colleague.get(&part(&id, "receipt")).await.text(), receipt);
        // What the secretariat does with the proposal changes nothing about its filing.
        change(register.secretariat(), &id, json!({"to": "returned", "reason": {"en": "By whom?"}})).await;
        let second = change(ngo, &id, json!({"to": "submitted"})).await;
        assert_eq!(second["status"], "submitted");
        assert_eq!(ngo.get(&part(&id, "receipt")).await.text(), receipt);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_filing_is_answered_as_the_first_one() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "birch").await;
        let ngo = register.ngo("KK");
        let file = || ngo.post(&part(&id, "status-changes"), json!({"to": "submitted"})).key("k-1");
        let first = file().await.expect(201);
        assert!(first["receipt"].is_string());
        let second = file().await.expect(201);
        assert_eq!(second, first);
        // A later move changes the item; the repetition tells how it stands now, and the same move and receipt.
        change(register.secretariat(), &id, json!({"to": "returned", "reason": {"en": "By whom?"}})).await;
        let third = file().await.expect(201);
        assert_eq!(third["item"]["status"], "returned");
        assert_eq!((&third["change"], &third["receipt"]), (&first["change"], &first["receipt"]));
        // Another move that is repeated files nothing.
        let refile = || ngo.post(&part(&id, "status-changes"), json!({"to": "submitted"})).key("k-2");
        let moved = refile().await.expect(201);
        assert!(moved["receipt"].is_null());
        assert_eq!(refile().await.expect(201), moved);
        assert_ne!(moved["change"], first["change"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_an_item_but_did_not_file_it_finds_no_receipt() {
    TestRegister::on_both(async |register| {
        let public = proposal(register, "cedar", "public", "public").await;
        let commitment = announced(register, "GPO", "larch").await;
        for caller in
            [register.secretariat(), register.officer("GPO"), register.ngo("KIBHR"), register.admin()]
        {
            caller.get(&part(&public, "receipt")).await.refused("not_found");
            caller.get(&part(&commitment, "receipt")).await.refused("not_found");
        }
        register.anonymous().get(&part(&public, "receipt")).await.refused("unauthenticated");
        assert_eq!(register.ngo("KK").get(&part(&public, "receipt")).await.status, 200);
    })
    .await;
}
