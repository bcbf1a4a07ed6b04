//! New passwords for the accounts of a demonstration.
//!
//! Nobody gives an account another password but its owner. The accounts of a demonstration belong to nobody: each
//! run of a kept one gives them new passwords and tells them to whoever runs it.

use std::sync::Arc;

use qadam_storage::accounts::{self as stored, Account, AccountState};
use qadam_storage::sessions;

use super::email::normalised;
use crate::application::App;
use crate::error::{AppError, Code};

/// The domain of a demonstration's accounts: reserved, so that no mail ever reaches anybody (RFC 2606).
pub const DEMONSTRATION_DOMAIN: &str = "demo.example";

/// Gives an account of a demonstration a new password and ends its sessions. Not in a real register, and not to an
/// account that somebody made there for themselves.
pub async fn reset_demonstration_password(
    app: &Arc<App>,
    email: &str,
    password: &str,
) -> Result<Account, AppError> {
    let email = normalised(email).map_err(|code| AppError::field("/email", code))?;
    let of_demonstration = email.rsplit('@').next() == Some(DEMONSTRATION_DOMAIN);
    if !app.settings.demonstration || !of_demonstration {
        return Err(Code::RoleRequired.into());
    }
    let hash = app.passwords.hash(app.random.as_ref(), password).await?;
    let now = app.now();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find_by_email(tx, &email).await?.ok_or(AppError::NotFound)?;
                if before.state != AccountState::Active {
                    return Err(Code::StatusConflict.into());
                }
                let after = Account { password_hash: Some(hash), ..before.clone() };
                stored::update(tx, &before, &after).await?;
                sessions::revoke_all(tx, before.id, now, None).await?;
                Ok(after)
            })
        })
        .await
}
