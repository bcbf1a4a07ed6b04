//! What the desk is narrowed to, as the address says it.

use qadam_app::Code;
use qadam_domain::items::Kind;
use qadam_domain::items::translation_gaps::{Lack, TranslationGap};
use qadam_domain::language::Language;
use qadam_http::addresses::write_query;

use crate::failure::Failure;
use crate::page::Page;
use crate::visit::Visit;

/// Language, what there is to do, and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) gap: TranslationGap,
    pub(super) kind: Option<Kind>,
}

impl Chosen {
    /// What the address asks for; where it names no language, the page's own, and where it does not say what there is to
    /// do, what is missing.
    pub(super) fn read(visit: &Visit) -> Result<Self, Failure> {
        let language = match visit.parameter("language") {
            Some(tag) => visit.app().settings().languages.find(&tag).ok_or(Code::InvalidParameter)?,
            None => visit.language,
        };
        let lack = match visit.parameter("state") {
            Some(code) => Lack::from_code(&code).ok_or(Code::InvalidParameter)?,
            None => Lack::Missing,
        };
        let kind = match visit.parameter("kind").filter(|code| !code.is_empty()) {
            Some(code) => Some(Kind::from_code(&code).ok_or(Code::InvalidParameter)?),
            None => None,
        };
        Ok(Self { gap: TranslationGap::new(language, lack), kind })
    }

    /// The same in another language.
    pub(super) const fn into_language(self, language: Language) -> Self {
        Self { gap: TranslationGap::new(language, self.gap.lack), ..self }
    }

    /// The kinds it is narrowed to; none for all of them.
    pub(super) fn kinds(self) -> Vec<Kind> {
        self.kind.into_iter().collect()
    }

    /// The address of the desk, or of a page below it, narrowed to this.
    pub(super) fn path(self, page: &Page, below: &str) -> String {
        let mut path = page.to("translations");
        if !below.is_empty() {
            path.push('/');
            path.push_str(below);
        }
        let narrowed = [("language", self.gap.language.tag()), ("state", self.gap.lack.code())];
        let kind = self.kind.map(|kind| ("kind", kind.code()));
        write_query(&mut path, narrowed.into_iter().chain(kind));
        path
    }
}
