//! A form with a JSON part and a file, read part by part as their turns come.

use axum::body::Body;
use http::HeaderMap;
use qadam_app::Code;
use qadam_app::items::SentFile;
use qadam_http::file_form::FileForm;

use super::body::JsonBody;
use crate::problems::Problem;

/// A form whose first part is yet to come.
#[derive(Debug)]
pub struct FormBody(FileForm);

impl FormBody {
    /// A form from a request. 415 for another type, 413 where it says that it is too large.
    pub(super) fn new(headers: &HeaderMap, body: Body) -> Result<Self, Problem> {
        Ok(Self(FileForm::new(headers, body)?))
    }

    /// The part of JSON with this name, which has to be the next; a field error in its turn where it is not. 413 where it is
    /// not over after as much as may come before the file.
    pub async fn json(&mut self, name: &str) -> Result<Option<JsonBody>, Problem> {
        let Some(part) = self.0.part(name).await? else { return Ok(None) };
        if part.media_type.is_some_and(|kind| kind != "application/json") {
            return Err(Code::UnsupportedMediaType.into());
        }
        JsonBody::parse(part.content).map(Some)
    }

    /// The file with this name, which has to be the next part and the last one. Only from here on is it read. 408 where it
    /// comes too slowly.
    pub async fn file(self, name: &str) -> Result<SentFile, Problem> {
        Ok(self.0.file(name).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_no_json_is_refused_by_what_is_wrong_with_it() {
        for (head, content, expected) in [
            ("", "{", Code::MalformedJson),
            ("\r\nContent-Type: text/plain", "{}", Code::UnsupportedMediaType),
        ] {
            let text = format!(
                "--X\r\nContent-Disposition: form-data; name=\"evidence\"{head}\r\n\r\n{content}\r\n--X--\r\n"
            );
            let mut headers = HeaderMap::new();
            let kind = "multipart/form-data; boundary=X";
            headers.insert(http::header::CONTENT_TYPE, kind.parse().unwrap());
            let mut form = FormBody::new(&headers, text.into()).unwrap();
            assert_eq!(form.json("evidence").await.unwrap_err().code(), expected);
        }
    }
}
