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
        let rows: Vec<Row<'_>> = line
            .items
            .iter()
            .filter_map(|id| self.view.items.get(id))
            .map(|item| Row { item, days_late: item.days_late(self.today) })
            .collect();
        if !rows.is_empty() {
            page.markup("<table>\n");
            table(page, directory, &rows);
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
            let rows: Vec<Row<'_>> =
                self.carried.rows.iter().filter(|row| row.group == group).map(Row::from).collect();
            if rows.is_empty() {
                continue;
            }
            page.markup("<table>\n<caption>").word(&format!("carry_over_group-{}", group.code()));
            page.markup("</caption>\n");
            table(page, directory, &rows);
        }
        if self.carried.next.is_some() {
            page.markup("<p>").word("agenda-carry_over_more").markup("</p>\n");
        }
    }
}

/// An item in a table.
struct Row<'a> {
    item: &'a Item,
    days_late: u32,
}

impl<'a> From<&'a CarriedOver> for Row<'a> {
    fn from(carried: &'a CarriedOver) -> Self {
        Self { item: &carried.item, days_late: carried.days_late }
    }
}

/// A column of a table of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Reference,
    Title,
    Status,
    Lead,
    Due,
    DaysLate,
}

impl Column {
    const ALL: [Self; 6] =
        [Self::Reference, Self::Title, Self::Status, Self::Lead, Self::Due, Self::DaysLate];

    /// The key of its head.
    const fn head(self) -> &'static str {
        match self {
            Self::Reference => "agenda-ref",
            Self::Title => "agenda-title",
            Self::Status => "agenda-status",
            Self::Lead => "agenda-lead",
            Self::Due => "agenda-due",
            Self::DaysLate => "agenda-days_late",
        }
    }

    /// How its cells are set.
    const fn class(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Title => "title",
            Self::Status | Self::Lead | Self::Due => "word",
            Self::DaysLate => "number",
        }
    }

    /// Whether a row has something to show in it.
    fn is_filled(self, row: &Row<'_>) -> bool {
        match self {
            Self::Reference => row.item.reference.is_some(),
            Self::Title | Self::Status => true,
            Self::Lead => row.item.lead().is_some(),
            Self::Due => row.item.due.is_some(),
            Self::DaysLate => row.days_late > 0,
        }
    }

    /// What a row shows in it.
    fn cell(self, page: &mut HtmlPage, directory: &Directory, row: &Row<'_>) {
        match self {
            Self::Reference => {
                page.escaped(&row.item.reference.map(|reference| reference.to_string()).unwrap_or_default());
            }
            Self::Title => {
                page.text(&row.item.title);
            }
            Self::Status => {
                page.word(&format!("status-{}", row.item.status.code()));
            }
            Self::Lead => {
                if let Some(lead) = row.item.lead() {
                    organisation(page, directory, lead);
                }
            }
            Self::Due => {
                if let Some(Deadline { on, precision }) = row.item.due {
                    period(page, precision.first_day(on), on, precision);
                }
            }
            Self::DaysLate => {
                page.escaped(&row.days_late.to_string());
            }
        }
    }
}

/// Heads and rows of a table of items, without the columns that nothing stands in. Each cell carries its head, for
/// screens on which a row is shown as a card.
fn table(page: &mut HtmlPage, directory: &Directory, rows: &[Row<'_>]) {
    let columns: Vec<Column> =
        Column::ALL.into_iter().filter(|column| rows.iter().any(|row| column.is_filled(row))).collect();
    page.markup("<thead><tr>");
    for column in &columns {
        page.markup("<th scope=\"col\" class=\"").markup(column.class()).markup("\">").word(column.head());
        page.markup("</th>");
    }
    page.markup("</tr></thead>\n<tbody>\n");
    for row in rows {
        page.markup("<tr>");
        for column in &columns {
            page.markup("<td class=\"").markup(column.class()).markup("\" data-head=\"").word(column.head());
            page.markup("\">");
            if column.is_filled(row) {
                column.cell(page, directory, row);
            }
            page.markup("</td>");
        }
        page.markup("</tr>\n");
    }
    page.markup("</tbody>\n</table>\n");
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
