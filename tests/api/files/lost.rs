//! Files that belong to nothing are removed, and files that were changed or lost are not given as if they were not.

use qadam_app::housekeeping::tidy;
use qadam_tests::TestRegister;

use super::{address, brought};
use crate::scenes::commitment;

#[tokio::test]
async fn a_file_without_evidence_is_removed_after_a_day_and_all_others_stay() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "a.txt", b"Seen.").await;
        // As a node leaves it that dies between putting a file down and bringing its evidence.
        register.leave_behind("0f8fad5b-d9cb-469f-a165-70867728950e", b"Left.").await;
        assert_eq!(register.files().len(), 2);
        register.pass(23 * 3_600);
        tidy(register.app()).await.unwrap();
        assert_eq!(register.files().len(), 2);
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
