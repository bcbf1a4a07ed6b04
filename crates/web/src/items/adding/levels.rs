//! Who reads what civil society adds, and who reads its name: two choices, each with what it means.

use qadam_app::items::ItemView;
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::levels::Level;

use crate::form::Form;
use crate::page::Page;

/// The choices of an organisation of civil society on one item.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    text: Vec<Level>,
    identity: Vec<Level>,
}

impl Levels {
    /// The choices; none for those who speak under their names to whoever reads the item.
    pub(super) fn of(actor: &Actor, view: &ItemView) -> Option<Self> {
        if actor.role != Role::NgoMember {
            return None;
        }
        let item = &view.item;
        let within = |level: &Level| *level <= item.text_level;
        // A name becomes public by two members of the organisation, not by the one who writes.
        let public_already =
            item.filed_by.contains(&actor.organisation) && item.identity_level == Level::Public;
        let may_be_named = |level: &Level| *level != Level::Public || public_already;
        Some(Self {
            text: Level::ALL.into_iter().filter(|level| *level != Level::Own).filter(within).collect(),
            identity: Level::ALL.into_iter().filter(within).filter(may_be_named).collect(),
        })
    }

    /// What the form begins with: the text as far as the item's, the name as far as in what was filed here.
    pub(super) fn values(actor: &Actor, view: &ItemView) -> Vec<(String, String)> {
        let item = &view.item;
        let filed = item.filed_by.contains(&actor.organisation);
        let identity = if filed { item.identity_level.min(item.text_level) } else { Level::Own };
        vec![
            ("text_level".to_owned(), item.text_level.code().to_owned()),
            ("identity_level".to_owned(), identity.code().to_owned()),
        ]
    }

    /// What the form says: of the text, and of the name.
    pub(super) fn read(of: Option<&Self>, form: &Form) -> (Option<Level>, Option<Level>) {
        let named = |name: &str| of.and_then(|_| Level::from_code(form.text(name)));
        (named("text_level"), named("identity_level"))
    }

    /// Who can read the text: code, name, what it means.
    pub(super) fn text(&self, page: &Page) -> Vec<(String, String, String)> {
        choices(page, &self.text, "text_level", "text_means")
    }

    /// Who can read the name: code, name, what it means.
    pub(super) fn identity(&self, page: &Page) -> Vec<(String, String, String)> {
        choices(page, &self.identity, "identity_name", "identity_means")
    }
}

fn choices(page: &Page, levels: &[Level], name: &str, means: &str) -> Vec<(String, String, String)> {
    let choice = |level: &Level| {
        let code = level.code();
        (code.to_owned(), page.word(name, code), page.word(means, code))
    };
    levels.iter().map(choice).collect()
}
