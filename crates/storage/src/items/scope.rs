//! The part of the register a viewer may see, as a condition that starts every query about items.
//!
//! It says in SQL what `qadam_domain::levels::relation` says for one item; a test compares the two on every
//! combination.

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::levels::{Level, may_see_own};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition};

use crate::entities::{item, item_drafter, item_party};

/// What a viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    viewer: Viewer,
    everything: bool,
}

impl Scope {
    /// What this viewer may see.
    pub const fn visible_to(viewer: Viewer) -> Self {
        Self { viewer, everything: false }
    }

    /// Everything there is, drafts included: for work that asks of each who is told of it what they may see.
    pub const fn everything() -> Self {
        Self { viewer: Viewer::Anonymous, everything: true }
    }

    /// The viewer.
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Items whose text the viewer may read.
    pub(crate) fn text(&self) -> Condition {
        self.reads(item::Column::TextLevel)
    }

    /// Items of which the viewer may read who filed them.
    pub(crate) fn identity(&self) -> Condition {
        self.reads(item::Column::IdentityLevel)
    }

    /// Items on which the level in a column is one the viewer reads.
    fn reads(&self, column: item::Column) -> Condition {
        if self.everything {
            return Condition::all();
        }
        let mut any = Condition::any().add(at_least(column, self.floor()));
        if let Some(addressed) = self.addressed() {
            any = any.add(Condition::all().add(at_least(column, Level::Addressed)).add(addressed));
        }
        if let Some(submitter) = self.submitter() {
            any = any.add(submitter);
        }
        any
    }

    /// The narrowest level the viewer reads on every item.
    pub(crate) fn floor(&self) -> Level {
        match self.viewer.actor().map(|actor| actor.role) {
            None | Some(Role::Admin) => Level::Public,
            Some(Role::Secretariat) => Level::Secretariat,
            Some(_) => Level::Members,
        }
    }

    /// Items that name the viewer's organisation, where that makes a difference.
    fn addressed(&self) -> Option<SimpleExpr> {
        let actor = self.viewer.actor()?;
        if matches!(actor.role, Role::Admin | Role::Secretariat) {
            return None;
        }
        let mut parties = party_items(actor.organisation.0);
        parties.and_where(item_party::Column::Part.is_in(["owner", "addressee"]));
        Some(Expr::col((item::Entity, item::Column::Id)).in_subquery(parties))
    }

    /// Items the viewer's organisation filed; of drafts, those the viewer writes.
    fn submitter(&self) -> Option<Condition> {
        let actor = self.viewer.actor()?;
        if !may_see_own(actor.role, actor.confirmed) {
            return None;
        }
        let mut filed = party_items(actor.organisation.0);
        filed.and_where(item_party::Column::Part.eq("filer"));
        let drafts = Query::select()
            .column(item_drafter::Column::ItemId)
            .from(item_drafter::Entity)
            .and_where(item_drafter::Column::AccountId.eq(actor.user.0))
            .to_owned();
        let id = || Expr::col((item::Entity, item::Column::Id));
        let written = Condition::any().add(item::Column::Status.ne("draft")).add(id().in_subquery(drafts));
        Some(Condition::all().add(id().in_subquery(filed)).add(written))
    }

    /// Items about which something is told to the viewer. `at` is the condition that it is told at a level or wider;
    /// what meets it at one level meets it at each narrower one.
    pub(crate) fn told(&self, at: impl Fn(Level) -> SimpleExpr) -> Condition {
        let mut any = Condition::any().add(at(self.floor()));
        if let Some(addressed) = self.addressed() {
            any = any.add(Condition::all().add(addressed).add(at(Level::Addressed)));
        }
        if let Some(submitter) = self.submitter() {
            any = any.add(Condition::all().add(submitter).add(at(Level::Own)));
        }
        any
    }

    /// Items of which something holds at the narrowest level that the viewer reads there, whatever holds at others.
    pub(crate) fn at_its_floor(&self, at: impl Fn(Level) -> SimpleExpr) -> Condition {
        let (mut any, mut rest) = (Condition::any(), Condition::all());
        if let Some(submitter) = self.submitter() {
            any = any.add(Condition::all().add(submitter.clone()).add(at(Level::Own)));
            rest = rest.add(submitter.not());
        }
        if let Some(addressed) = self.addressed() {
            any = any.add(rest.clone().add(addressed.clone()).add(at(Level::Addressed)));
            rest = rest.add(addressed.not());
        }
        any.add(rest.add(at(self.floor())))
    }

    /// When an item last changed for the viewer: the column of the narrowest level the viewer reads there.
    pub(crate) fn changed(&self) -> SimpleExpr {
        let base = match self.floor() {
            Level::Public => item::Column::ChangedPublic,
            Level::Members => item::Column::ChangedMembers,
            _ => item::Column::ChangedSecretariat,
        };
        let base = Expr::col((item::Entity, base));
        let (Some(actor), submitter) = (self.viewer.actor(), self.submitter()) else { return base };
        let addressed = self.addressed();
        // Where no item is nearer to the viewer than the rest, one column serves, and its index with it.
        if matches!(actor.role, Role::Admin) || (submitter.is_none() && addressed.is_none()) {
            return base;
        }
        let mut case = CaseStatement::new();
        if let Some(submitter) = submitter {
            case = case.case(submitter, Expr::col((item::Entity, item::Column::ChangedOwn)));
        }
        if let Some(addressed) = addressed {
            case = case.case(addressed, Expr::col((item::Entity, item::Column::ChangedAddressed)));
        }
        case.finally(base).into()
    }
}

/// Items in which an organisation has a part.
fn party_items(organisation: uuid::Uuid) -> SelectStatement {
    Query::select()
        .column(item_party::Column::ItemId)
        .from(item_party::Entity)
        .and_where(item_party::Column::OrganisationId.eq(organisation))
        .to_owned()
}

/// `column >= level`, with the number in the text of the statement: partial indexes are chosen by it.
fn at_least(column: item::Column, level: Level) -> SimpleExpr {
    let name = match column {
        item::Column::IdentityLevel => "identity_level",
        _ => "text_level",
    };
    let comparison = if level == Level::Public { "=" } else { ">=" };
    Expr::cust(format!("\"item\".\"{name}\" {comparison} {}", level.rank()))
}
