//! What an item is shown by in lists and beside other things.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use std::fmt::Write as _;

use qadam_app::items::ItemView;
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::calendar::AsOf;
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::positions::{Found, VoicePosition};
use qadam_domain::items::{ClosingResult, Item, Status};

use crate::markup::{Dated, Markup, Said, escape};
use crate::page::Page;
use crate::tone::Tone;

impl Page {
    /// The number of an item; what stands for it before it has one.
    pub(crate) fn reference(&self, item: &Item) -> String {
        item.reference.map_or_else(|| self.t("items-no_number"), |reference| reference.to_string())
    }

    /// The address of an item.
    pub(crate) fn item_path(&self, item: &Item) -> String {
        let key = item.reference.map_or_else(|| item.id.to_string(), |reference| reference.to_string());
        self.to(format!("items/{key}"))
    }

    /// The title of an item.
    pub(crate) fn item_title<'a>(&self, item: &'a Item) -> Said<'a> {
        self.said(&item.title).unwrap_or_else(Said::nothing)
    }

    /// A word of a closed list.
    pub(crate) fn word(&self, set: &str, code: &str) -> String {
        self.t(&format!("{set}-{code}"))
    }

    /// The status of an item as a tag.
    pub(crate) fn status_tag(&self, item: &Item) -> Markup {
        tag(Tone::of(item.status, item.closing_result), &self.status_words(item.status, item.closing_result))
    }

    /// A status by itself as a tag.
    pub(crate) fn plain_status_tag(&self, status: Status) -> Markup {
        tag(Tone::of(status, None), &self.word("status", status.code()))
    }

    /// A status with the result it was closed with.
    pub(crate) fn status_words(&self, status: Status, result: Option<ClosingResult>) -> String {
        let status = self.word("status", status.code());
        match result {
            Some(result) => format!("{status}: {}", self.word("closing_result", result.code())),
            None => status,
        }
    }

    /// A finding as a tag.
    pub(crate) fn finding_tag(&self, finding: &Finding) -> Markup {
        tag(Tone::found(*finding), &self.term(VocabularyKind::Findings.code(), finding.code()))
    }

    /// How late an item is, and whether positions on it differ, as badges.
    pub(crate) fn badges(&self, view: &ItemView) -> Markup {
        let mut badges = String::new();
        let mut add = |class: &str, words: &str| {
            let _infallible = write!(badges, " <span class=\"badge {class}\">");
            let _infallible = escape(words, &mut badges);
            badges.push_str("</span>");
        };
        if view.days_late > 0 {
            add("alarm", &self.count("items-days_late", &u64::from(view.days_late)));
        }
        if view.positions.disagreement {
            add("differs", &self.t("items-differs"));
        }
        if view.item.contested {
            add("differs", &self.t("items-contested"));
        }
        if view.item.priority {
            add("plain", &self.t("items-priority"));
        }
        Markup(badges)
    }

    /// The lead body's name, or that there is none yet.
    pub(crate) fn lead_name(&self, item: &Item) -> String {
        item.lead().map_or_else(|| self.t("items-no_lead"), |lead| self.organisation(&lead))
    }

    /// Who found something: an organisation, a mechanism, or one that is not named here.
    pub(crate) fn assessor(&self, found: &Found) -> String {
        if !found.named {
            return self.t("hidden_filer");
        }
        match &found.assessor {
            Assessor::Organisation(id) => self.organisation(id),
            Assessor::Mechanism(code) => self.term("mechanisms", code),
        }
    }

    /// When an item was filed.
    pub(crate) fn filed(&self, item: &Item) -> Option<Dated> {
        item.filed_on.as_ref().map(|on: &AsOf| self.as_of(on))
    }
}

/// What others than the responsible body found, the newest of each voice.
pub(crate) fn newest<'a>(voices: &[&'a Option<VoicePosition>]) -> Vec<&'a Found> {
    voices.iter().copied().flatten().filter_map(|voice| voice.latest.first()).collect()
}

/// Words on the colour of a group.
pub(super) fn tag(tone: Tone, words: &str) -> Markup {
    let mut tag = format!("<span class=\"tag {}\">", tone.class());
    let _infallible = escape(words, &mut tag);
    tag.push_str("</span>");
    Markup(tag)
}
