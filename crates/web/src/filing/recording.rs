//! `/{language}/items/record`: the secretariat records what stands in a document: a mechanism's recommendation, a
//! promise that was published, with where it stood then.

use askama::Template;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, Key, NewItem, OwnerInput, RecordedItem};
use qadam_app::meetings;
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::items::{ClosingResult, Kind, OwnerRole, RecordedFrom, Source, Status};
use qadam_domain::language::LanguageMap;
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::items::inputs::{due, web_address};
use crate::items::offered::back;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/record.html")]
struct RecordPage<'a> {
    page: &'a Page,
    form: &'a Form,
    kind: Kind,
}

impl RecordPage<'_> {
    /// The statuses in which it can be recorded.
    fn statuses(&self) -> Vec<(String, String)> {
        let recorded = self.kind.statuses().iter().filter(|status| **status != Status::Draft);
        recorded.map(|status| (status.code().to_owned(), self.page.word("status", status.code()))).collect()
    }

    fn results(&self) -> Vec<(String, String)> {
        let all = ClosingResult::ALL.into_iter();
        all.map(|one| (one.code().to_owned(), self.page.word("closing_result", one.code()))).collect()
    }

    fn organisations(&self) -> Vec<(String, String)> {
        let directory = self.page.app().directory();
        let all = directory.all().into_iter();
        let mut named: Vec<_> = all.map(|one| (one.code.clone(), self.page.organisation(&one.id))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.page.lang(), &left.1, &right.1));
        named
    }
}

fn only_secretariat(visit: &Visit) -> Result<(), Failure> {
    visit.actor()?;
    if visit.viewer().is_secretariat() { Ok(()) } else { Err(Code::RoleRequired.into()) }
}

fn asked_kind(visit: &Visit) -> Kind {
    let asked = visit.parameter("kind").and_then(|code| Kind::from_code(&code));
    asked.unwrap_or(Kind::Recommendation)
}

/// `GET /{language}/items/record`
pub(super) async fn begin(visit: Visit) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    Ok(record_page(&visit, asked_kind(&visit), &Form::default()))
}

fn record_page(visit: &Visit, kind: Kind, form: &Form) -> Response {
    let mut page = Page::new(visit, "recording-title");
    page.hide();
    render_form(&RecordPage { page: &page, form, kind }, form)
}

/// `POST /{language}/items/record`
pub(super) async fn record(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    let kind = asked_kind(&visit);
    let meeting = meeting(&visit, &mut form).await?;
    let Some(recorded) = read(&mut form, kind, meeting).filter(|_| !form.is_wrong()) else {
        return Ok(record_page(&visit, kind, &form));
    };
    let viewer = visit.viewer();
    let work = items::record_from_document(visit.app(), &viewer, recorded, form.retry());
    match form.once(&visit, work).await {
        Ok(sent) => {
            let item = match sent {
                Sent::Now(view) => view.item.id,
                Sent::Before(before) => named_in(&before, "items")?,
            };
            let view = items::get(visit.app(), &viewer, Key::Id(item)).await?;
            Ok(back(&Page::new(&visit, "recording-title"), &view.item, "recorded"))
        }
        Err(error) => {
            form.take(error)?;
            Ok(record_page(&visit, kind, &form))
        }
    }
}

/// The meeting at which it was made, by its code.
async fn meeting(visit: &Visit, form: &mut Form) -> Result<Option<qadam_domain::ids::MeetingId>, Failure> {
    let code = form.text("meeting").to_owned();
    if code.is_empty() {
        return Ok(None);
    }
    match meetings::get(visit.app(), &visit.viewer(), meetings::Key::Code(code)).await {
        Ok(view) => Ok(Some(view.meeting.id)),
        Err(error) if error.code() == Code::NotFound => {
            form.refuse("meeting", FieldCode::UnknownReference);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn read(form: &mut Form, kind: Kind, meeting: Option<qadam_domain::ids::MeetingId>) -> Option<RecordedItem> {
    let status = Status::from_code(form.text("recorded.status"));
    if status.is_none() {
        form.refuse("recorded.status", FieldCode::Required);
    }
    let as_of = form.day("recorded.as_of");
    if as_of.is_none() && form.wrong("recorded.as_of").is_none() {
        form.refuse("recorded.as_of", FieldCode::Required);
    }
    let precision = Precision::from_code(form.text("recorded.as_of_precision")).unwrap_or(Precision::Day);
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let new = new_item(form, kind);
    let recorded_from = document(form);
    Some(RecordedItem {
        new,
        recorded_from,
        status: status?,
        as_of: AsOf { on: as_of?, precision },
        closing_result: ClosingResult::from_code(form.text("recorded.closing_result")),
        answer: None,
        filed_by: named(form.text("recorded.filed_by")),
        filed_on: None,
        translations: None,
        meeting,
        evidence: Vec::new(),
    })
}

fn new_item(form: &mut Form, kind: Kind) -> NewItem {
    let title = form.required_map("title", TextLimit::TITLE);
    let lead = form.text("lead").to_owned();
    let lead = OwnerInput { organisation: lead, role: OwnerRole::Lead, by_agreement: None };
    NewItem {
        summary: form.map("summary", TextLimit::BODY),
        themes: form.all("themes").map(str::to_owned).collect(),
        owners: if lead.organisation.is_empty() { Vec::new() } else { vec![lead] },
        due: due(form),
        source: source(form),
        ..NewItem::new(kind, title)
    }
}

fn source(form: &mut Form) -> Source {
    let mechanism = form.text("source.mechanism").to_owned();
    Source {
        mechanism: (!mechanism.is_empty()).then_some(mechanism),
        symbol: form.written("source.symbol", TextLimit::LABEL),
        paragraph: form.written("source.paragraph", TextLimit::LABEL),
        quote: form.written("source.quote", TextLimit::BODY),
        url: web_address(form, "source.url"),
        published_on: form.day("source.published_on"),
        ..Source::default()
    }
}

fn document(form: &mut Form) -> RecordedFrom {
    let label = form.written("recorded_from.label", TextLimit::LABEL);
    if label.is_none() && form.wrong("recorded_from.label").is_none() {
        form.refuse("recorded_from.label", FieldCode::Required);
    }
    RecordedFrom {
        label: label.unwrap_or_default(),
        url: web_address(form, "recorded_from.url"),
        on: form.day("recorded_from.on"),
        note: LanguageMap::default(),
    }
}
