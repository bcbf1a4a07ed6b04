//! `GET /items/{item}/response-letter`: the draft in three languages.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use qadam_app::items::{self, ResponseLetter};
use qadam_app::{App, Code};
use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::{ResponseLetterWords, response_letter};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::view::address;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::items::ItemKey;
use crate::links::Links;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Day, LanguageMapView, OrganisationReference, ResponseClockWord};

/// A letter to the head of the body that owes a word: a draft, which a person reads, signs and sends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResponseLetter)]
pub(crate) struct ResponseLetterBody {
    /// For what the item waits.
    clock: ResponseClockWord,
    /// The day on which the wait began.
    started_on: Day,
    /// The last day on which the word was in time.
    due_on: Day,
    /// Whole local days since the wait began.
    days: u32,
    /// The body whose head it is addressed to.
    addressee: Option<OrganisationReference>,
    /// Its subject.
    subject: LanguageMapView,
    /// Its text, paragraphs separated by an empty line. A language in which the item or the body has no text has it in
    /// another.
    text: LanguageMapView,
    /// The day on which a person sent it; null while nobody noted that.
    sent_on: Option<Day>,
}

impl ResponseLetterBody {
    fn new(app: &App, links: &Links, letter: &ResponseLetter) -> Self {
        let directory = app.directory();
        let body = letter.addressee.and_then(|body| directory.get(body));
        let name = body.and_then(|body| body.names.first()).map(|dated| dated.name.clone());
        let (mut subject, mut text) = (LanguageMap::default(), LanguageMap::default());
        for language in Language::ALL {
            let words = words(app, letter, name.as_ref(), &address(&letter.item, links), language);
            subject.set(language, Some(words.subject));
            text.set(language, Some(words.text));
        }
        Self {
            clock: letter.clock.kind.into(),
            started_on: Day(letter.clock.started_on),
            due_on: Day(letter.clock.schedule.due_on),
            days: letter.days,
            addressee: body.map(|body| OrganisationReference::new(body, links)),
            subject: subject.into(),
            text: text.into(),
            sent_on: letter.clock.letter_sent_on.map(Day),
        }
    }
}

/// The letter in a language.
fn words(
    app: &App,
    letter: &ResponseLetter,
    body: Option<&LanguageMap>,
    url: &str,
    language: Language,
) -> qadam_localisation::Letter {
    let best = |text: &LanguageMap| text.best(language).map(|(_, text)| text.to_owned()).unwrap_or_default();
    let item = &letter.item;
    let reference = item.reference.map(|reference| reference.to_string());
    let words = ResponseLetterWords {
        clock: letter.clock.kind.code(),
        platform: &best(&app.settings().platform_name),
        body: &body.map(best).unwrap_or_default(),
        reference: &reference.or_else(|| item.filing_code.clone()).unwrap_or_else(|| item.id.to_string()),
        title: &best(&item.title),
        asked: &best(&item.summary),
        since: &written(letter.clock.started_on, language),
        due: &written(letter.clock.schedule.due_on, language),
        days: letter.days,
        url,
    };
    response_letter(language.tag(), &words)
}

/// A day as letters in a language write it.
pub(crate) fn written(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Kazakh | Language::Russian => day.format("%d.%m.%Y").to_string(),
        Language::English => day.format("%-d %B %Y").to_string(),
    }
}

/// Read the letter on an item that waits
///
/// A draft to the head of the body that owes a word, in three languages, for a person of the secretariat to read, sign
/// and send. It is there from the stage `letter_drafted` on, while the item waits.
#[utoipa::path(
    get,
    path = "/items/{item}/response-letter",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = ResponseLetterBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn get_response_letter(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Json<ResponseLetterBody>, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let letter = items::response_letter(&api.app, &viewer, key).await?;
    Ok(Json(ResponseLetterBody::new(&api.app, &api.links, &letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_each_language_does() {
        let day = "2026-03-02".parse().unwrap();
        let days = Language::ALL.map(|language| written(day, language));
        assert_eq!(days, ["02.03.2026", "02.03.2026", "2 March 2026"]);
    }
}
