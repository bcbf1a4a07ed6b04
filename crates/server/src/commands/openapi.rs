//! `qadam openapi`.

use crate::command_line::Openapi;
use crate::failure::Failure;
use crate::output;

pub(super) fn run(arguments: &Openapi) -> Result<(), Failure> {
    let document = qadam_api::openapi();
    if arguments.operations {
        return output::line(&qadam_api::openapi::operations(&document).join("\n"));
    }
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| Failure::failed("the description cannot be written", error))?;
    output::line(&text)
}
