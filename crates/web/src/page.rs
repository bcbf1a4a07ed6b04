//! What every page shows around its own matter.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_app::App;
use qadam_app::authentication::{form_token, one_time_key};
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::calendar::{AsOf, Deadline};
use qadam_domain::ids::OrganisationId;
use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::{Argument, text, text_with};
use serde_json::json;

use crate::form::{KEY, TOKEN};
use crate::format;
use crate::markup::{Dated, Markup, Said};
use crate::signing_in;
use crate::visit::Visit;

/// A page and who asks for it. Templates know it as `page`.
#[derive(Debug)]
pub(crate) struct Page {
    visit: Visit,
    /// The tag of its language.
    pub(crate) language: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// What it is about, in a sentence, for search engines and previews.
    pub(crate) description: Option<String>,
    /// The platform's name.
    pub(crate) platform: String,
    /// Whether search engines may list it.
    pub(crate) indexed: bool,
    /// Whether the register is a demonstration.
    pub(crate) demonstration: bool,
    /// The account that asks.
    pub(crate) account: Option<OwnAccount>,
    /// What was just done.
    pub(crate) notice: Option<String>,
}

/// The account that asks, as its pages name it.
#[derive(Debug)]
pub(crate) struct OwnAccount {
    pub(crate) name: String,
    /// How many notifications it has not seen.
    pub(crate) unseen: u64,
}

/// A link to another part of the register, or to the same page in another language.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) is_current: bool,
}

/// The same page in a language.
#[derive(Debug)]
pub(crate) struct OtherLanguage {
    pub(crate) tag: &'static str,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) address: String,
    pub(crate) is_current: bool,
}

/// How many letters of a root are shown: enough to compare two by eye.
const ROOT_SHOWN: usize = 12;

/// The parts of the register that everybody is led to: address and name.
const WAYS: [(&str, &str); 6] = [
    ("", "frame-home"),
    ("items", "frame-items"),
    ("meetings", "frame-meetings"),
    ("organisations", "frame-organisations"),
    ("topics", "topics-title"),
    ("calendar", "calendar-title"),
];

/// The pages that somebody with a role works on: address and name.
const fn own_ways(role: Role) -> &'static [(&'static str, &'static str)] {
    match role {
        Role::NgoMember => &[("work", "work-title"), ("items/new", "filing-new_proposal")],
        Role::Officer => {
            &[("work", "work-title"), ("rounds", "rounds-title"), ("items/new", "filing-new_commitment")]
        }
        Role::Approver => &[
            ("work", "work-title"),
            ("approvals", "approvals-title"),
            ("rounds", "rounds-title"),
            ("items/new", "filing-new_commitment"),
        ],
        Role::Secretariat => &[
            ("work", "work-title"),
            ("queue", "queue-title"),
            ("translations", "translations-title"),
            ("rounds", "rounds-title"),
            ("items/record", "recording-title"),
            ("meetings/new", "building-new"),
            ("organisations/new", "administration-new"),
        ],
        Role::Observer => &[("work", "work-title")],
        Role::Admin => &[
            ("work", "work-title"),
            ("accounts", "accounts-title"),
            ("organisations/new", "administration-new"),
        ],
    }
}

impl Page {
    /// A page that is titled by a text of the program.
    pub(crate) fn new(visit: &Visit, title: &str) -> Self {
        let title = text(visit.language.tag(), title);
        Self::titled(visit, title)
    }

    /// A page with a title of its own.
    pub(crate) fn titled(visit: &Visit, title: String) -> Self {
        let settings = visit.app().settings();
        let language = visit.language;
        let name = Said::best(&settings.platform_name, language).map(Said::words);
        let account = visit
            .signed
            .as_ref()
            .map(|signed| OwnAccount { name: signed.account.name.clone(), unseen: visit.unseen });
        Self {
            language: language.tag(),
            title,
            description: None,
            platform: name.unwrap_or_default().to_owned(),
            indexed: visit.query.is_empty() && account.is_none(),
            demonstration: settings.demonstration,
            account,
            notice: notice(visit),
            visit: visit.clone(),
        }
    }

    /// What it is about, in a sentence.
    pub(crate) fn describe(&mut self, description: String) {
        self.description = Some(description);
    }

    /// Takes it out of search engines.
    pub(crate) const fn hide(&mut self) {
        self.indexed = false;
    }

    pub(crate) fn app(&self) -> &Arc<App> {
        self.visit.app()
    }

    /// Its language.
    pub(crate) fn lang(&self) -> Language {
        self.visit.language
    }

    /// A text of the program.
    pub(crate) fn t(&self, key: &str) -> String {
        text(self.language, key)
    }

    /// A text of the program about so many: `$count` decides the forms of words, `$number` is how it is written.
    pub(crate) fn count(&self, key: &str, count: &u64) -> String {
        let number = format::number(self.lang(), *count);
        let count = Argument::Number(i64::try_from(*count).unwrap_or(i64::MAX));
        text_with(self.language, key, &[("count", count), ("number", Argument::Text(&number))])
    }

    /// A text of the program with a value.
    pub(crate) fn say(&self, key: &str, name: &'static str, value: impl AsRef<str>) -> String {
        text_with(self.language, key, &[(name, Argument::Text(value.as_ref()))])
    }

    /// A text of the program with two values.
    pub(crate) fn say2(
        &self,
        key: &str,
        name: &'static str,
        value: impl AsRef<str>,
        other_name: &'static str,
        other: impl AsRef<str>,
    ) -> String {
        let arguments =
            [(name, Argument::Text(value.as_ref())), (other_name, Argument::Text(other.as_ref()))];
        text_with(self.language, key, &arguments)
    }

    /// A text of the program with three values.
    pub(crate) fn say3(&self, key: &str, values: [(&'static str, &str); 3]) -> String {
        text_with(self.language, key, &values.map(|(name, value)| (name, Argument::Text(value))))
    }

    /// A number as the language writes it.
    pub(crate) fn number(&self, number: &u64) -> String {
        format::number(self.lang(), *number)
    }

    /// A text of people, in the page's language or marked as in another one.
    pub(crate) fn said<'a>(&self, map: &'a LanguageMap) -> Option<Said<'a>> {
        Said::best(map, self.lang())
    }

    /// The words of a text of people, for titles and attributes.
    pub(crate) fn words(&self, map: &LanguageMap) -> String {
        self.said(map).map(Said::words).unwrap_or_default().to_owned()
    }

    /// A day in words.
    pub(crate) fn long_day(&self, day: &NaiveDate) -> Dated {
        Dated { on: Some(*day), words: format::long_day(self.lang(), *day) }
    }

    /// A deadline, as exactly as it is known.
    pub(crate) fn deadline(&self, deadline: &Deadline) -> Dated {
        let words = format::period(self.lang(), deadline.on, deadline.precision);
        Dated { on: Some(deadline.on), words }
    }

    /// Since when something holds, as exactly as it is known.
    pub(crate) fn as_of(&self, as_of: &AsOf) -> Dated {
        Dated { on: Some(as_of.on), words: format::period(self.lang(), as_of.on, as_of.precision) }
    }

    /// The platform's day, in words.
    pub(crate) fn today(&self) -> String {
        format::long_day(self.lang(), self.app().today())
    }

    /// The day's checkpoint in short, for the foot of the page: how many entries, how their root begins, and the day.
    pub(crate) fn checkpoint(&self) -> Option<Markup> {
        let of_day = self.visit.checkpoint.as_deref()?;
        // As the note writes it, with which it is compared.
        let root = of_day.note.lines().nth(2).and_then(|root| root.get(..ROOT_SHOWN));
        let root = Markup::plain(root.unwrap_or_default());
        let day = format::long_day(self.lang(), of_day.signed_on);
        let entries = Markup::plain(&self.count("frame-checkpoint", &of_day.checkpoint.size));
        Some(Markup(format!("{entries} · <code translate=\"no\">{root}…</code> · {}", Markup::plain(&day))))
    }

    /// The platform's day, as file names have it.
    pub(crate) fn today_code(&self) -> String {
        self.app().today().to_string()
    }

    /// The present name of an organisation.
    pub(crate) fn organisation(&self, id: &OrganisationId) -> String {
        let directory = self.app().directory();
        let Some(organisation) = directory.get(*id) else { return String::new() };
        let name = organisation.names.first().map(|dated| self.words(&dated.name));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| organisation.code.clone())
    }

    /// The account that asks, where one does.
    pub(crate) fn actor(&self) -> Option<Actor> {
        self.visit.signed.as_ref().map(qadam_app::authentication::Signed::actor)
    }

    /// The name of the organisation of the account that asks.
    pub(crate) fn own_organisation(&self) -> String {
        self.actor().map(|actor| self.organisation(&actor.organisation)).unwrap_or_default()
    }

    /// The address of an organisation.
    pub(crate) fn organisation_path(&self, id: &OrganisationId) -> String {
        self.to(format!("organisations/{}", self.app().directory().code(*id)))
    }

    /// The name of a term of a vocabulary; its code where it is not there.
    pub(crate) fn term(&self, vocabulary: &str, code: &str) -> String {
        let vocabularies = self.app().vocabularies();
        let name = vocabularies.get(vocabulary, code).map(|term| self.words(&term.name));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| code.to_owned())
    }

    /// The address of a page in the same language.
    pub(crate) fn to(&self, path: impl AsRef<str>) -> String {
        self.visit.to(path.as_ref())
    }

    /// The absolute address of the page.
    pub(crate) fn address(&self) -> String {
        self.absolute(self.language)
    }

    /// The absolute address of the page that asks for no language.
    pub(crate) fn default_address(&self) -> String {
        self.absolute(Language::Kazakh.tag())
    }

    fn absolute(&self, tag: &str) -> String {
        format!("{}/{tag}/{}", self.app().settings().public_url, self.visit.path)
    }

    /// The language with its country, as Open Graph names it.
    pub(crate) const fn locale(&self) -> &'static str {
        match self.language.as_bytes() {
            b"kk" => "kk_KZ",
            b"ru" => "ru_RU",
            _ => "en_GB",
        }
    }

    /// The page in each language on offer, the state language first.
    pub(crate) fn languages(&self) -> Vec<OtherLanguage> {
        let offered = self.app().settings().languages;
        let query =
            if self.visit.query.is_empty() { String::new() } else { format!("?{}", self.visit.query) };
        let on_offer = Language::ALL.into_iter().filter(|language| offered.find(language.tag()).is_some());
        let other = |language: Language| OtherLanguage {
            tag: language.tag(),
            name: text(language.tag(), "frame-language"),
            path: format!("/{}/{}{query}", language.tag(), self.visit.path),
            address: self.absolute(language.tag()),
            is_current: language == self.lang(),
        };
        on_offer.map(other).collect()
    }

    /// The parts of the register.
    pub(crate) fn ways(&self) -> Vec<Way> {
        WAYS.iter().map(|(path, key)| self.way(path, key)).collect()
    }

    /// Whether single keys are on for whoever asks.
    pub(crate) fn has_keys(&self) -> bool {
        self.visit.keys
    }

    /// Whether the secretariat asks.
    pub(crate) fn is_secretariat(&self) -> bool {
        self.visit.viewer().is_secretariat()
    }

    /// The pages that the account that asks works on, by its role.
    pub(crate) fn own_ways(&self) -> Vec<Way> {
        let Some(signed) = &self.visit.signed else { return Vec::new() };
        let ways = own_ways(signed.account.role);
        ways.iter().map(|(path, key)| self.way(path, key)).collect()
    }

    fn way(&self, path: &str, key: &str) -> Way {
        let here = &self.visit.path;
        let is_current = here == path
            || (!path.is_empty() && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
        Way { name: self.t(key), path: self.to(path), is_current }
    }

    /// Where to sign in and come back.
    pub(crate) fn sign_in_path(&self) -> String {
        signing_in::address(&self.visit)
    }

    /// The register as a data set, for search engines (schema.org).
    pub(crate) fn dataset(&self) -> Markup {
        let root = &self.app().settings().public_url;
        let described = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": self.platform,
            "description": self.t("home-description"),
            "url": self.address(),
            "inLanguage": ["kk", "ru", "en"],
            "isAccessibleForFree": true,
            "dateModified": self.app().today().to_string(),
            "distribution": [{
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": format!("{root}/api/v1/items"),
            }],
        });
        linked_data(&described)
    }

    /// What a form brings along so that no other site can send it, and so that it is known when it is sent twice.
    pub(crate) fn token(&self) -> Markup {
        let Some(signed) = &self.visit.signed else { return Markup(String::new()) };
        let field = |name, value| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        let token = field(TOKEN, form_token(self.app(), signed));
        Markup(token + &field(KEY, one_time_key(self.app())))
    }
}

/// Data for programs within a page. Nothing in it ends the element that it stands in.
pub(crate) fn linked_data(data: &serde_json::Value) -> Markup {
    Markup(data.to_string().replace('<', "\\u003c"))
}

/// What was just done, as the address of the page says: only texts of the program.
fn notice(visit: &Visit) -> Option<String> {
    let done = visit.parameter("done")?;
    let known = done.len() <= 40 && done.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let key = format!("done-{done}");
    (known && qadam_localisation::exists(&key)).then(|| text(visit.language.tag(), &key))
}
