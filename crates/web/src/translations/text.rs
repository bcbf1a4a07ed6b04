//! One item: its texts in the original and in the language they are put into, side by side.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::Code;
use qadam_app::items::{self, ItemView, Key};
use qadam_app::settings::Languages;
use qadam_domain::items::fields::Field;
use qadam_domain::items::translation_gaps::{Lack, TranslationGap, TranslationGaps};
use qadam_domain::language::{Language, TranslationState};
use qadam_localisation::text;

use super::chosen::Chosen;
use super::only_secretariat;
use super::texts::{MADE, Text, field, texts, written};
use crate::failure::Failure;
use crate::fields::TextField;
use crate::form::Form;
use crate::glossary::{Word, words_in};
use crate::items::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "translations/text.html")]
struct TextPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    chosen: Chosen,
    form: &'a Form,
    words: Vec<Word>,
    /// What comes after it on the desk.
    next: Option<String>,
}

/// The item, where its texts in the language are the secretariat's to write.
async fn find(visit: &Visit, item: &str) -> Result<(ItemView, Chosen), Failure> {
    only_secretariat(visit)?;
    let chosen = Chosen::read(visit)?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    if !can.fields.contains(&Field::Translation) {
        return Err(Code::FieldLocked.into());
    }
    let asked = visit.parameter("language").is_some();
    let original = view.item.original_language;
    match (chosen.gap.language == original, asked) {
        (false, _) => Ok((view, chosen)),
        // Whoever wrote it writes it there.
        (true, true) => Err(Code::InvalidParameter.into()),
        (true, false) => {
            let offered = visit.app().settings().languages;
            let language = others(offered, original).next().ok_or(Code::InvalidParameter)?;
            Ok((view, chosen.into_language(language)))
        }
    }
}

/// The languages on offer that texts can be put into.
fn others(offered: Languages, original: Language) -> impl Iterator<Item = Language> {
    let languages = Language::ALL.into_iter();
    languages.filter(move |language| *language != original && offered.find(language.tag()).is_some())
}

/// `GET /{language}/translations/{item}`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, chosen) = find(&visit, &item).await?;
    let language = chosen.gap.language;
    let written = texts(&view.item)
        .filter_map(|text| Some((field(text.name, language), text.map.get(language)?.to_owned())));
    let state = view.item.translations.get(language).state;
    // Where a text is to come, whoever writes it says anew how it came to be.
    let missing = TranslationGap::new(language, Lack::Missing);
    let stays = MADE.contains(&state) && !TranslationGaps::of(&view.item).has(missing);
    let made = stays.then(|| (field("translations", language), state.code().to_owned()));
    let form = Form::of(written.chain(made)).with("etag", &view.etag);
    text_page(&visit, &view, chosen, &form).await
}

async fn text_page(visit: &Visit, view: &ItemView, chosen: Chosen, form: &Form) -> Result<Response, Failure> {
    let mut page = Page::new(visit, "translations-title");
    let reference = page.reference(&view.item);
    let language = text(chosen.gap.language.tag(), "frame-language");
    page.title = format!("{reference}: {language} — {}", page.title);
    page.hide();
    let (app, viewer) = (visit.app(), visit.viewer());
    let next = items::next_on_desk(app, &viewer, chosen.kinds(), chosen.gap, &view.item).await?;
    let next = next.map(|next| chosen.path(&page, &next.item.id.to_string()));
    let original = view.item.original_language;
    let said: Vec<&str> = texts(&view.item).filter_map(|text| text.map.get(original)).collect();
    let words = words_in(&page, &said, original, chosen.gap.language);
    Ok(render_form(&TextPage { page: &page, view, chosen, form, words, next }, form))
}

/// `POST /{language}/translations/{item}`
pub(super) async fn save(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, chosen) = find(&visit, &item).await?;
    let edit = written(&mut form, &view.item, chosen.gap.language);
    if form.is_wrong() {
        return text_page(&visit, &view, chosen, &form).await;
    }
    let id = Key::Id(view.item.id);
    match items::edit(visit.app(), &visit.viewer(), id, form.condition(), edit).await {
        Ok(_saved) => go_on(&visit, &view, chosen, &form).await,
        Err(error) => {
            form.take(error)?;
            if form.refused() == Some(Code::PreconditionFailed) {
                // The page shows what stands there now beside what was typed: whoever sends it again has seen both.
                form.set("etag", &view.etag);
            }
            text_page(&visit, &view, chosen, &form).await
        }
    }
}

/// To what comes next, or back to the same item or the desk.
async fn go_on(visit: &Visit, view: &ItemView, chosen: Chosen, form: &Form) -> Result<Response, Failure> {
    let page = Page::new(visit, "translations-title");
    let mut to = if form.has("then", "stay") {
        chosen.path(&page, &view.item.id.to_string())
    } else {
        let (app, viewer) = (visit.app(), visit.viewer());
        let next = items::next_on_desk(app, &viewer, chosen.kinds(), chosen.gap, &view.item).await?;
        chosen.path(&page, &next.map(|next| next.item.id.to_string()).unwrap_or_default())
    };
    to.push_str("&done=translated");
    Ok(Redirect::to(&to).into_response())
}

impl TextPage<'_> {
    fn texts(&self) -> Vec<Text<'_>> {
        texts(&self.view.item).collect()
    }

    /// What a text is made from, the original, else what there is: what its language is called, its tag, the words.
    fn source<'a>(&self, of: &Text<'a>) -> Option<(String, &'static str, &'a str)> {
        let best = of.map.best(self.view.item.original_language);
        let (language, said) = best.filter(|(language, _)| *language != self.chosen.gap.language)?;
        let name = text(language.tag(), "frame-language");
        let is_original = language == self.view.item.original_language;
        let name = if is_original { self.page.say("translations-original", "language", name) } else { name };
        Some((name, language.tag(), said))
    }

    /// The field for a text in the language that it is put into.
    fn field(&self, of: &Text<'_>) -> TextField {
        let language = self.chosen.gap.language;
        TextField {
            language: language.tag(),
            language_name: text(language.tag(), "frame-language"),
            name: field(of.name, language),
        }
    }

    /// What stands there now, where somebody else changed it while this was typed.
    fn stands_now<'a>(&self, of: &Text<'a>) -> Option<&'a str> {
        let (form, language) = (self.form, self.chosen.gap.language);
        let changed = form.refused() == Some(Code::PreconditionFailed);
        of.map.get(language).filter(|now| changed && form.text(&field(of.name, language)) != *now)
    }

    fn made_name(&self) -> String {
        field("translations", self.chosen.gap.language)
    }

    /// Who can have made a text: code, name, nothing more to say of it.
    fn makers(&self) -> Vec<(String, String, String)> {
        let maker = |state: TranslationState| {
            let code = state.code();
            (code.to_owned(), self.page.word("made_by", code), self.page.word("made_by_means", code))
        };
        MADE.into_iter().map(maker).collect()
    }

    /// What there is to do on it in the language, in words.
    fn lacks(&self) -> Vec<String> {
        let gaps = TranslationGaps::of(&self.view.item);
        let here = gaps.iter().filter(|gap| gap.language == self.chosen.gap.language);
        here.map(|gap: TranslationGap| self.page.word("lack", gap.lack.code())).collect()
    }

    /// The languages that it can be put into: name, tag, address, whether it is this one.
    fn targets(&self) -> Vec<(String, &'static str, String, bool)> {
        let offered = self.page.app().settings().languages;
        let target = |language: Language| {
            let path = self.path(self.chosen.into_language(language));
            let name = text(language.tag(), "frame-language");
            (name, language.tag(), path, language == self.chosen.gap.language)
        };
        others(offered, self.view.item.original_language).map(target).collect()
    }

    fn path(&self, chosen: Chosen) -> String {
        chosen.path(self.page, &self.view.item.id.to_string())
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        self.path(self.chosen)
    }

    fn desk(&self) -> String {
        self.chosen.path(self.page, "")
    }
}
