//! Files that belong to nothing are removed, and files that were changed or lost are not given as if they were not.

use qadam_app::housekeeping::tidy;
use qadam_tests::TestRegister;

use super::{address, brought, described};
use crate::scenes::{commitment, found, part};

/// The name of a file that is left behind.
const LEFT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
/// That of another.
const ALSO_LEFT: &str = "1f8fad5b-d9cb-469f-a165-70867728950e";

#[tokio::test]
async fn a_file_without_evidence_is_removed_after_a_day_and_all_others_stay() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        // As a node leaves it that dies between putting a file down and bringing its evidence.
        register.leave_behind(LEFT, b"Left.").await;
        // And as one leaves it that dies while it puts the file down.
        let left = register.files().into_iter().find(|path| path.ends_with(LEFT.replace('-', ""))).unwrap();
        std::fs::write(format!("{}#1", left.display()), b"Le").unwrap();
        assert_eq!(register.files().len(), 3);
        register.pass(23 * 3_600);
        tidy(register.app()).await.unwrap();
        assert_eq!(register.files().len(), 3);
        register.pass(2 * 3_600);
        tidy(register.app()).await.unwrap();
        assert_eq!(register.files().len(), 1);
        register.anonymous().get(&address(&evidence)).await.expect_bytes(b"Seen.");
        assert_eq!(register.peek("SELECT COUNT(*) FROM evidence_file").await, 1);
        let known =
            "SELECT COUNT(*) FROM evidence_file WHERE account_id IS NOT NULL OR stored_at IS NOT NULL";
        assert_eq!(register.peek(known).await, 0, "who brought it when is forgotten");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_changed_or_lost_is_not_given() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        let [file] = register.files().try_into().unwrap();
        for (content, what) in [(&b"Seem."[..], "changed"), (b"Seen. And more.", "longer"), (b"", "empty")] {
            std::fs::write(&file, content).unwrap();
            assert!(!register.gives(&address(&evidence)).await, "{what}");
        }
        std::fs::remove_file(&file).unwrap();
        assert!(!register.gives(&address(&evidence)).await, "lost");
        let bad = register.checked_files().await;
        assert_eq!((bad.good, bad.bad), (0, vec![evidence["id"].as_str().unwrap().to_owned()]));
        std::fs::write(&file, b"Seen.").unwrap();
        let good = register.checked_files().await;
        assert_eq!((good.good, good.bad.len()), (1, 0));
        assert!(register.gives(&address(&evidence)).await);
    })
    .await;
}

/// A folder in the place of a file: the store does not remove it.
fn obstruct(file: &std::path::Path) {
    std::fs::remove_file(file).unwrap();
    std::fs::create_dir(file).unwrap();
}

/// A file in the place of the folder that a file lies in: the store says neither that it is there nor that it is not.
fn shut(file: &std::path::Path) {
    let folder = file.parent().unwrap();
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).unwrap();
        std::fs::write(folder, b"").unwrap();
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_removed_keeps_no_other_from_it() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        register.leave_behind(LEFT, b"Left.").await;
        register.leave_behind(ALSO_LEFT, b"Left.").await;
        let first = register.files().into_iter().find(|path| path.ends_with(LEFT.replace('-', ""))).unwrap();
        obstruct(&first);
        // Found before the other.
        let object =
            if register.url().starts_with("sqlite") { "HEX(object)" } else { "CAST(object AS TEXT)" };
        let earlier = format!(
            "UPDATE evidence_file SET stored_at = stored_at - 1 WHERE UPPER({object}) LIKE '0F8FAD5B%'"
        );
        register.run(&earlier).await;
        register.pass(25 * 3_600);
        tidy(register.app()).await.unwrap();
        assert_eq!(register.files().len(), 2, "the other is gone");
        assert_eq!(register.peek("SELECT COUNT(*) FROM evidence_file").await, 2);
        let known =
            "SELECT COUNT(*) FROM evidence_file WHERE account_id IS NOT NULL AND contribution_id IS NOT NULL";
        assert_eq!(register.peek(known).await, 0, "who brought what is there is forgotten all the same");
        std::fs::remove_dir(&first).unwrap();
        register.pass(3_601);
        tidy(register.app()).await.unwrap();
        assert_eq!(
            (register.files().len(), register.peek("SELECT COUNT(*) FROM evidence_file").await),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_file_whose_evidence_was_brought_stays_though_its_bringer_was_told_otherwise() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        found(register.ngo("KK"), &id, "regressed").await;
        // The write goes well, and the look at the item after it does not: as when the connection breaks in between.
        let trip = "CREATE TRIGGER trip AFTER UPDATE OF contribution_id ON evidence_file BEGIN \
                    UPDATE contribution SET content = 'x' || content WHERE finding IS NOT NULL; END";
        register.run(trip).await;
        let told =
            register.officer("GPO").bring(&part(&id, "evidence"), &described(None), "a.txt", b"Seen.").may_fail().await;
        assert_eq!(told.status, 500);
        assert_eq!(register.files().len(), 1);
        register
            .run("DROP TRIGGER trip; UPDATE contribution SET content = SUBSTR(content, 2) WHERE finding IS NOT NULL")
            .await;
        let listed = register.anonymous().get(&part(&id, "evidence")).await.expect(200);
        register.anonymous().get(&address(&listed["items"][0])).await.expect_bytes(b"Seen.");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_not_said_to_be_lost() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for _ in 0..6 {
            brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        }
        let files = register.files();
        shut(&files[0]);
        let found = register.checked_files().await;
        assert_eq!((found.good, found.bad.len(), found.unread), (5, 0, 1));
        assert!(found.failure.is_some() && !found.given_up);
        for file in &files[1..] {
            shut(file);
        }
        let found = register.checked_files().await;
        assert_eq!(
            (found.bad.len(), found.unread, found.given_up),
            (0, 5, true),
            "the store is asked no more"
        );
    })
    .await;
}
