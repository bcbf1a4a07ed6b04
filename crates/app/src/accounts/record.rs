//! An account as the ledger keeps it: what it may do and for whom, never whose it is.

use std::sync::Arc;

use qadam_domain::levels::Level;
use qadam_ledger::Subject;
use qadam_storage::Tx;
use qadam_storage::accounts::Account;
use serde_json::{Map, Value, json};

use crate::application::App;
use crate::directory::Directory;
use crate::error::AppError;
use crate::ledger::{Act, RecordEntry, enter_record};
use crate::record_difference::changed_members;

/// The membership: organisation, role, state, confirmation.
pub(crate) fn record(directory: &Directory, account: &Account) -> Map<String, Value> {
    let value = json!({
        "organisation": directory.code(account.organisation),
        "role": account.role.code(),
        "state": account.state.code(),
        "confirmed": account.confirmed,
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}

/// Enters a change of a membership, if it is one.
pub(super) async fn enter(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    action: &'static str,
    before: Option<&Account>,
    after: &Account,
) -> Result<(), AppError> {
    let directory = app.directory();
    let before = before.map(|before| record(&directory, before));
    let after_record = record(&directory, after);
    if before.as_ref() == Some(&after_record) {
        return Ok(());
    }
    let entry = RecordEntry {
        action,
        subject: Subject { kind: "account".to_owned(), id: after.id.to_string(), reference: None },
        level: Level::Secretariat,
        before: changed_members(before, Some(&after_record)),
        after: Value::Object(after_record),
        reason: Value::Null,
    };
    enter_record(app, tx, act, entry).await?;
    Ok(())
}
