//! How many files there may be: six an hour and account, eight an item and organisation, in these tests.

use qadam_app::items::{Turn, turn};
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{OrganisationId, UserId, Uuid};
use qadam_tests::{Caller, Person, TestRegister};

use super::{brought, described};
use crate::scenes::{commitment, part};

async fn refused(caller: Caller<'_>, id: &str, code: &str) {
    let sent = caller.bring(&part(id, "evidence"), &described(None), "a.txt", b"Seen.").may_fail().await;
    sent.refused(code);
    assert_eq!(sent.headers.contains_key("retry-after"), code != "too_many_files");
}

#[tokio::test]
async fn an_account_brings_so_many_files_within_an_hour() {
    TestRegister::on_both(async |register| {
        let (one, two) =
            (commitment(register, "GPO", "larch").await, commitment(register, "GPO", "maple").await);
        for number in 0..6 {
            let id = if number % 2 == 0 { &one } else { &two };
            brought(register.ngo("KK"), id, "a.txt", b"Seen.").await;
        }
        refused(register.ngo("KK"), &one, "too_many_uploads").await;
        // Links are no files, and others are not this account.
        register.ngo("KK").post(&part(&one, "evidence"), crate::samples::evidence()).await.expect(201);
        brought(register.person(Person::second("KK", Role::NgoMember)), &one, "a.txt", b"Seen.").await;
        register.pass(3_599);
        refused(register.ngo("KK"), &one, "too_many_uploads").await;
        register.pass(1);
        brought(register.ngo("KK"), &one, "a.txt", b"Seen.").await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_brings_so_many_files_to_an_item_however_many_others_brought() {
    TestRegister::on_both(async |register| {
        let (one, two) =
            (commitment(register, "GPO", "larch").await, commitment(register, "GPO", "maple").await);
        for number in 0..8 {
            let number = number % 2 + 1;
            let member = register.person(Person { organisation: "KK", role: Role::NgoMember, number });
            brought(member, &one, "a.txt", b"Seen.").await;
        }
        refused(register.ngo("KK"), &one, "too_many_files").await;
        brought(register.ngo("KK"), &two, "a.txt", b"Seen.").await;
        brought(register.officer("GPO"), &one, "a.txt", b"Seen.").await;
        register.pass_days(2);
        refused(register.ngo("KK"), &one, "too_many_files").await;
    })
    .await;
}

#[tokio::test]
async fn a_repetition_at_the_limit_is_told_what_the_first_one_did() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for _ in 0..5 {
            brought(register.ngo("KK"), &id, "a.txt", b"Seen.").await;
        }
        let path = part(&id, "evidence");
        let last = || register.ngo("KK").bring(&path, &described(None), "a.txt", b"Last.").key("last");
        let first = last().await.expect(201);
        refused(register.ngo("KK"), &id, "too_many_uploads").await;
        assert_eq!(last().await.expect(201)["evidence"], first["evidence"]);
        assert_eq!(register.files().len(), 6);
    })
    .await;
}

#[tokio::test]
async fn files_that_are_refused_count_as_much_as_those_that_are_taken() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let path = part(&id, "evidence");
        for _ in 0..3 {
            let program = register.ngo("KK").bring(&path, &described(None), "a.txt", b"MZ\x90\0").await;
            program.invalid("/file", "unsupported_file");
            let mut about = described(None);
            about["about"] = serde_json::json!(crate::samples::NOTHING);
            let nothing = register.ngo("KK").bring(&path, &about, "a.txt", b"Seen.").await;
            nothing.invalid("/about", "unknown_reference");
        }
        refused(register.ngo("KK"), &id, "too_many_uploads").await;
        brought(register.person(Person::second("KK", Role::NgoMember)), &id, "a.txt", b"Seen.").await;
        register.pass(3_600);
        brought(register.ngo("KK"), &id, "a.txt", b"Seen.").await;
    })
    .await;
}

/// Turns of an account, as it has them that is sending files.
fn sending(register: &TestRegister, account: u128, files: usize) -> Vec<Turn> {
    let actor = Actor {
        user: UserId(Uuid::from_u128(account)),
        organisation: OrganisationId(Uuid::from_u128(1)),
        role: Role::NgoMember,
        confirmed: true,
    };
    (0..files).map(|_| turn(register.app(), &Viewer::Account(actor)).unwrap()).collect()
}

#[tokio::test]
async fn who_sends_two_files_sends_no_third_and_others_do() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let own = Uuid::parse_str(&register.user_id(Person::first("KK", Role::NgoMember))).unwrap();
        let turns = sending(register, own.as_u128(), 2);
        refused(register.ngo("KK"), &id, "busy").await;
        brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        drop(turns);
        for _ in 0..3 {
            brought(register.ngo("KK"), &id, "a.txt", b"Seen.").await;
        }
    })
    .await;
}

#[tokio::test]
async fn only_so_many_files_are_taken_at_the_same_time() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let turns: Vec<_> = (1..=4).flat_map(|account| sending(register, account, 2)).collect();
        refused(register.officer("GPO"), &id, "busy").await;
        drop(turns);
        brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
    })
    .await;
}
