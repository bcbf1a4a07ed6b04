//! The checkpoint that every page shows at its foot.

use qadam_tests::{Caller, TestRegister};

use crate::scenes::{announced, filed};

/// Size and root of the newest checkpoint.
async fn newest(register: &TestRegister) -> (String, String) {
    let note = register.anonymous().get("/ledger/checkpoint").await.text();
    let mut lines = note.lines().skip(1).map(ToOwned::to_owned);
    (lines.next().unwrap(), lines.next().unwrap())
}

/// What the foot of a page says of the ledger, in the page's words.
async fn shown(caller: Caller<'_>, path: &str) -> String {
    let page = caller.see(path).await.text();
    let foot = page.rsplit("<footer").next().unwrap();
    let begin = foot.find("/verify\">").expect("a link");
    let line = foot[begin..].rsplit("/verify\">").next().unwrap();
    line.split("</p>").next().unwrap().to_owned()
}

#[tokio::test]
async fn every_page_shows_the_checkpoint_with_which_the_day_began_in_its_own_language() {
    TestRegister::on_both(async |register| {
        let says = async |language: &str, path: &str, entries: &str, root: &str, day: &str| {
            for caller in [register.anonymous(), register.officer("GPO")] {
                let shown = shown(caller, &format!("/{language}/{path}")).await;
                for part in [entries, &root[..12], day] {
                    assert!(shown.contains(part), "{part} in {shown}");
                }
            }
        };
        // On the first day there is none from before, and the newest is shown.
        announced(register, "GPO", "larch").await;
        register.admit().await;
        let (size, root) = newest(register).await;
        says("en", "items", &format!("{size} entries"), &root, "2 March 2026").await;
        announced(register, "GPO", "maple").await;
        register.admit().await;
        let (size, root) = newest(register).await;
        says("en", "items", &format!("{size} entries"), &root, "2 March 2026").await;

        register.pass_days(1);
        register.admit().await;
        announced(register, "GPO", "alder").await;
        register.admit().await;
        assert_ne!(newest(register).await.0, size);
        says("en", "", &format!("{size} entries"), &root, "2 March 2026").await;
        says("ru", "verify", &format!("{size} запис"), &root, "2 марта 2026").await;
        says("kk", "nothing-here", &format!("{size} жазба"), &root, "2026").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_does_not_change_stays_valid_for_the_day_while_the_ledger_grows() {
    TestRegister::on_both(async |register| {
        register.pass_days(1);
        register.admit().await;
        let validator = async || register.anonymous().see("/en/method").await.header("etag").to_owned();
        let before = validator().await;
        for word in ["larch", "maple"] {
            announced(register, "GPO", word).await;
            register.admit().await;
            assert_eq!(validator().await, before, "after {word}");
        }
        filed(register, "alder").await;
        register.pass_days(1);
        register.admit().await;
        assert_ne!(validator().await, before, "another day, with another checkpoint");
    })
    .await;
}
