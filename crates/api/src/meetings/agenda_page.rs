//! An agenda that prints itself: the meeting, the lines of its agenda with the items discussed, and what it opens
//! with, on one page in the language of who reads it.

use chrono::NaiveDate;
use qadam_app::App;
use qadam_app::directory::Directory;
use qadam_app::meetings::{CarriedOver, CarryOver, MeetingView};
use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::Item;
use qadam_domain::meetings::carry_over::CarryOverGroup;
use qadam_domain::meetings::{AgendaItem, Meeting, OfficeHolder};
use qadam_localisation::Argument;

use crate::pages::HtmlPage;

/// What the page shows.
pub(super) struct AgendaPage<'a> {
    pub(super) app: &'a App,
    pub(super) view: &'a MeetingView,
    pub(super) carried: &'a CarryOver,
    /// The local day of the data.
    pub(super) today: NaiveDate,
}

impl AgendaPage<'_> {
    /// The page in a language.
    pub(super) fn render(&self, language: qadam_domain::language::Language) -> HtmlPage {
        let directory = self.app.directory();
        let meeting = &self.view.meeting;
        let mut page = HtmlPage::new(language, &meeting.title);
        self.head(&mut page, &directory);
        page.markup("<main>\n<h2>").word("agenda-heading").markup("</h2>\n");
        if meeting.agenda.is_empty() {
            page.markup("<p>").word("agenda-empty").markup("</p>\n");
        } else {
            page.markup("<ol>\n");
            for line in &meeting.agenda {
                self.line(&mut page, &directory, line);
            }
            page.markup("</ol>\n");
        }
        self.carry_over(&mut page, &directory);
        page.markup("</main>\n<footer><p>");
        let today = day(self.today);
        page.word_with("agenda-data_of", &[("day", Argument::Text(&today))]).markup("</p></footer>\n");
        page
    }

    /// Title, date, place and chair.
    fn head(&self, page: &mut HtmlPage, directory: &Directory) {
        let meeting = &self.view.meeting;
        page.markup("<header>\n<p>").word(&format!("meeting_kind-{}", meeting.kind.code()));
        page.markup(" · ").escaped(&meeting.code).markup("</p>\n<h1>").text(&meeting.title);
        page.markup("</h1>\n<dl>\n<dt>").word("agenda-date").markup("</dt><dd>");
        held(page, meeting);
        page.markup("</dd>\n");
        if !meeting.place.is_empty() {
            page.markup("<dt>").word("agenda-place").markup("</dt><dd>").text(&meeting.place);
            page.markup("</dd>\n");
        }
        for chair in &meeting.chairs {
            page.markup("<dt>").word("agenda-chair").markup("</dt><dd>");
            holder(page, directory, chair);
            page.markup("</dd>\n");
        }
        if !meeting.topics.is_empty() {
            page.markup("<dt>").word("agenda-topics").markup("</dt><dd>").text(&meeting.topics);
            page.markup("</dd>\n");
        }
        page.markup("</dl>\n</header>\n");
    }

    /// A line with who speaks and the items discussed.
    fn line(&self, page: &mut HtmlPage, directory: &Directory, line: &AgendaItem) {
        page.markup("<li value=\"").escaped(&line.number.to_string()).markup("\"><h3>");
        page.text(&line.title).markup("</h3>\n");
        for speaker in &line.speakers {
            page.markup("<p>").word("agenda-speaker").markup(": ");
            holder(page, directory, speaker);
            page.markup("</p>\n");
        }
        let items: Vec<&Item> = line.items.iter().filter_map(|id| self.view.items.get(id)).collect();
        if !items.is_empty() {
            page.markup("<table>\n");
            heads(page);
            for item in items {
                row(page, directory, item, item.days_late(self.today));
            }
            page.markup("</tbody>\n</table>\n");
        }
        page.markup("</li>\n");
    }

    /// What the meeting opens with, a table a group.
    fn carry_over(&self, page: &mut HtmlPage, directory: &Directory) {
        page.markup("<h2>").word("agenda-carry_over").markup("</h2>\n");
        if self.carried.rows.is_empty() {
            page.markup("<p>").word("agenda-carry_over_empty").markup("</p>\n");
        }
        for group in CarryOverGroup::ALL {
            let rows: Vec<&CarriedOver> = self.carried.rows.iter().filter(|row| row.group == group).collect();
            if rows.is_empty() {
                continue;
            }
            page.markup("<table>\n<caption>").word(&format!("carry_over_group-{}", group.code()));
            page.markup("</caption>\n");
            heads(page);
            for carried in rows {
                row(page, directory, &carried.item, carried.days_late);
            }
            page.markup("</tbody>\n</table>\n");
        }
        if self.carried.next.is_some() {
            page.markup("<p>").word("agenda-carry_over_more").markup("</p>\n");
        }
    }
}

/// The heads of a table of items.
fn heads(page: &mut HtmlPage) {
    page.markup("<thead><tr>");
    for key in ["agenda-ref", "agenda-title", "agenda-status", "agenda-lead", "agenda-due"] {
        page.markup("<th scope=\"col\">").word(key).markup("</th>");
    }
    page.markup("<th scope=\"col\" class=\"number\">").word("agenda-days_late");
    page.markup("</th></tr></thead>\n<tbody>\n");
}

/// An item in a table.
fn row(page: &mut HtmlPage, directory: &Directory, item: &Item, days_late: u32) {
    let reference = item.reference.map(|reference| reference.to_string()).unwrap_or_default();
    page.markup("<tr><td>").escaped(&reference).markup("</td><td>").text(&item.title);
    page.markup("</td><td>").word(&format!("status-{}", item.status.code())).markup("</td><td>");
    if let Some(lead) = item.lead() {
        organisation(page, directory, lead);
    }
    page.markup("</td><td>");
    if let Some(Deadline { on, precision }) = item.due {
        period(page, precision.first_day(on), on, precision);
    }
    page.markup("</td><td class=\"number\">");
    if days_late > 0 {
        page.escaped(&days_late.to_string());
    }
    page.markup("</td></tr>\n");
}

/// An office, who holds it, and for whom.
fn holder(page: &mut HtmlPage, directory: &Directory, holder: &OfficeHolder) {
    page.text(&holder.office);
    if let Some(name) = &holder.holder {
        page.markup(", ").escaped(name);
    }
    if let Some(id) = holder.organisation {
        page.markup(" (");
        organisation(page, directory, id);
        page.markup(")");
    }
}

fn organisation(page: &mut HtmlPage, directory: &Directory, id: OrganisationId) {
    if let Some(known) = directory.get(id) {
        match known.names.first() {
            Some(dated) => page.text(&dated.name),
            None => page.escaped(&known.code),
        };
    }
}

/// When a meeting is held.
fn held(page: &mut HtmlPage, meeting: &Meeting) {
    let Some(on) = meeting.held_on else {
        page.word("agenda-date_unknown");
        return;
    };
    period(page, on, on, meeting.held_on_precision);
    if let Some(until) = meeting.held_until {
        page.markup("\u{2009}–\u{2009}").escaped(&day(until));
    }
}

/// A day or a period: `first` and `last` are days of it, of which the last is shown where it is a day.
fn period(page: &mut HtmlPage, first: NaiveDate, last: NaiveDate, precision: Precision) {
    use chrono::Datelike as _;
    let year = first.year().to_string();
    let number = match precision {
        Precision::Day | Precision::Year => String::new(),
        Precision::Month => format!("{:02}", first.month()),
        Precision::Quarter => (first.month0() / 3 + 1).to_string(),
        Precision::HalfYear => (first.month0() / 6 + 1).to_string(),
    };
    let arguments = [("number", Argument::Text(&number)), ("year", Argument::Text(&year))];
    match precision {
        Precision::Day => page.escaped(&day(last)),
        Precision::Month => page.word_with("agenda-month", &arguments),
        Precision::Quarter => page.word_with("agenda-quarter", &arguments),
        Precision::HalfYear => page.word_with("agenda-half_year", &arguments),
        Precision::Year => page.escaped(&year),
    };
}

/// A day in figures, as all three languages write it.
fn day(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
