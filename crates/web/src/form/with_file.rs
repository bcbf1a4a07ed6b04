//! A form that brings a file along: its fields come first, and the file is read once it is decided that whoever sends it may.

use axum::extract::{FromRequest, Request};
use qadam_app::AppError;
use qadam_app::items::SentFile;
use qadam_http::file_form::{FileForm, is_file_form};

use super::Form;
use super::receiving::visit_from_here;
use crate::failure::Failure;
use crate::visit::Visit;

/// The name of the field that holds the file.
const FILE: &str = "file";

/// A form of which the fields were read, and not its file.
#[derive(Debug)]
pub(crate) struct FormWithFile {
    /// The fields.
    pub(crate) form: Form,
    /// What follows them, where a file was chosen.
    pub(crate) file: Option<ComingFile>,
}

/// A file that was not read yet.
#[derive(Debug)]
pub(crate) struct ComingFile(FileForm);

impl ComingFile {
    /// Reads the file. Whether the form came before is known only then, for the file belongs to it.
    pub(crate) async fn read(self, visit: &Visit, form: &mut Form) -> Result<SentFile, AppError> {
        let sent = self.0.file(FILE).await?;
        // The digest has one length: nothing else can be written so.
        let told_apart = [sent.digest().as_slice(), sent.name.as_bytes()].concat();
        form.look_for_first(visit, &told_apart).await.map_err(|failure| failure.code())?;
        Ok(sent)
    }

    /// Takes it without keeping it: the browser shows what is wrong with the form once it has sent everything.
    pub(crate) async fn pass_over(self) -> Result<(), AppError> {
        self.0.pass_over().await
    }
}

impl<S: Sync> FromRequest<S> for FormWithFile {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_file_form(request.headers()) {
            return Ok(Self { form: Form::from_request(request, state).await?, file: None });
        }
        let visit = visit_from_here(&request)?;
        let (parts, body) = request.into_parts();
        let mut rest = FileForm::new(&parts.headers, body)?;
        let mut form = Form::of(rest.fields(FILE).await?);
        form.is_of_session(&visit)?;
        let file = rest.has_file().then(|| ComingFile(rest));
        if file.is_none() {
            form.look_for_first(&visit, &[]).await?;
        }
        Ok(Self { form, file })
    }
}
