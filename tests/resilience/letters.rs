//! Letters leave by a real mail server, and what they hold is told to nobody else.

use qadam_tests::socket::{ask, visit};
use serde_json::{Value, json};

use crate::clients;
use crate::mail_server::MailServer;
use crate::program::Program;

const PASSWORD: &str = "walnut ferry mosaic";

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
