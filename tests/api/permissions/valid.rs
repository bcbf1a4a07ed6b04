//! Requests that are all right: done for who may, refused to who may not, for no other reason than that.

use qadam_tests::TestRegister;

use super::{PEOPLE, callers, cell};
use crate::samples;
use crate::samples::colleagues::BY_MAIL;

/// Operation, what each person is told to the sample of it.
#[rustfmt::skip] // Read as a table.
pub(super) const ROWS: &[(&str, &str)] = &[
    ("get_liveness",            "oooooooooo"),
    ("get_readiness",           "oooooooooo"),
    ("get_problem",             "oooooooooo"),
    ("get_openapi",             "oooooooooo"),
    ("get_openapi_3_0",         "oooooooooo"),
    ("get_token_keys",          "oooooooooo"),
    ("list_items",              "oooooooooo"),
    ("get_item",                "oooooooooo"),
    ("get_item_history",        "oooooooooo"),
    ("get_item_receipt",        "1.......oo"),
    ("list_status_changes",     "oooooooooo"),
    ("list_deadline_revisions", "oooooooooo"),
    ("list_response_stages",    "oooooooooo"),
    ("get_response_letter",     "1xxxxoxxxx"),
    ("list_item_links",         "oooooooooo"),
    ("list_consents",           "1....o..oo"),
    ("list_readings",           "1....o..oo"),
    ("list_meetings",           "oooooooooo"),
    ("get_meeting",             "oooooooooo"),
    ("list_agenda_items",       "oooooooooo"),
    ("list_attendance",         "oooooooooo"),
    ("list_decisions",          "oooooooooo"),
    ("list_similar_items",      "oooooooooo"),
    ("split_item",              "1....o..xx"),
    ("redact_item",             "1xxxxoxxxx"),
    ("get_carry_over",          "oooooooooo"),
    ("get_protocol",            "....oo..oo"),
    ("list_objections",         "1xxxooxxoo"),
    ("object_to_protocol",      "1xxxoxxxoo"),
    ("answer_objection",        "1....o..xx"),
    ("list_organisations",      "oooooooooo"),
    ("get_organisation",        "oooooooooo"),
    ("get_statistics",          "oooooooooo"),
    ("get_scorecard",           "oooooooooo"),
    ("get_item_facets",         "oooooooooo"),
    ("list_vocabularies",       "oooooooooo"),
    ("get_vocabulary",          "oooooooooo"),
    ("get_workflow",            "oooooooooo"),
    ("get_ledger_checkpoint",   "oooooooooo"),
    ("get_ledger_key",          "oooooooooo"),
    ("list_ledger_keys",        "oooooooooo"),
    ("list_ledger_entries",     "oooooooooo"),
    ("prove_inclusion",         "oooooooooo"),
    ("prove_consistency",       "oooooooooo"),
    ("get_me",                  "1ooooooooo"),
    ("list_sessions",           "1ooooooooo"),
    ("list_follows",            "1ooooooooo"),
    ("follow_item",             "1....o..oo"),
    ("unfollow_item",           "1....o..oo"),
    ("list_notifications",      "1ooooooooo"),
    ("mark_notifications_read", "1ooooooooo"),
    ("list_users",              "1oxxxxxxxx"),
    ("get_user",                "1oxxxxxxxx"),
    ("create_item",             "1xxxxxoxoo"),
    ("edit_item",               "1........o"),
    ("delete_item",             "1........o"),
    ("give_consent",            "1....x..oo"),
    ("change_item_level",       "1....x..oo"),
    ("change_item_status",      "1xxxoxxxxx"),
    ("revise_item_deadline",    "1xxxooxxxx"),
    ("note_response_letter_sent", "1xxxxoxxxx"),
    ("replace_item_owners",     "1xxxxoxxxx"),
    ("link_item",               "1xxxooxxxx"),
    ("unlink_item",             "1xxxooxxxx"),
    ("list_assessments",        "oooooooooo"),
    ("get_assessment",          "oooooooooo"),
    ("assess_item",             "1xxxxxoxoo"),
    ("reply_to_assessment",     "1xxxoxxxxx"),
    ("list_updates",            "oooooooooo"),
    ("get_update",              "....o....."),
    ("report_on_item",          "1xxxoxxxxx"),
    ("edit_update",             "1...o....."),
    ("report_on_items",         "1ooooooooo"),
    ("take_update_step",        "1...o....."),
    ("list_closing_notices",    "oooooooooo"),
    ("announce_closing",        "1xxxxoxxxx"),
    ("list_milestones",         "oooooooooo"),
    ("get_milestone",           "oooooooooo"),
    ("plan_milestone",          "1xxxooxxxx"),
    ("edit_milestone",          "1xxxooxxxx"),
    ("list_indicators",         "oooooooooo"),
    ("get_indicator",           "oooooooooo"),
    ("name_indicator",          "1xxxooxxxx"),
    ("give_indicator_value",    "1xxxooxxxx"),
    ("list_evidence",           "oooooooooo"),
    ("get_evidence",            "..oooooooo"),
    ("get_evidence_file",       "..oooooooo"),
    ("add_evidence",            "1xxxoooxoo"),
    ("list_questions",          "oooooooooo"),
    ("get_question",            "oooooooooo"),
    ("ask_question",            "1xxxcooxoo"),
    ("pass_question_on",        "1....ox..."),
    ("list_answers",            "oooooooooo"),
    ("get_answer",              "....oo...."),
    ("answer_question",         "1xxxoxxxxx"),
    ("pass_answer_on",          "1...xo...."),
    ("list_co_filing_invitations", "1....x..oo"),
    ("invite_to_file",          "1....x..oo"),
    ("withdraw_co_filing_invitation", "1....x..oo"),
    ("leave_co_filing",         "1....xo.oo"),
    ("list_invitations_to_file", "1ooooooooo"),
    ("accept_invitation_to_file", "1.....o..."),
    ("decline_invitation_to_file", "1.....o..."),
    ("list_reporting_rounds",   "oooooooooo"),
    ("get_reporting_round",     "oooooooooo"),
    ("list_reporting_rows",     "oooooooooo"),
    ("open_reporting_round",    "1xxxxoxxxx"),
    ("ask_for_reports",         "1xxxxoxxxx"),
    ("edit_reporting_round",    "1xxxxoxxxx"),
    ("create_meeting",          "1xxxxoxxxx"),
    ("edit_meeting",            "1xxxxoxxxx"),
    ("add_agenda_item",         "1xxxxoxxxx"),
    ("edit_agenda_item",        "1xxxxoxxxx"),
    ("remove_agenda_item",      "1xxxxoxxxx"),
    ("replace_agenda",          "1xxxxoxxxx"),
    ("replace_attendance",      "1xxxxoxxxx"),
    ("add_decision",            "1xxxxoxxxx"),
    ("edit_decision",           "1....o...."),
    ("remove_decision",         "1....o...."),
    ("change_protocol",         "1xxxxoxxxx"),
    ("redact_ledger_entries",   "1xxxxoxxxx"),
    ("create_organisation",     "1oxxxoxxxx"),
    ("edit_organisation",       "1oxxxoxxxx"),
    ("create_user",             "1oxxxxxxxx"),
    ("edit_user",               "1oxxxxxxxx"),
    ("create_user_link",        "1oxxxxxxxx"),
    ("confirm_user",            "1x.....xoo"),
    ("list_colleagues",         "1ooooooooo"),
    ("lock_user_out",           "1x.....xoo"),
    ("ask_for_recovery",        "1oxxxxxxxx"),
    ("vouch_for_recovery",      "1x.....xxo"),
    ("sign_in",                 "oooooooooo"),
    ("refresh_tokens",          "oooooooooo"),
    ("set_password",            "oooooooooo"),
    // The register of these tests posts no letters; an address is asked for three times an hour.
    ("ask_for_own_recovery",    "cccooooooo"),
    ("edit_me",                 "1ooooooooo"),
    ("end_session",             "1........o"),
    ("change_password",         "1ooooooooo"),
    ("list_tokens",             "1ooooooooo"),
    ("make_token",              "1ooooooooo"),
    ("end_token",               "1..o......"),
    ("begin_passkey_sign_in",   "oooooooooo"),
    ("sign_in_with_passkey",    "oooooooooo"),
    ("list_passkeys",           "1ooooooooo"),
    ("begin_passkey",           "1ooooooooo"),
    ("add_passkey",             "1ooooooooo"),
    // Who filed has another password by then.
    ("remove_passkey",          "1.......oo"),
    ("list_identities",         "1ooooooooo"),
    ("remove_identity",         "1.......o."),
    ("get_second_factor",       "1ooooooooo"),
    ("begin_second_factor",     "1oooooccoo"),
    ("confirm_second_factor",   "1coocccccc"),
    ("renew_recovery_codes",    "1cocccoocc"),
    ("remove_second_factor",    "1cocccooco"),
    ("sign_out",                "1ooooooooo"),
];

#[tokio::test]
async fn what_is_refused_to_those_who_may_not_is_then_done_for_who_may() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        for caller in callers(register) {
            // Signs in beforehand, so that only the request itself could store anything.
            caller.get("/organisations").await.expect(200);
        }
        let mut wrong = Vec::new();
        for sample in samples::all(&world) {
            let (_, row) = ROWS.iter().find(|(operation, _)| *operation == sample.operation).unwrap();
            let before = register.amount_stored().await;
            let mut found = String::new();
            for (caller, expected) in callers(register).into_iter().zip(row.chars()) {
                // Who may does it once, last: here the others are asked.
                found.push(if expected == 'o' { 'o' } else { cell(&sample.by(caller).await) });
            }
            if found != *row {
                wrong.push(format!("{}: {found}, not {row}", sample.operation));
            }
            assert_eq!(register.amount_stored().await, before, "{}", sample.operation);
            if sample.operation == BY_MAIL {
                continue;
            }
            let column = PEOPLE.iter().position(|person| *person == sample.person).unwrap();
            assert_eq!(row.as_bytes()[column], b'o', "{}: {:?}", sample.operation, sample.person);
            let done = sample.request(register).await;
            if !(200..300).contains(&done.status) {
                wrong.push(format!("{}: {done:?}", sample.operation));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
