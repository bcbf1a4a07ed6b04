//! Everything that is about no item.

use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::{Value, json};

use super::{callers, cell};
use crate::samples::{self, Sample, World};

/// Operation, what each person is told.
#[rustfmt::skip] // Read as a table.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    ("get_liveness",          "oooooooooo"),
    ("get_readiness",         "oooooooooo"),
    ("get_openapi",           "oooooooooo"),
    ("get_openapi_3_0",       "oooooooooo"),
    ("get_problem",           "oooooooooo"),
    ("get_token_keys",        "oooooooooo"),
    ("get_workflow",          "oooooooooo"),
    ("list_vocabularies",     "oooooooooo"),
    ("get_vocabulary",        "oooooooooo"),
    ("list_organisations",    "oooooooooo"),
    ("get_organisation",      "oooooooooo"),
    ("get_statistics",        "oooooooooo"),
    ("get_scorecard",         "oooooooooo"),
    ("get_item_facets",       "oooooooooo"),
    ("create_organisation",   "1oxxxoxxxx"),
    ("edit_organisation",     "1oxxxoxxxx"),
    ("get_ledger_checkpoint", "oooooooooo"),
    ("get_ledger_key",        "oooooooooo"),
    ("list_ledger_keys",      "oooooooooo"),
    ("list_ledger_entries",   "oooooooooo"),
    ("prove_inclusion",       "oooooooooo"),
    ("prove_consistency",     "oooooooooo"),
    ("redact_ledger_entries", "1xxxxoxxxx"),
    ("list_users",            "1oxxxxxxxx"),
    ("get_user",              "1oxxxxxxxx"),
    ("create_user",           "1oxxxxxxxx"),
    ("edit_user",             "1oxxxxxxxx"),
    ("create_user_link",      "1cxxxxxxxx"),
    ("confirm_user",          "1x.....xxo"),
    ("list_colleagues",       "1ooooooooo"),
    ("lock_user_out",         "1x.....xoo"),
    ("ask_for_recovery",      "1cxxxxxxxx"),
    ("vouch_for_recovery",    "1x.....xcc"),
    ("list_meetings",         "oooooooooo"),
    ("get_meeting",           "oooooooooo"),
    ("list_agenda_items",     "oooooooooo"),
    ("list_attendance",       "oooooooooo"),
    ("list_decisions",        "oooooooooo"),
    ("list_similar_items",    "oooooooooo"),
    ("get_carry_over",        "oooooooooo"),
    ("get_protocol",          "....oo..oo"),
    ("list_objections",       "1xxxooxxoo"),
    ("object_to_protocol",    "1xxxoxxxoo"),
    ("answer_objection",      "1....o..xx"),
    ("list_reporting_rounds", "oooooooooo"),
    ("get_reporting_round",   "oooooooooo"),
    ("list_reporting_rows",   "oooooooooo"),
    ("open_reporting_round",  "1xxxxoxxxx"),
    ("ask_for_reports",       "1xxxxoxxxx"),
    ("edit_reporting_round",  "1xxxxoxxxx"),
    ("create_meeting",        "1xxxxoxxxx"),
    ("edit_meeting",          "1xxxxoxxxx"),
    ("replace_agenda",        "1xxxxoxxxx"),
    ("add_agenda_item",       "1xxxxoxxxx"),
    ("edit_agenda_item",      "1xxxxoxxxx"),
    ("replace_attendance",    "1xxxxoxxxx"),
    ("add_decision",          "1xxxxoxxxx"),
    ("edit_decision",         "1....o...."),
    ("change_protocol",       "1xxxxcxxxx"),
    ("get_assessment",        "oooooooooo"),
    ("reply_to_assessment",   "1xxxoxxxxx"),
    ("get_milestone",         "oooooooooo"),
    ("edit_milestone",        "1xxxooxxxx"),
    ("get_indicator",         "oooooooooo"),
    ("get_evidence",          "..oooooooo"),
    ("get_evidence_file",     "..oooooooo"),
    ("get_question",          "oooooooooo"),
    ("get_answer",            "....oo...."),
    ("pass_question_on",      "1....ox..."),
    ("pass_answer_on",        "1...xo...."),
    ("give_indicator_value",  "1xxxooxxxx"),
    ("get_update",            "....o....."),
    ("edit_update",           "1...o....."),
    ("report_on_items",       "1ooooooooo"),
    ("take_update_step",      "1...o....."),
    ("sign_in",               "oooooooooo"),
    ("refresh_tokens",        "oooooooooo"),
    ("set_password",          "oooooooooo"),
    ("ask_for_own_recovery",  "cccooooooo"),
    ("get_me",                "1ooooooooo"),
    ("edit_me",               "1ooooooooo"),
    ("change_password",       "1ooooooooo"),
    ("list_tokens",           "1ooooooooo"),
    ("make_token",            "1ooooooooo"),
    ("get_second_factor",     "1ooooooooo"),
    ("begin_second_factor",   "1ooooooooo"),
    ("confirm_second_factor", "1coccccccc"),
    ("renew_recovery_codes",  "1cccccoocc"),
    ("remove_second_factor",  "1ooooooooo"),
    // Wrong passwords are counted together, so these come after what is told apart.
    ("sign_in_with_passkey",  "oooooooooo"),
    ("list_passkeys",         "1ooooooooo"),
    ("begin_passkey",         "1ooooooooo"),
    ("add_passkey",           "1ooooooooo"),
    ("remove_passkey",        "1ooooooooo"),
    ("list_identities",       "1ooooooooo"),
    ("remove_identity",       "1.......o."),
    ("list_sessions",         "1ooooooooo"),
    ("list_follows",          "1ooooooooo"),
    ("list_notifications",    "1ooooooooo"),
    ("mark_notifications_read", "1ooooooooo"),
    ("list_invitations_to_file", "1ooooooooo"),
    ("accept_invitation_to_file", "1.....o..."),
    ("sign_out",              "1ooooooooo"),
];

/// What is sent instead of a sample's body: refused for its content in the end.
fn refused_body(operation: &str) -> Option<Value> {
    let unknown = json!({"lead": "NOPE", "text": {"en": "Pay."}});
    Some(match operation {
        "redact_ledger_entries" => {
            json!({"seqs": [1_000_000], "ground": "legal_order", "reason": {"en": "A court ordered it."}})
        }
        "create_organisation" => json!({"code": "x", "kind": "state_body", "names": [{"name": {"en": "X"}}]}),
        "edit_organisation" => json!({"names": []}),
        "create_user" => {
            json!({"email": "x", "name": "X", "organisation": "GPO", "role": "officer", "language": "en"})
        }
        "edit_user" | "edit_me" => json!({"name": ""}),
        "open_reporting_round" | "ask_for_reports" => json!({"organisations": ["NOPE"]}),
        "edit_reporting_round" => json!({"due_on": "2026-12-31"}),
        "create_meeting" => json!({"code": "x", "kind": "plenary", "title": {"en": "X"}}),
        "edit_meeting" => json!({"code": "x"}),
        "replace_agenda" => {
            json!({"items": [{"title": {"en": "X"}, "level": "public", "items": ["P-1999-0001"]}]})
        }
        "add_agenda_item" => json!({"title": {"en": "X"}, "level": "public", "items": ["P-1999-0001"]}),
        "edit_agenda_item" => json!({"items": ["P-1999-0001"]}),
        "replace_attendance" => json!({"items": [{"organisation": "NOPE", "level": "public"}]}),
        "add_decision" => unknown,
        "edit_decision" => json!({"lead": "NOPE"}),
        "object_to_protocol" => json!({"decision": samples::NOTHING, "text": {"en": "It is not."}}),
        "answer_objection" => json!({"outcome": "accepted", "answer": {}}),
        "change_protocol" => json!({"to": "approved"}),
        "reply_to_assessment" => json!({"text": {}}),
        "edit_milestone" => json!({"stage": "nope", "stage_on": "2026-01-10"}),
        "give_indicator_value" => json!({"on": "2026-01-10", "value": "a lot"}),
        "accept_invitation_to_file" => json!({"identity_level": "public"}),
        "pass_question_on" | "pass_answer_on" => json!({"to": "waiting"}),
        "edit_update" => json!({"outgoing_number": "1"}),
        "mark_notifications_read" => json!({}),
        "report_on_items" => json!({"updates": []}),
        "sign_in" => json!({"email": "x", "password": "x"}),
        "refresh_tokens" => json!({"refresh_token": "x"}),
        "set_password" => json!({"token": "x", "password": "walnut ferry mosaic"}),
        "make_token" => json!({"label": "", "scope": "read", "days": 0, "password": "x"}),
        "sign_in_with_passkey" => json!({
            "credential_id": "eA", "client_data": "eA", "authenticator_data": "eA", "signature": "eA", "user_handle": "eA",
        }),
        "add_passkey" => json!({"label": "x", "client_data": "eA", "attestation_object": "eA"}),
        "begin_passkey" | "remove_passkey" | "remove_identity" | "begin_second_factor" => {
            json!({"password": "x"})
        }
        "confirm_second_factor" | "renew_recovery_codes" => json!({"code": "000000"}),
        "remove_second_factor" => json!({"password": "x", "code": "000000"}),
        "change_password" => json!({"current_password": "x", "password": "walnut ferry mosaic"}),
        _ => return None,
    })
}

/// The path at which nothing happens.
fn refused_path(world: &World<'_>, sample: &Sample) -> String {
    let path = &sample.path;
    match sample.operation {
        "take_update_step" => path.replace(&world.report, &world.blank),
        "create_user_link" => {
            path.replace(&world.late, &world.register.user_id(Person::first("GPO", Role::Officer)))
        }
        "ask_for_recovery" => {
            format!("/users/{}/recovery", world.register.user_id(Person::first("GPO", Role::Officer)))
        }
        "vouch_for_recovery" => {
            let unasked = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
            format!("/users/{}/recovery/confirmation", world.register.user_id(unasked))
        }
        "confirm_user" => {
            format!("/users/{}/confirmation", world.register.user_id(Person::second("KK", Role::NgoMember)))
        }
        _ => path.clone(),
    }
}

#[tokio::test]
async fn everybody_is_told_what_the_table_says_beside_the_items() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let before = register.amount_stored().await;
        let samples = samples::all(&world);
        let mut wrong = Vec::new();
        for (operation, row) in ELSEWHERE {
            let sample = samples.iter().find(|sample| sample.operation == *operation).unwrap();
            let body = refused_body(operation).or_else(|| sample.body.clone());
            let sent = Sample { path: refused_path(&world, sample), body, ..sample.copy() };
            let mut found = String::new();
            for caller in callers(register) {
                found.push(cell(&sent.by(caller).await));
            }
            if found != *row {
                wrong.push(format!("{operation}: {found}, not {row}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}
