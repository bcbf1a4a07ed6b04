//! The real program is killed while it writes: what it acknowledged is there when it starts again, nothing is half
//! there, and its ledger is unbroken. What it backs up while it writes is there when it is restored elsewhere.

#[cfg(test)]
mod backups;
#[cfg(test)]
mod bucket;
#[cfg(test)]
mod checker;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod due_jobs;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod flood;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod ground;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod launch;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod load;
#[cfg(test)]
mod mail_server;
#[cfg(test)]
mod migrating;
#[cfg(test)]
mod moved_clock;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod program;
#[cfg(test)]
mod refreshing;
#[cfg(test)]
mod relay;
#[cfg(test)]
mod same_key;
#[cfg(test)]
mod same_version;
#[cfg(test)]
mod scale;
#[cfg(test)]
mod server;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod wire;

#[cfg(test)]
mod tests {
    use qadam_tests::authenticator::{code_now, now};
    use qadam_tests::socket::{ask, bring, bring_about, text, try_password, visit};
    use serde_json::{Value, json};

    use crate::bucket::Bucket;
    use crate::clients;
    use crate::program::Program;

    #[test]
    fn who_guesses_through_a_proxy_is_told_apart_where_the_proxy_is_named_and_by_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("qadam.db").display());
        let named =
            Program::with(directory.path(), &database, &["--trusted-proxies", "127.0.0.1,10.0.0.0/8"]);
        let email = named.officer().email;
        let guess = |from: &str| try_password(named.url(), &email, "kumquat saddle orbiT", from).unwrap();
        let statuses: Vec<u16> = (0..6).map(|_guess| guess("198.51.100.1, 203.0.113.9, 10.1.1.1")).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
        assert_eq!(
            guess("192.0.2.50, 203.0.113.9"),
            429,
            "what stands before was written by whoever guesses"
        );
        assert_eq!(guess("203.0.113.10"), 401);
        let right = named.officer();
        assert_eq!(try_password(named.url(), &email, &right.password, "203.0.113.11"), Some(200));
        drop(named);
        let other = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", other.path().join("qadam.db").display());
        let unnamed = Program::with(other.path(), &database, &[]);
        let email = unnamed.officer().email;
        let guess = |from: &str| try_password(unnamed.url(), &email, "kumquat saddle orbiT", from).unwrap();
        let statuses: Vec<u16> = (1..=6).map(|host| guess(&format!("203.0.113.{host}"))).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    }

    #[test]
    fn staff_that_must_have_a_second_factor_does_nothing_before_it_has_one() {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("qadam.db").display());
        let program = Program::with(directory.path(), &database, &["--second-factor", "staff"]);
        let (url, officer) = (program.url(), program.officer());
        let token = clients::sign_in(url, &officer);
        let asked = |method: &str, path: &str, body: Option<&Value>| {
            let (status, answer) = ask(url, method, path, Some(&token), body).unwrap();
            (status, answer["code"].as_str().unwrap_or_default().to_owned(), answer)
        };
        for path in ["/items", "/me/follows", "/stats"] {
            let (status, code, _) = asked("GET", path, None);
            assert_eq!((status, code.as_str()), (403, "second_factor_missing"), "{path}");
        }
        assert_eq!(asked("GET", "/me", None).0, 200);
        let form = format!("email={}&password={}&next=", officer.email.replace('@', "%40"), officer.password);
        let signed_in = visit(url, "/en/sign-in", None, Some(&form)).unwrap();
        let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap();
        let work = visit(url, "/en/work", Some(cookie), None).unwrap();
        let to = "/en/account/second-factor?done=second_factor_missing";
        assert_eq!((work.status, work.header("location")), (303, Some(to)));
        assert_eq!(visit(url, to, Some(cookie), None).unwrap().status, 200);
        let (_, _, begun) = asked("POST", "/me/second-factor", Some(&json!({"password": officer.password})));
        let code = code_now(begun["secret"].as_str().unwrap());
        let (status, _, _) = asked("POST", "/me/second-factor/confirmation", Some(&json!({"code": code})));
        assert_eq!((status, asked("GET", "/items", None).0), (200, 200));
        let member = clients::sign_in(url, &program.account("ngo_member"));
        assert_eq!(ask(url, "GET", "/items", Some(&member), None).unwrap().0, 200, "no staff");
    }

    #[test]
    fn whoever_finds_a_fault_is_told_whom_to_tell() {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("qadam.db").display());
        let contact = ["--security-contact", "mailto:safety@register.example"];
        let program = Program::with(directory.path(), &database, &contact);
        let page = visit(program.url(), "/.well-known/security.txt", None, None).unwrap();
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/plain; charset=utf-8")));
        let field = |name: &str| {
            let line = page.body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.unwrap_or_else(|| panic!("no {name} in {}", page.body)).to_owned()
        };
        assert_eq!(field("Contact"), "mailto:safety@register.example");
        assert_eq!(field("Canonical"), format!("{}/.well-known/security.txt", program.url()));
        assert_eq!(field("Preferred-Languages"), "en, kk, ru");
        let expires = chrono::DateTime::parse_from_rfc3339(&field("Expires")).unwrap();
        let days = (expires.timestamp() - i64::try_from(now()).unwrap()) / 86_400;
        assert!((178..=180).contains(&days), "{days}");
    }

    #[test]
    fn files_lie_in_a_bucket_where_the_settings_say_so() {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("qadam.db").display());
        let bucket = Bucket::open();
        let program = Program::with(directory.path(), &database, &["--files-url", &bucket.url()]);
        let (url, token) = (program.url(), clients::sign_in(program.url(), &program.officer()));
        let (_, found) = ask(url, "GET", "/items?kind=commitment&lead=GPO&limit=1", None, None).unwrap();
        let path = format!("/items/{}/evidence", found["items"][0]["id"].as_str().unwrap());
        let (status, made) = bring(url, &path, &token, "act.txt", "Seen.").unwrap();
        assert_eq!(status, 201, "{made}");
        let objects = bucket.objects();
        let [(name, content)]: [_; 1] = objects.iter().collect::<Vec<_>>().try_into().unwrap();
        assert!(name.starts_with("/evidence/qadam/") && !name.contains("act"), "{name}");
        assert_eq!(content, b"Seen.");
        let file = format!("{path}/{}/file", made["evidence"]["id"].as_str().unwrap());
        let given = text(url, &file).unwrap();
        assert_eq!(given, (200, "Seen.".to_owned()));
        // What cannot be brought after all is removed again.
        let (status, _) = bring_about(url, &path, &token, "0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
        assert_eq!((status, bucket.objects().len()), (422, 1));
        let listed = ask(url, "GET", &path, None, None).unwrap().1;
        assert_eq!(listed["items"].as_array().unwrap().last().unwrap()["file"]["size"], json!(5));
    }
}
