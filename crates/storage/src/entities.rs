//! Tables as sea-orm entities. Never re-exported: other crates see domain types.

pub(crate) mod consent;
pub(crate) mod deadline_revision;
pub(crate) mod item;
pub(crate) mod item_drafter;
pub(crate) mod item_link;
pub(crate) mod item_party;
pub(crate) mod item_tag;
pub(crate) mod status_change;
