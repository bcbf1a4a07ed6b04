//! The numbers of `/stats` and of scorecards, in one pass.

use chrono::NaiveDate;

use super::counted::{ANSWERS, within_a_month};
use super::eyes::Eyes;
use super::months::{Days, Months};
use super::names::Names;
use super::row::{Row, date, number};
use super::rows::{NO_DAY, Rows};
use crate::ids::ItemId;
use crate::items::{Kind, Status};
use crate::levels::Relation;

/// What is counted month by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// Items filed.
    Filed,
    /// Commitments announced for a body.
    Announced,
    /// Items that a body took on with a date, or the reason why there is none.
    Planned,
    /// Items answered.
    Answered,
    /// Items whose lead says that they are done.
    ReportedDone,
    /// Items closed.
    Closed,
}

impl Series {
    /// All series.
    pub const ALL: [Self; 6] =
        [Self::Filed, Self::Announced, Self::Planned, Self::Answered, Self::ReportedDone, Self::Closed];

    /// The statuses whose reaching is counted; none for the filing, which is a day of its own.
    pub const fn reached(self) -> &'static [Status] {
        match self {
            Self::Filed => &[],
            Self::Announced => &[Status::Announced],
            Self::Planned => &[Status::Planned],
            Self::Answered => &ANSWERS,
            Self::ReportedDone => &[Status::ReportedDone],
            Self::Closed => &[Status::Closed],
        }
    }

    fn of(status: Status) -> Option<Self> {
        Self::ALL.into_iter().find(|series| series.reached().contains(&status))
    }
}

/// How many there are by the place of the status in [`Status::ALL`].
pub type StatusCounts = [u64; Status::ALL.len()];

/// What is counted of items that a viewer can list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// How many there are.
    pub total: u64,
    /// By the place of the kind in [`Kind::ALL`].
    pub kinds: Vec<u64>,
    /// By the place of the status in [`Status::ALL`].
    pub statuses: Vec<u64>,
    /// By the number of the theme.
    pub themes: Vec<u64>,
    /// By the number of the lead body.
    pub leads: Vec<u64>,
    /// The same, of each body by status.
    pub lead_statuses: Vec<StatusCounts>,
    /// By the number of the mechanism.
    pub mechanisms: Vec<u64>,
    /// Days past the deadline of each that is overdue.
    pub days_late: Vec<u32>,
    /// How many have a deadline and had one at first publication.
    pub dated: u64,
    /// By how many days each deadline is later, of those that are.
    pub slippage: Vec<u32>,
    /// How many had their deadline changed.
    pub revised: u64,
    /// How often deadlines were changed.
    pub revisions: u64,
    /// How many were put to a body that owes an answer.
    pub asked: u64,
    /// How many of these were answered.
    pub answered: u64,
    /// Days from filing to the first answer.
    pub answer_days: Vec<u32>,
    /// Days since the filing of each that is open.
    pub ages: Vec<u32>,
    /// For each month, by the place of the series in [`Series::ALL`].
    pub trend: Vec<[u64; 6]>,
}

/// Counts what a viewer can list of rows, on a local day, with a trend over months.
pub fn tally(rows: &[&Rows], names: &Names, eyes: Eyes, today: NaiveDate, months: Months) -> Tally {
    let (today, days) = (number(today), months.days());
    let mut tally = Tally::sized(names, months);
    for row in rows.iter().flat_map(|rows| rows.iter()) {
        if let Some(relation) = eyes.see(&row) {
            tally.add(&row, relation, today);
            tally.add_trend(&row, relation, &days);
        }
    }
    tally
}

/// What is counted for one organisation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scorecard {
    /// Items that it owns, whatever its part, by the place of the status in [`Status::ALL`].
    pub owned: Vec<u64>,
    /// Items in which it has a part: owner, addressee, or filer where the viewer may know it.
    pub named: u64,
    /// Items that it leads.
    pub led: Tally,
    /// Where it last said where an item stands that it leads, and the day as of which.
    pub last_report: Option<(ItemId, NaiveDate)>,
}

/// Counts what a viewer can list of one organisation's items.
pub fn scorecard(
    rows: &[&Rows],
    names: &Names,
    eyes: Eyes,
    today: NaiveDate,
    body: Option<u16>,
) -> Scorecard {
    let (today, mut newest) = (number(today), None);
    let led = Tally::sized(names, Months::none());
    let mut card = Scorecard { owned: vec![0; Status::ALL.len()], named: 0, led, last_report: None };
    let Some(body) = body else { return card };
    for row in rows.iter().flat_map(|rows| rows.iter()) {
        let part = row.addressed().contains(&body);
        if !part && !row.filers().contains(&body) {
            continue;
        }
        let Some(relation) = eyes.see(&row) else { continue };
        card.named += u64::from(part || relation.reads(row.identity_level()));
        if row.owners().contains(&body) {
            add(&mut card.owned, row.status() as usize);
        }
        if row.lead() == Some(body) {
            card.led.add(&row, relation, today);
            let said = row.last_said_by(relation, body).map(|day| (day, row.id()));
            newest = newest.max(said);
        }
    }
    card.last_report = newest.and_then(|(day, id)| Some((id, date(day)?)));
    card
}

impl Tally {
    fn sized(names: &Names, months: Months) -> Self {
        Self {
            kinds: vec![0; Kind::ALL.len()],
            statuses: vec![0; Status::ALL.len()],
            themes: vec![0; names.themes.count()],
            leads: vec![0; names.organisations.count()],
            lead_statuses: vec![[0; Status::ALL.len()]; names.organisations.count()],
            mechanisms: vec![0; names.mechanisms.count()],
            trend: vec![[0; 6]; months.count()],
            ..Self::default()
        }
    }

    fn add(&mut self, row: &Row<'_>, relation: Relation, today: i32) {
        self.total += 1;
        add(&mut self.kinds, row.kind() as usize);
        add(&mut self.statuses, row.status() as usize);
        for theme in row.themes() {
            add(&mut self.themes, usize::from(*theme));
        }
        if let Some(lead) = row.lead() {
            add(&mut self.leads, usize::from(lead));
            if let Some(statuses) = self.lead_statuses.get_mut(usize::from(lead)) {
                add(statuses, row.status() as usize);
            }
        }
        if let Some(mechanism) = row.mechanism() {
            add(&mut self.mechanisms, usize::from(mechanism));
        }
        self.days_late.extend(row.days_late(today));
        self.add_deadline(row, relation);
        if let Some(answered) = row.answered(relation) {
            self.asked += 1;
            self.answered += u64::from(answered);
        }
        self.answer_days.extend(row.answer_days(relation).and_then(|days| u32::try_from(days).ok()));
        if row.status().is_open() {
            self.ages.extend(row.age(today));
        }
    }

    fn add_deadline(&mut self, row: &Row<'_>, relation: Relation) {
        if let Some(days) = row.slippage() {
            self.dated += 1;
            self.slippage.extend(u32::try_from(days).ok().filter(|days| *days > 0));
        }
        let revisions = row.revisions(relation);
        self.revised += u64::from(revisions > 0);
        self.revisions += u64::try_from(revisions).unwrap_or_default();
    }

    /// Each item once for each series in each month, where it is known in which month.
    fn add_trend(&mut self, row: &Row<'_>, relation: Relation, days: &Days) {
        let filed = row.fixed.filed != NO_DAY && within_a_month(row.fixed.filed_precision);
        let filed = filed.then_some((row.fixed.filed, Series::Filed));
        let mut seen = SmallSet::default();
        let changes = row.changes(relation).filter(|change| within_a_month(change.precision()));
        let changes = changes.filter_map(|change| Some((change.day, Series::of(change.to)?)));
        for (day, series) in filed.into_iter().chain(changes) {
            let Some(place) = days.place(day) else { continue };
            if seen.insert((place, series)) {
                let month = self.trend.get_mut(place);
                if let Some(count) = month.and_then(|month| month.get_mut(series as usize)) {
                    *count += 1;
                }
            }
        }
    }
}

/// Few things that were seen.
#[derive(Default)]
struct SmallSet(Vec<(usize, Series)>);

impl SmallSet {
    fn insert(&mut self, thing: (usize, Series)) -> bool {
        let new = !self.0.contains(&thing);
        if new {
            self.0.push(thing);
        }
        new
    }
}

fn add(counts: &mut [u64], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}

/// The middle of numbers, or half-way between the two in the middle; `None` of none.
pub fn median(numbers: &[u32]) -> Option<f64> {
    let mut numbers = numbers.to_vec();
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return None;
    }
    let even = numbers.len().is_multiple_of(2);
    let (below, upper, _) = numbers.select_nth_unstable(middle);
    let upper = f64::from(*upper);
    let lower = if even { below.iter().max().map_or(upper, |lower| f64::from(*lower)) } else { upper };
    Some(f64::midpoint(lower, upper))
}
