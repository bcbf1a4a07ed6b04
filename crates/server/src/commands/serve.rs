//! `qadam serve`.

use std::net::SocketAddr;

use qadam_app::accounts::Invitation;
use qadam_app::database;
use tokio::net::TcpListener;

use super::demo;
use crate::command_line::Serve;
use crate::config::Configuration;
use crate::failure::Failure;
use crate::register::{self, Register, announced};
use crate::{listener, output, shutdown, telemetry};

pub(super) async fn run(arguments: &Serve) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    register::make_data_directory(&configuration)?;
    let (socket, listening) = bind(&configuration).await?;
    let store = register::open_to_serve(&configuration, register::durability(&configuration)).await?;
    let mut settings = configuration.settings(listening);
    if database::is_demonstration(&store).await.map_err(|error| Failure::failed("the database", error))? {
        demo::adjust(&mut settings);
    }
    let register = Register::start(store, settings).await?;
    register.furnish().await?;
    if let Some(invitation) = register.first_link().await? {
        let url = configuration.public_url(listening);
        output::line(&format!("No administrator yet. {}", how_to_come_in(&url, &invitation)))?;
    }
    output::line(&format!("Listening on {}", announced(listening)))?;
    until_stopped(register, socket, &configuration).await
}

/// Listens where the configuration says. Done first: a register that is running already keeps its database.
pub(super) async fn bind(configuration: &Configuration) -> Result<(TcpListener, SocketAddr), Failure> {
    let address = configuration.listen.address;
    let failed = |error: std::io::Error| Failure::failed(&format!("cannot listen on {address}"), error);
    let socket = TcpListener::bind(address).await.map_err(failed)?;
    let listening = socket.local_addr().map_err(failed)?;
    Ok((socket, listening))
}

/// Serves until the system asks for the end, and ends in order.
pub(super) async fn until_stopped(
    register: Register,
    socket: TcpListener,
    configuration: &Configuration,
) -> Result<(), Failure> {
    let (switch, stop) = shutdown::switch();
    let router = register.router(stop.clone());
    let serving = tokio::spawn(listener::serve(socket, router, configuration.limits, stop));
    shutdown::signal().await.map_err(|error| Failure::failed("signals cannot be waited for", error))?;
    tracing::info!("stopping: requests under way are finished, others refused");
    switch.stop();
    let cut = serving.await.map_err(|error| Failure::failed("the listener failed", error))?;
    if cut > 0 {
        tracing::warn!(cut, "requests took too long to finish and were cut");
    }
    register.close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// What somebody with a one-time link does with it: on a page, or over the API.
pub(super) fn how_to_come_in(public_url: &str, invitation: &Invitation) -> String {
    let Invitation { account, token, .. } = invitation;
    let (email, url) = (&account.email, invitation.url(public_url));
    format!(
        "Open this link once, to choose the password of {email}:\n  {url}\nor:\n  curl \
         -X POST {public_url}{PASSWORD_PATH} -H 'Content-Type: application/json' \\\n    -d \
         '{{\"token\":\"{token}\",\"password\":\"…\"}}'"
    )
}

/// The operation that takes the token of a link and a password.
const PASSWORD_PATH: &str = "/api/v1/auth/password";
