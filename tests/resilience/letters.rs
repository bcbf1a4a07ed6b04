//! Letters leave by a real mail server, and what they hold is told to nobody else.

use std::time::{Duration, Instant};

use qadam_tests::socket::{ask, visit};
use serde_json::{Value, json};

use crate::clients;
use crate::ground::Ground;
use crate::launch::Running;
use crate::mail_server::MailServer;
use crate::moved_clock::MovedClock;
use crate::program::{Program, run_alone};

const PASSWORD: &str = "walnut ferry mosaic";

/// How long what is due may take.
const PATIENCE: Duration = Duration::from_mins(1);

fn database(directory: &tempfile::TempDir) -> String {
    format!("sqlite://{}", directory.path().join("qadam.db").display())
}

fn newcomer(email: &str) -> Value {
    json!({"email": email, "name": "Somebody", "organisation": "GPO", "role": "officer", "language": "ru"})
}

/// Chooses a password by the link of a letter, and signs in with it.
fn come_in(url: &str, link: &str, email: &str) {
    let token = link.split_once("token=").expect("a token").1;
    let chosen = json!({"token": token, "password": PASSWORD});
    assert_eq!(ask(url, "POST", "/auth/password", None, Some(&chosen)).unwrap().0, 204);
    let credentials = json!({"email": email, "password": PASSWORD});
    assert_eq!(ask(url, "POST", "/auth/login", None, Some(&credentials)).unwrap().0, 200);
    assert_eq!(ask(url, "POST", "/auth/password", None, Some(&chosen)).unwrap().0, 401, "it works once");
}

#[test]
fn an_invitation_goes_to_its_person_and_to_no_administrator() {
    let (directory, server) = (tempfile::tempdir().unwrap(), MailServer::start());
    let settings = ["--mail-url", &server.url(), "--mail-from", "Register <register@register.example>"];
    let program = Program::with(directory.path(), &database(&directory), &settings);
    let url = program.url();
    let admin = clients::sign_in(url, &program.account("admin"));
    let email = "newcomer@gpo.example";
    let (status, invited) = ask(url, "POST", "/users", Some(&admin), Some(&newcomer(email))).unwrap();
    assert_eq!((status, &invited["link"], &invited["mail"]), (201, &Value::Null, &json!("sent")));
    let letter = server.letter();
    assert_eq!(letter.header("To"), email);
    assert_eq!(letter.header("From"), "Register <register@register.example>");
    assert_eq!(
        (letter.header("Content-Language"), letter.header("Auto-Submitted")),
        ("ru", "auto-generated")
    );
    assert!(letter.text.contains("учётная запись"), "{letter:?}");
    assert!(!letter.text.contains("GPO") && !letter.text.contains("рокуратур"), "{letter:?}");
    come_in(url, letter.link(), email);
}

#[test]
fn a_new_password_by_mail_is_asked_for_alike_whether_there_is_an_account_or_not() {
    let (directory, server) = (tempfile::tempdir().unwrap(), MailServer::start());
    let settings = ["--mail-url", &server.url(), "--mail-from", "register@register.example"];
    let program = Program::with(directory.path(), &database(&directory), &settings);
    let (url, officer) = (program.url(), program.officer());
    let asked =
        |email: &str| ask(url, "POST", "/auth/recovery", None, Some(&json!({"email": email}))).unwrap();
    assert_eq!(asked("nobody@demo.example"), asked(&officer.email));
    let letter = server.letter();
    assert_eq!(letter.header("To"), officer.email, "nobody else is written to");
    let form = format!("email={}", officer.email.replace('@', "%40"));
    let page = visit(url, "/en/password/forgotten", None, Some(&form)).unwrap();
    assert_eq!((page.status, page.header("location")), (303, Some("/en/sign-in?done=letter_sent")));
    let newer = server.letter();
    let earlier = json!({"token": letter.link().split_once("token=").unwrap().1, "password": PASSWORD});
    assert_eq!(
        ask(url, "POST", "/auth/password", None, Some(&earlier)).unwrap().0,
        401,
        "a newer one was made"
    );
    come_in(url, newer.link(), &officer.email);
    let notice = server.letter();
    assert_eq!(
        notice.header("To"),
        officer.email,
        "who has the account is told that its password is another"
    );
    assert!(notice.text.contains("/password/forgotten") && !notice.text.contains("token="), "{notice:?}");
    assert!(server.is_silent());
}

#[test]
fn a_mail_server_that_is_away_loses_nothing_but_the_link() {
    let directory = tempfile::tempdir().unwrap();
    let server = MailServer::start();
    let away = server.url();
    drop(server);
    let settings = ["--mail-url", &away, "--mail-from", "register@register.example"];
    let program = Program::with(directory.path(), &database(&directory), &settings);
    let url = program.url();
    let admin = clients::sign_in(url, &program.account("admin"));
    let email = "newcomer@gpo.example";
    let (status, invited) = ask(url, "POST", "/users", Some(&admin), Some(&newcomer(email))).unwrap();
    assert_eq!((status, &invited["link"], &invited["mail"]), (201, &Value::Null, &json!("not_sent")));
    let links = format!("/users/{}/links", invited["id"].as_str().unwrap());
    let (status, again) = ask(url, "POST", &links, Some(&admin), None).unwrap();
    assert_eq!((status, &again["mail"]), (201, &json!("not_sent")));
    let (status, _) = ask(url, "POST", "/auth/recovery", None, Some(&json!({"email": email}))).unwrap();
    assert_eq!(status, 202, "what nobody waits for is answered as ever");
}

#[test]
fn a_link_that_an_administrator_asked_for_goes_to_its_person_and_is_undone_by_nobody_else() {
    let (directory, server) = (tempfile::tempdir().unwrap(), MailServer::start());
    let program = Program::with(directory.path(), &database(&directory), &["--mail-url", &server.url()]);
    let url = program.url();
    let admin = clients::sign_in(url, &program.account("admin"));
    let approver = program.account("approver");
    let forgetful = approver.email.replace("approver", "officer");
    let colleague = clients::sign_in(url, &approver);
    let (_, known) = ask(url, "GET", "/me/colleagues", Some(&colleague), None).unwrap();
    let found = known["items"].as_array().unwrap().iter().find(|one| one["email"] == *forgetful);
    let recovery = format!("/users/{}/recovery", found.unwrap()["id"].as_str().unwrap());
    let (status, asked) = ask(url, "POST", &recovery, Some(&admin), None).unwrap();
    assert_eq!((status, &asked["link"], &asked["mail"]), (201, &Value::Null, &json!("sent")));
    let letter = server.letter();
    assert_eq!(letter.header("To"), forgetful);
    assert_eq!(letter.header("From"), "no-reply@localhost");
    let token = letter.link().split_once("token=").unwrap().1;
    let chosen = json!({"token": token, "password": PASSWORD});
    let choose = || ask(url, "POST", "/auth/password", None, Some(&chosen)).unwrap().0;
    assert_eq!(choose(), 401, "nobody has vouched");
    let (status, _) = ask(url, "POST", "/auth/recovery", None, Some(&json!({"email": forgetful}))).unwrap();
    assert_eq!(status, 202);
    let own = server.letter();
    let confirmation = format!("{recovery}/confirmation");
    assert_eq!(ask(url, "POST", &confirmation, Some(&colleague), None).unwrap().0, 204);
    assert_eq!(choose(), 204, "somebody who knows the address did not undo it");
    let stale = json!({"token": own.link().split_once("token=").unwrap().1, "password": PASSWORD});
    assert_eq!(ask(url, "POST", "/auth/password", None, Some(&stale)).unwrap().0, 401, "all links ended");
}

#[test]
fn a_letter_is_kept_back_from_a_server_that_offers_no_encryption_where_it_is_asked_for() {
    let (directory, server) = (tempfile::tempdir().unwrap(), MailServer::start());
    let encrypted = format!("{}?tls=required", server.url());
    let program = Program::with(directory.path(), &database(&directory), &["--mail-url", &encrypted]);
    let url = program.url();
    let admin = clients::sign_in(url, &program.account("admin"));
    let (status, invited) =
        ask(url, "POST", "/users", Some(&admin), Some(&newcomer("newcomer@gpo.example"))).unwrap();
    assert_eq!((status, &invited["link"], &invited["mail"]), (201, &Value::Null, &json!("not_sent")));
    assert!(server.is_silent());
}

/// Two who keep checkpoints.
const KEEPERS: [&str; 2] = ["archive@press.example", "log@ngo.example"];

/// The letters of one day, each to another keeper, and the note that they hold.
fn kept(server: &MailServer) -> (String, String) {
    let letters = [server.letter(), server.letter()];
    let mut keepers = letters.each_ref().map(|letter| letter.header("To").to_owned());
    keepers.sort();
    assert_eq!(keepers, KEEPERS, "each is sent one");
    let [one, other] = letters.map(|letter| {
        let (_, note) = letter.text.rsplit_once("/verify\n\n").expect("the note comes last");
        (letter.header("Subject").to_owned(), note.to_owned())
    });
    assert_eq!(one, other, "all who keep it keep the same");
    one
}

#[test]
fn the_days_checkpoint_is_posted_once_to_each_who_keeps_it_however_many_nodes_there_are() {
    let (ground, server) = (Ground::on_postgres(), MailServer::start());
    let clock = MovedClock::in_folder(ground.directory());
    let started = || {
        let settings = ["--mail-url", &server.url(), "--mail-checkpoints-to", &KEEPERS.join(",")];
        clock.launch(&ground).with(&settings).start()
    };
    let both = [started(), started()];
    let (today, note) = kept(&server);
    drop(both);
    clock.is_off_by(24 * 60);
    let both = [started(), started()];
    let (tomorrow, _) = kept(&server);
    assert_ne!(today, tomorrow, "what came next is the next day's");
    let file = ground.directory().join("kept.txt");
    std::fs::write(&file, note).unwrap();
    let [first, _] = &both;
    let told = run_alone(&["verify", "--url", &first.url, "--since", file.to_str().unwrap()]);
    assert!(told.success && told.said.contains("nothing was rewritten since the checkpoint"), "{told:?}");
}

#[test]
fn who_is_to_keep_checkpoints_is_not_named_in_vain() {
    let ground = Ground::on_sqlite();
    let (status, said) = ground
        .serve()
        .with(&["--mail-checkpoints-to", KEEPERS[0]])
        .try_start()
        .expect_err("it is not served");
    assert_eq!(status.code(), Some(2));
    assert!(said.contains("mail.checkpoints_to needs mail.url"), "{said}");
}

#[test]
fn who_left_a_draft_alone_for_a_year_is_told_by_a_letter_that_names_nothing_and_then_it_is_gone() {
    let (ground, server) = (Ground::on_sqlite(), MailServer::start());
    let clock = MovedClock::in_folder(ground.directory());
    let serve = |days: i64| {
        clock.is_off_by(days * 24 * 60);
        clock.launch(&ground).with(&["--mail-url", &server.url()]).start()
    };
    let member = ground.account("ngo_member", "DEMO-NGO");
    let program = serve(0);
    let token = clients::sign_in(&program.url, &member);
    let body = json!({"kind": "proposal", "title": {"en": "About the shaft"}});
    let (status, draft) = ask(&program.url, "POST", "/items", Some(&token), Some(&body)).unwrap();
    assert_eq!(status, 201, "{draft}");
    drop(program);
    let stands = |program: &Running| {
        let token = clients::sign_in(&program.url, &member);
        let path = format!("/items/{}", draft["id"].as_str().unwrap());
        ask(&program.url, "GET", &path, Some(&token), None).unwrap().0
    };
    let program = serve(366);
    let letter = server.letter();
    assert_eq!(letter.header("To"), member.email);
    assert!(letter.text.contains("/work") && !letter.text.contains("shaft"), "{letter:?}");
    assert_eq!(stands(&program), 200);
    drop(program);
    let program = serve(397);
    let begun = Instant::now();
    while stands(&program) == 200 {
        assert!(begun.elapsed() < PATIENCE, "it is still there");
    }
    assert!(server.is_silent());
}
