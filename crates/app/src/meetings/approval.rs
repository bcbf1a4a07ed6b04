//! What the approval of a protocol does: every decision becomes an announced commitment of the body that leads it,
//! linked to the items it implements.
//!
//! The decision is the source; the body has confirmed nothing yet, and every page says so.

use qadam_domain::calendar::AsOf;
use qadam_domain::ids::{EventId, ItemId, LinkId};
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::{Item, Kind, OwnerRole, Source, Status};
use qadam_domain::language::{LanguageMap, Translations};
use qadam_domain::levels::Level;
use qadam_domain::meetings::{Decision, Meeting};
use qadam_domain::text::TITLE_MAX;
use qadam_storage::items::{self as stored_items, ItemLink, Scope, StatusChange};
use serde_json::{Value, json};

use super::changing::Changing;
use crate::error::{AppError, Code};
use crate::items::{DueInput, NewItem, OwnerInput, follow_status, item_from, publish};
use crate::ledger::{ItemChange, enter_item};
use crate::random::uuid;

/// Makes a commitment of every decision, and notes it there.
pub(super) async fn approve(changing: &Changing<'_>, meeting: &mut Meeting) -> Result<(), AppError> {
    // What has not been held has decided nothing.
    if meeting.held_on.is_some_and(|day| day > changing.act.today) {
        return Err(Code::ProtocolConflict.into());
    }
    for index in 0..meeting.decisions.len() {
        let Some(decision) = meeting.decisions.get(index).cloned() else { continue };
        let commitment = announce(changing, meeting, &decision).await?;
        if let Some(decision) = meeting.decisions.get_mut(index) {
            decision.commitment = Some(commitment);
        }
    }
    Ok(())
}

/// Writes the commitment that a decision is.
async fn announce(
    changing: &Changing<'_>,
    meeting: &Meeting,
    decision: &Decision,
) -> Result<ItemId, AppError> {
    let (app, tx) = (changing.app, changing.tx);
    let mut item = commitment(changing, meeting, decision)?;
    publish(app, tx, &mut item).await?;
    let change = ItemChange { action: "item.announced", ..ItemChange::default() };
    let announced = enter_item(app, tx, &changing.act, None, &mut item, change).await?;
    let links = enter_links(changing, &mut item, &decision.implements).await?;
    stored_items::insert(tx, &item).await?;
    stored_items::insert_status_change(tx, &event(changing, &item, announced.position)).await?;
    for link in &links {
        stored_items::insert_link(tx, link).await?;
    }
    Ok(item.id)
}

/// The commitment as the decision words it.
fn commitment(changing: &Changing<'_>, meeting: &Meeting, decision: &Decision) -> Result<Item, AppError> {
    let app = changing.app;
    let mut new = NewItem::new(Kind::Commitment, title(&decision.text));
    if new.title != decision.text {
        new.summary = decision.text.clone();
    }
    new.owners = vec![OwnerInput {
        organisation: decision.lead.to_string(),
        role: OwnerRole::Lead,
        by_agreement: None,
    }];
    new.due = decision.due.map(|due| DueInput { on: due.on, precision: due.precision });
    new.source = Source { meeting: Some(meeting.id), decision: Some(decision.id), ..Source::default() };
    let mut item = item_from(app, new)?;
    item.translations = Translations::of(&decision.text);
    item.status = Status::Announced;
    item.status_as_of = announced_on(changing, meeting);
    item.filed_on = Some(AsOf::day(changing.act.today));
    item.text_level = Level::Public;
    item.identity_level = Level::Public;
    // The body learns of it now, whenever the meeting was.
    follow_status(app, &mut item, changing.act.today);
    Ok(item)
}

/// The decision was announced where it was taken: at the meeting, as exactly as its day is known.
fn announced_on(changing: &Changing<'_>, meeting: &Meeting) -> AsOf {
    let held = meeting.held_on.and_then(|day| AsOf::new(day, meeting.held_on_precision, changing.act.today));
    held.unwrap_or(AsOf::day(changing.act.today))
}

/// A title from a decision's text: the text itself, or as many of its first words as a title holds.
fn title(text: &LanguageMap) -> LanguageMap {
    let mut title = LanguageMap::default();
    for (language, text) in text.entries() {
        title.set(language, Some(shortened(text)));
    }
    title
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_MAX {
        return line;
    }
    let mut short = String::new();
    for word in line.split(' ') {
        // Room for the space and the mark of what is left out.
        if short.chars().count() + word.chars().count() + 2 > TITLE_MAX {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = line.chars().take(TITLE_MAX - 1).collect();
    }
    short.push('…');
    short
}

fn event(changing: &Changing<'_>, item: &Item, position: i64) -> StatusChange {
    StatusChange {
        id: EventId(uuid(changing.app.random.as_ref())),
        item: item.id,
        position,
        from: None,
        to: item.status,
        as_of: item.status_as_of,
        recorded_on: changing.act.today,
        reason: LanguageMap::default(),
        answer: None,
        evidence: Vec::new(),
        recorded_from: None,
        role: changing.actor.role,
        organisation: Some(changing.actor.organisation),
        level: Level::Public,
    }
}

/// Enters the links to the items that the decision implements. An item is named only where the public sees it:
/// the commitment is public.
async fn enter_links(
    changing: &Changing<'_>,
    item: &mut Item,
    implemented: &[ItemId],
) -> Result<Vec<ItemLink>, AppError> {
    let (app, tx) = (changing.app, changing.tx);
    let scope = Scope::visible_to(qadam_domain::accounts::Viewer::Account(changing.actor));
    let seen = stored_items::find_many(tx, scope, implemented).await?;
    let mut links = Vec::with_capacity(implemented.len());
    for other in implemented {
        let link = ItemLink {
            id: LinkId(uuid(app.random.as_ref())),
            from: item.id,
            to: *other,
            kind: LinkKind::Implements,
        };
        let public = seen.iter().any(|seen| seen.id == *other && seen.text_level == Level::Public);
        let target = public.then(|| other.to_string());
        let reason: Value = json!({"link": link.id.to_string(), "kind": link.kind.code(), "to": target});
        let before = item.clone();
        let change = ItemChange { action: "item.linked", reason, ..ItemChange::default() };
        enter_item(app, tx, &changing.act, Some(&before), item, change).await?;
        links.push(link);
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_its_own_title() {
        assert_eq!(shortened("Raise compensation"), "Raise compensation");
        assert_eq!(shortened(&"х".repeat(300)), "х".repeat(300));
    }

    #[test]
    fn a_long_text_ends_at_a_word() {
        let title = shortened(&"word ".repeat(100));
        assert!(title.ends_with("word…") && title.chars().count() <= 300, "{title}");
        assert!(title.chars().count() > 290);
    }

    #[test]
    fn a_text_without_words_is_cut() {
        let title = shortened(&"ы".repeat(400));
        assert_eq!(title.chars().count(), 300);
        assert!(title.ends_with('…'));
    }
}
