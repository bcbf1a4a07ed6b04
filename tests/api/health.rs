//! What machines ask.

use qadam_tests::TestRegister;
use serde_json::json;

#[tokio::test]
async fn a_running_register_says_that_it_is_well() {
    TestRegister::on_both(async |register| {
        for path in ["/livez", "/readyz"] {
            assert_eq!(register.anonymous().get(path).await.expect(200), json!({"status": "ok"}));
        }
    })
    .await;
}
