//! The JSON of a problem.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use qadam_app::Code;
use qadam_domain::language::Language;
use qadam_localisation::text;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::{Place, Problem, Wrong};
use super::slug;
use qadam_http::status;

/// What may not stand in the fragment of an address (RFC 3986, section 3.5).
const NOT_IN_FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A refusal (RFC 9457). `code` is what programs should look at; `title` and `detail` are in the language of the
/// request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem, example = json!({
    "type": "/problems/invalid",
    "title": "Өрістер қате толтырылған",
    "status": 422,
    "detail": "Кейбір өрістер толтырылмаған немесе мәндері жарамсыз.",
    "instance": "/requests/0f8fad5b-d9cb-469f-a165-70867728950e",
    "code": "invalid",
    "request_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "errors": [{"pointer": "#/title/kk", "code": "too_long", "detail": "Рұқсат етілгеннен ұзын."}]
}))]
pub struct ProblemView {
    /// Address of the description of the code.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: String,
    /// What is wrong, in a few words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong, in a sentence.
    detail: String,
    /// Names this answer.
    #[schema(format = "uri-reference")]
    instance: String,
    /// The stable word for what is wrong. New words may be added.
    code: &'static str,
    /// The request's identifier, as in the header `X-Request-Id`.
    request_id: String,
    /// What is wrong with which part of the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<ErrorView>,
    /// With code `gone`: the ref of what was public.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// With code `gone`: the day on which it was narrowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    narrowed_on: Option<String>,
    /// With code `gone`: the class of reason for which it was narrowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_class: Option<String>,
}

/// What is wrong with one part of a request; it has one of `pointer`, `parameter` and `header`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemError)]
pub struct ErrorView {
    /// JSON pointer into the body, as a fragment: `#/title/kk`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// Name of a query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// Name of a header, in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    /// Which of several values of a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The stable word for what is wrong. New words may be added.
    code: &'static str,
    /// What is wrong, in a sentence.
    detail: String,
}

impl ProblemView {
    /// The body of a problem in a language.
    pub(crate) fn new(problem: Problem, language: Language, request_id: &str) -> Self {
        let code = problem.code;
        let (reference, narrowed_on, reason_class) = match problem.narrowed {
            Some(narrowed) => {
                (narrowed.reference, Some(narrowed.on.to_string()), Some(narrowed.reason_class))
            }
            None => (None, None, None),
        };
        Self {
            kind: slug::path(code),
            title: title(code, language),
            status: status(code).as_u16(),
            detail: detail(code, language),
            instance: format!("/requests/{request_id}"),
            code: code.as_str(),
            request_id: request_id.to_owned(),
            errors: problem.errors.into_iter().map(|wrong| ErrorView::new(wrong, language)).collect(),
            reference,
            narrowed_on,
            reason_class,
        }
    }
}

impl ErrorView {
    fn new(wrong: Wrong, language: Language) -> Self {
        let (pointer, parameter, header) = match wrong.place {
            Place::Pointer(pointer) => {
                (Some(format!("#{}", utf8_percent_encode(&pointer, NOT_IN_FRAGMENT))), None, None)
            }
            Place::Parameter(name) => (None, Some(name), None),
            Place::Header(name) => (None, None, Some(name.as_str().to_owned())),
        };
        let code = wrong.code.as_str();
        let detail = text(language.tag(), &format!("field-{code}"));
        Self { pointer, parameter, header, value: wrong.value, code, detail }
    }
}

/// The title of a code.
pub(super) fn title(code: Code, language: Language) -> String {
    text(language.tag(), &format!("problem-{}-title", code.as_str()))
}

/// The sentence of a code.
pub(super) fn detail(code: Code, language: Language) -> String {
    text(language.tag(), &format!("problem-{}", code.as_str()))
}

/// The explanation of a code.
pub(super) fn explanation(code: Code, language: Language) -> String {
    text(language.tag(), &format!("problem-{}-page", code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_app::AppError;
    use qadam_app::error::FieldCode;
    use serde_json::{Value, json};

    fn json_of(problem: Problem, language: Language) -> Value {
        serde_json::to_value(ProblemView::new(problem, language, "r-1")).unwrap()
    }

    #[test]
    fn a_problem_has_the_members_of_rfc_9457_and_nothing_empty() {
        let body = json_of(Problem::new(Code::NotFound), Language::English);
        assert_eq!(
            body,
            json!({
                "type": "/problems/not-found",
                "title": "Not found",
                "status": 404,
                "detail": "There is nothing here, or nothing that you may see.",
                "instance": "/requests/r-1",
                "code": "not_found",
                "request_id": "r-1",
            })
        );
    }

    #[test]
    fn each_wrong_part_is_named_in_the_language_of_the_request() {
        let mut problem = Problem::pointer(Code::Invalid, "/title/kk", FieldCode::TooLong);
        problem.errors.push(Wrong {
            place: Place::Parameter("q".to_owned()),
            code: FieldCode::Required,
            value: None,
        });
        problem.errors.push(Wrong {
            place: Place::Header(http::header::IF_MATCH),
            code: FieldCode::WrongType,
            value: None,
        });
        assert_eq!(
            json_of(problem, Language::Russian)["errors"],
            json!([
                {"pointer": "#/title/kk", "code": "too_long", "detail": "Длиннее допустимого."},
                {"parameter": "q", "code": "required", "detail": "Поле обязательно."},
                {"header": "if-match", "code": "wrong_type", "detail": "Неверный тип значения."},
            ])
        );
    }

    #[test]
    fn a_pointer_stays_a_valid_fragment_whatever_the_field_is_called() {
        let problem = Problem::pointer(Code::Invalid, "/тема \"x\"/0", FieldCode::UnknownField);
        let pointer = &json_of(problem, Language::English)["errors"][0]["pointer"];
        assert_eq!(pointer, "#/%D1%82%D0%B5%D0%BC%D0%B0%20%22x%22/0");
    }

    #[test]
    fn what_was_narrowed_is_named_with_its_day_and_class_of_reason() {
        let gone = AppError::Gone {
            reference: Some("P-2026-0001".to_owned()),
            on: "2026-11-22".parse().unwrap(),
            reason: "submitter_request".to_owned(),
        };
        let body = json_of(gone.into(), Language::Kazakh);
        assert_eq!(
            (&body["ref"], &body["narrowed_on"], &body["reason_class"], &body["status"]),
            (&json!("P-2026-0001"), &json!("2026-11-22"), &json!("submitter_request"), &json!(410))
        );
    }
}
