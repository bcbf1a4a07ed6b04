//! What is measured on items, whether on all or on those that one body leads.

use chrono::NaiveDate;
use qadam_app::statistics::{FindingCounts, ON_THEIR_WAY, Reported};
use qadam_domain::items::Status;
use qadam_domain::items::assessments::Finding;
use qadam_domain::reporting_rounds::ReportStanding;
use qadam_domain::statistics::Tally;
use serde::Serialize;
use utoipa::ToSchema;

use super::counts::{Count, Counting, Median, Share};
use crate::moments::Day;

/// What is measured on items.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// Items of which something is still owed.
    pub open: Count,
    /// Days since the filing of open items.
    pub open_age_days: Median,
    /// Items past their deadline.
    pub overdue: Count,
    /// Days past the deadline.
    pub days_late: Median,
    /// Answers of lead bodies to proposals and recommendations.
    pub responses: Responses,
    /// Deadlines.
    pub deadlines: Deadlines,
    /// What others than the owners found.
    pub findings: Findings,
    /// How fresh what is known is.
    pub evidence: EvidenceFreshness,
    /// Reports that rounds ask for.
    pub reports: Reports,
}

/// Items by how they stand in the newest round that asks to report on them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reports {
    /// Items that some round asked about.
    pub asked: Count,
    /// Items on which every report was received that the newest one asked for.
    pub received: Count,
    /// These among those on which reports are asked for still: what was released is nobody's to report.
    pub received_share: Share,
    /// Items on which none is asked for any more: they ended, changed owners, or were narrowed, before it was due.
    pub released: Count,
    /// Items on which a report is awaited.
    pub awaited: Count,
    /// Items on which a report was due and not received.
    pub not_received: Count,
}

/// What others than the owners found, as far as the caller may read of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Findings {
    /// Items with a current finding.
    pub assessed: Count,
    /// These among all items.
    pub assessed_share: Share,
    /// Items whose lead says that they are done while a current finding, there or on an item that they implement,
    /// contradicts.
    pub disagreement: Count,
    /// These among items that are reported done or closed.
    pub disagreement_share: Share,
}

/// How fresh what is known of items is on which somebody owes progress: planned, in progress, or reported done.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceFreshness {
    /// Items of which something was reported, found or shown in the last half year.
    pub fresh: Count,
    /// These among all on which somebody owes progress.
    pub fresh_share: Share,
    /// The first day of that half year.
    pub since: Day,
}

/// Answers of lead bodies to proposals and recommendations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Responses {
    /// Items that were put to a body and have its answer.
    pub answered: Count,
    /// Items that were put to a body and wait for its answer.
    pub unanswered: Count,
    /// The answered among those that were put to a body.
    pub rate: Share,
    /// Days from the filing to the first answer, where both are known to the day. The time before the item was put to
    /// the body counts too.
    pub days_to_first_answer: Median,
}

/// Deadlines, and what became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deadlines {
    /// Items whose deadline is later than it was at first publication.
    pub slipped: Count,
    /// These among items with a deadline now and at first publication.
    pub slipped_share: Share,
    /// By how many days deadlines that are later are later.
    pub slippage_days: Median,
    /// Items whose deadline was changed.
    pub revised: Count,
    /// How often deadlines were changed.
    pub revisions: u64,
}

impl Figures {
    /// What was measured up to a local day.
    pub fn new(
        counting: &Counting<'_>,
        tally: &Tally,
        found: &FindingCounts,
        reported: Reported,
        today: NaiveDate,
    ) -> Self {
        let (codes, today) = (open_codes(), today.to_string());
        Self {
            open: open(counting, tally),
            // What has no day of filing lies in no bounds.
            open_age_days: counting.median(&tally.ages, &[("status", &codes), ("filed_before", &today)]),
            overdue: overdue(counting, tally),
            days_late: counting.median(&tally.days_late, &[("overdue", "true")]),
            responses: Responses {
                answered: counting.count(tally.answered, &[("answered", "true")]),
                unanswered: counting.count(tally.asked - tally.answered, &[("answered", "false")]),
                rate: counting.share(tally.answered, tally.asked, &[("answered", "true,false")]),
                days_to_first_answer: counting.median(&tally.answer_days, &[("answer_days_min", "0")]),
            },
            deadlines: Deadlines::new(counting, tally),
            findings: Findings::new(counting, tally, found),
            evidence: EvidenceFreshness::new(counting, tally, reported),
            reports: Reports::new(counting, reported),
        }
    }
}

/// Items that are open.
pub fn open(counting: &Counting<'_>, tally: &Tally) -> Count {
    let is_open = tally.statuses.iter().zip(Status::ALL).filter(|(_, status)| status.is_open());
    counting.count(is_open.map(|(count, _)| count).sum(), &[("status", &open_codes())])
}

/// Items that are past their deadline.
pub fn overdue(counting: &Counting<'_>, tally: &Tally) -> Count {
    counting.count(many(tally.days_late.len()), &[("overdue", "true")])
}

/// Items whose lead says done while a finding contradicts.
pub fn differing(counting: &Counting<'_>, found: &FindingCounts) -> Count {
    counting.count(many(found.differing.len()), &[("disagreement", "true")])
}

fn open_codes() -> String {
    let open = Status::ALL.iter().filter(|status| status.is_open());
    open.map(|status| status.code()).collect::<Vec<_>>().join(",")
}

fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Deadlines {
    fn new(counting: &Counting<'_>, tally: &Tally) -> Self {
        let slipped = many(tally.slippage.len());
        Self {
            slipped: counting.count(slipped, &[("slipped", "true")]),
            slipped_share: counting.share(slipped, tally.dated, &[("slipped", "true,false")]),
            slippage_days: counting.median(&tally.slippage, &[("slipped", "true")]),
            revised: counting.count(tally.revised, &[("deadline_revised", "true")]),
            revisions: tally.revisions,
        }
    }
}

impl EvidenceFreshness {
    fn new(counting: &Counting<'_>, tally: &Tally, reported: Reported) -> Self {
        let counted = tally.statuses.iter().zip(Status::ALL);
        let of = counted.filter(|(_, status)| ON_THEIR_WAY.contains(status)).map(|(count, _)| count).sum();
        let codes = ON_THEIR_WAY.map(Status::code).join(",");
        let since = reported.fresh_since.to_string();
        Self {
            fresh: counting.count(reported.fresh, &[("status", &codes), ("evidence_after", &since)]),
            fresh_share: counting.share(reported.fresh, of, &[("status", &codes)]),
            since: Day(reported.fresh_since),
        }
    }
}

impl Findings {
    fn new(counting: &Counting<'_>, tally: &Tally, found: &FindingCounts) -> Self {
        let any: Vec<_> = Finding::ALL.iter().map(|finding| finding.code()).collect();
        let any = any.join(",");
        let ended = [Status::ReportedDone, Status::Closed];
        let counted = tally.statuses.iter().zip(Status::ALL).filter(|(_, status)| ended.contains(status));
        let of = counted.map(|(count, _)| count).sum();
        let codes = ended.map(Status::code).join(",");
        Self {
            assessed: counting.count(found.assessed, &[("finding", &any)]),
            assessed_share: counting.share(found.assessed, tally.total, &[]),
            disagreement: differing(counting, found),
            disagreement_share: counting.share(many(found.differing.len()), of, &[("status", &codes)]),
        }
    }
}

impl Reports {
    fn new(counting: &Counting<'_>, reported: Reported) -> Self {
        let codes = |of: &[ReportStanding]| of.iter().map(|one| one.code()).collect::<Vec<_>>().join(",");
        let all = codes(ReportStanding::ALL);
        let unreleased =
            codes(&[ReportStanding::Received, ReportStanding::Awaited, ReportStanding::NotReceived]);
        let owed = reported.received + reported.awaited + reported.not_received;
        let asked = owed + reported.released;
        let of = |value, standing: ReportStanding| counting.count(value, &[("reporting", standing.code())]);
        Self {
            asked: counting.count(asked, &[("reporting", &all)]),
            received: of(reported.received, ReportStanding::Received),
            received_share: counting.share(reported.received, owed, &[("reporting", &unreleased)]),
            released: of(reported.released, ReportStanding::Released),
            awaited: of(reported.awaited, ReportStanding::Awaited),
            not_received: of(reported.not_received, ReportStanding::NotReceived),
        }
    }
}
