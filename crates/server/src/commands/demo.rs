//! `qadam demo`.

use std::path::Path;

use qadam_app::database::{self, Durability, Store};
use qadam_app::settings::Settings;
use serde_json::json;

use super::serve::{bind, until_stopped};
use crate::command_line::Demo;
use crate::config::Configuration;
use crate::demonstration::{self, DemoAccount};
use crate::failure::Failure;
use crate::register::{self, Register, announced};
use crate::{output, telemetry};

pub(super) async fn run(arguments: &Demo) -> Result<(), Failure> {
    let mut configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let kept =
        configuration.database.url.is_some() || configuration.data_dir != Configuration::default().data_dir;
    // Removed when it goes out of scope, after the database in it was closed.
    let throw_away = if kept { None } else { Some(temporary_directory()?) };
    if let Some(directory) = &throw_away {
        directory.path().clone_into(&mut configuration.data_dir);
    }
    let outcome = present(arguments, &configuration, throw_away.is_some()).await;
    if let Some(directory) = throw_away {
        remove(directory)?;
    }
    outcome
}

async fn present(arguments: &Demo, configuration: &Configuration, throw_away: bool) -> Result<(), Failure> {
    register::make_data_directory(configuration)?;
    let (socket, listening) = bind(configuration).await?;
    // Only what is removed at the end may do without waiting for the disk.
    let durability = if throw_away { Durability::ThrowAway } else { register::durability(configuration) };
    let store = register::open_to_serve(configuration, durability).await?;
    claim(&store).await?;
    let mut settings = configuration.settings(listening);
    adjust(&mut settings);
    let register = Register::start(store, settings).await?;
    let accounts = demonstration::load(register.app())
        .await
        .map_err(|error| Failure::failed("the demonstration cannot be loaded", error))?;
    register.settle().await?;
    let url = announced(listening);
    if arguments.json {
        output::line(&as_json(&url, &accounts))?;
    } else {
        output::line(&for_people(&url, &accounts, throw_away))?;
    }
    until_stopped(register, socket, configuration).await
}

/// What a demonstration has of its own, also when it goes on as a register that is served: its data are of
/// Kazakhstan, and its days turn there.
pub(super) fn adjust(settings: &mut Settings) {
    settings.demonstration = true;
    HOST.clone_into(&mut settings.host);
    settings.time_zone = chrono_tz::Asia::Almaty;
}

/// The host in the demonstration's data.
const HOST: &str = "MFA";

/// Marks an empty database as a demonstration. One with a real register in it is refused.
async fn claim(store: &Store) -> Result<(), Failure> {
    let failed = |error| Failure::failed("the database", error);
    if database::is_demonstration(store).await.map_err(failed)? {
        return Ok(());
    }
    if !database::is_empty(store).await.map_err(failed)? {
        return Err(Failure::Misused(
            "database.url: holds a register already; a demonstration needs its own".to_owned(),
        ));
    }
    database::mark_demonstration(store).await.map_err(failed)
}

fn temporary_directory() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("qadam-demo-")
        .tempdir()
        .map_err(|error| Failure::failed("no temporary directory can be made", error))
}

fn remove(directory: tempfile::TempDir) -> Result<(), Failure> {
    let path = directory.path().to_owned();
    let what = |path: &Path| format!("{} cannot be removed", path.display());
    directory.close().map_err(|error| Failure::failed(&what(&path), error))
}

/// One line for programs.
fn as_json(url: &str, accounts: &[DemoAccount]) -> String {
    let accounts: Vec<_> = accounts
        .iter()
        .map(|account| {
            let DemoAccount { role, organisation, email, password, .. } = account;
            json!({"role": role, "organisation": organisation, "email": email, "password": password})
        })
        .collect();
    json!({"url": url, "accounts": accounts}).to_string()
}

fn for_people(url: &str, accounts: &[DemoAccount], throw_away: bool) -> String {
    let width = |text: fn(&DemoAccount) -> &str| {
        accounts.iter().map(|account| text(account).chars().count()).max().unwrap_or_default()
    };
    let email = width(|account| &account.email);
    let role = width(|account| &account.role);
    let organisation = width(|account| &account.organisation);
    let mut text = format!(
        "Demonstration: real items from public sources, meetings, organisations, three languages.\nIt is compiled and \
         not an official register.\n\n  API   {url}/api/v1/items\n  Docs  {url}/docs\n\n"
    );
    text.extend(accounts.iter().map(|account| {
        let DemoAccount { role: r, organisation: o, email: e, password: p, .. } = account;
        format!("  {r:role$}  {o:organisation$}  {e:email$}  {p}\n")
    }));
    text.push_str("\nPasswords are new on each run. Ctrl-C stops it");
    text.push_str(if throw_away { " and throws everything away." } else { "; what was changed is kept." });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_get_one_line_with_the_address_and_the_accounts() {
        let account = DemoAccount {
            role: "officer".to_owned(),
            organisation: "GPO".to_owned(),
            email: "gpo@demo.local".to_owned(),
            password: "a b".to_owned(),
        };
        assert_eq!(
            as_json("http://127.0.0.1:1", &[account]),
            "{\"accounts\":[{\"email\":\"gpo@demo.local\",\"organisation\":\"GPO\",\"password\":\"a b\",\
             \"role\":\"officer\"}],\"url\":\"http://127.0.0.1:1\"}"
        );
    }
}
