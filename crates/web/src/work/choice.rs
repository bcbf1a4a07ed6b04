//! What is on offer to be reported on at once: what a body answers for, narrowed by the filters of a list, or the items
//! that were marked in one. The address says it, so it can be mailed: whoever opens it is offered what is their body's.

use qadam_app::items::{self, Key};
use qadam_domain::accounts::Actor;
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_http::addresses::write_query;

use super::body::{is_on_the_way, on_the_way};
use super::bulk::{ITEM, ITEMS_MAX};
use crate::failure::Failure;
use crate::items::{ShortList, beginning, filters_of};
use crate::page::Page;
use crate::visit::Visit;

/// What the address names.
#[derive(Debug)]
pub(super) struct Choice {
    /// Items by name.
    items: Vec<ItemId>,
    /// The filters of a list.
    filters: Vec<(String, String)>,
}

impl Choice {
    pub(super) fn read(visit: &Visit) -> Self {
        let pairs = form_urlencoded::parse(visit.query.as_bytes());
        let named = pairs.filter(|(name, _)| name == ITEM).filter_map(|(_, id)| id.parse().ok());
        let mut items: Vec<ItemId> = Vec::new();
        for id in named {
            if items.len() < ITEMS_MAX && !items.contains(&id) {
                items.push(id);
            }
        }
        let filters = if items.is_empty() { filters_of(&visit.query) } else { Vec::new() };
        Self { items, filters }
    }

    /// Whether items were marked.
    pub(super) const fn is_by_name(&self) -> bool {
        !self.items.is_empty()
    }

    /// Whether something is left out of what the body answers for.
    pub(super) const fn is_narrowed(&self) -> bool {
        !self.items.is_empty() || !self.filters.is_empty()
    }

    /// What is done with it, so that windows side by side are told apart.
    pub(super) const fn title(&self) -> &'static str {
        match (self.is_by_name(), self.is_narrowed()) {
            (true, _) => "bulk-chosen",
            (false, true) => "bulk-from_list",
            (false, false) => "bulk-title",
        }
    }

    /// The address of the same choice, with one more parameter.
    pub(super) fn path(&self, page: &Page, more: Option<(&str, &str)>) -> String {
        let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let items = self.items.iter().map(|id| (ITEM.to_owned(), id.to_string()));
        let mut path = page.to("bulk");
        write_query(&mut path, items.chain(self.filters.iter().cloned()).chain(more));
        path
    }

    /// What the body reports on of it, what is due first first.
    pub(super) async fn list(&self, visit: &Visit, page: &Page) -> Result<ShortList, Failure> {
        let actor = visit.actor()?;
        if !actor.role.speaks_for_body() {
            return Err(qadam_app::Code::RoleRequired.into());
        }
        if self.is_by_name() {
            self.named(visit, page).await
        } else {
            self.filtered(visit, page, &actor).await
        }
    }

    async fn named(&self, visit: &Visit, page: &Page) -> Result<ShortList, Failure> {
        let mut views = Vec::with_capacity(self.items.len());
        for id in &self.items {
            // What is not there for whoever opens the address is not there on the page.
            match items::get(visit.app(), &visit.viewer(), Key::Id(*id)).await {
                Ok(view) if page.reports_on(&view.item) => views.push(view),
                Ok(_) | Err(qadam_app::AppError::NotFound | qadam_app::AppError::Gone { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        views.sort_by_key(|view| (view.item.due.is_none(), view.item.due.map(|due| due.on), view.item.id));
        let total = views.len() as u64;
        Ok(ShortList { name: page.t("work-of_organisation"), items: views, total, path: page.to("items") })
    }

    async fn filtered(&self, visit: &Visit, page: &Page, actor: &Actor) -> Result<ShortList, Failure> {
        let own = visit.app().directory().code(actor.organisation).to_owned();
        let asked = self.filters.iter().find(|(name, _)| name == "status").map(|(_, statuses)| statuses);
        let statuses = narrowed(asked.map(String::as_str));
        if statuses.is_empty() {
            let name = page.t("work-of_organisation");
            return Ok(ShortList { name, items: Vec::new(), total: 0, path: page.to("items") });
        }
        let others = self.filters.iter().filter(|(name, _)| name != "status" && name != "owner");
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let fixed = [("owner", own.as_str()), ("status", statuses.as_str()), ("sort", "due_on")];
        let parameters: Vec<_> = fixed.into_iter().chain(others).collect();
        beginning(visit, page, "work-of_organisation", &parameters, ITEMS_MAX).await
    }
}

/// The statuses in which something is still to be reported, of those that are asked for.
fn narrowed(asked: Option<&str>) -> String {
    let all = on_the_way();
    let Some(asked) = asked else { return all };
    let wanted: Vec<&str> = asked.split(',').collect();
    all.split(',').filter(|status| wanted.contains(status)).collect::<Vec<_>>().join(",")
}

impl Page {
    /// Whether the account that asks reports for a body.
    pub(crate) fn reports(&self) -> bool {
        self.actor().is_some_and(|actor| actor.role.speaks_for_body())
    }

    /// Whether something is still to be reported on an item by the body of the account that asks.
    pub(crate) fn reports_on(&self, item: &Item) -> bool {
        let owns = |actor: Actor| item.owners.iter().any(|owner| owner.organisation == actor.organisation);
        self.reports() && is_on_the_way(item.status) && self.actor().is_some_and(owns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_that_are_asked_for_are_narrowed_to_those_in_which_something_is_to_be_reported() {
        assert_eq!(narrowed(None), on_the_way());
        assert_eq!(narrowed(Some("closed,in_progress,planned")), "planned,in_progress");
        assert_eq!(narrowed(Some("closed")), "");
    }
}
