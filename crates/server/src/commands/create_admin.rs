//! `qadam create-admin`.

use std::io::{self, BufRead as _, IsTerminal as _};

use qadam_app::accounts::{self, Invitation};
use qadam_app::authentication::set_password_by_link;
use qadam_app::throttling::Origin;
use qadam_domain::language::Language;

use super::serve::how_to_come_in;
use crate::command_line::CreateAdmin;
use crate::failure::Failure;
use crate::register::{self, Register, explained};
use crate::{output, telemetry};

pub(super) async fn run(arguments: &CreateAdmin) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    register::make_data_directory(&configuration)?;
    // Read before anything is changed.
    let password = if arguments.link || io::stdin().is_terminal() { None } else { Some(first_line()?) };
    let store = register::open_database(&configuration, register::durability(&configuration), true).await?;
    let register = Register::start(store, configuration.settings(configuration.listen.address)).await?;
    let outcome = create(&register, arguments, password).await;
    register.close().await?;
    let (invitation, password) = outcome?;
    if let Some(Ok(())) = password {
        return output::line(&format!("{} can sign in.", invitation.account.email));
    }
    let public_url = configuration.public_url(configuration.listen.address);
    output::line(&how_to_come_in(&public_url, &invitation))?;
    match password {
        Some(Err(refusal)) => {
            Err(Failure::Failed(format!("the password was refused ({refusal}); take the link")))
        }
        _ => Ok(()),
    }
}

/// Creates the account, and tells what came of giving it the password, where there is one.
async fn create(
    register: &Register,
    arguments: &CreateAdmin,
    password: Option<String>,
) -> Result<(Invitation, Option<Result<(), String>>), Failure> {
    register.furnish().await?;
    let app = register.app();
    let invitation = accounts::create_first_admin(app, &arguments.email, &arguments.name, Language::English)
        .await
        .map_err(|error| Failure::failed("no administrator was made", explained(&error)))?;
    let Some(password) = password else { return Ok((invitation, None)) };
    let chosen = set_password_by_link(app, &Origin::default(), &invitation.token, &password).await;
    let chosen = chosen.map(|_account| ()).map_err(|error| explained(&error));
    Ok((invitation, Some(chosen)))
}

fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| Failure::failed("stdin", error))?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err(Failure::Misused("stdin holds no password; give --link for a link".to_owned()));
    }
    Ok(password)
}
