# Organisations and what is counted of each.
organisations-title = Organisations
organisations-about = Bodies that answer for something, institutions that assess, organisations that file proposals.
organisations-description = What { $name } owes against torture, by when, and what others found.
organisations-inactive = no longer takes part
organisations-part_of = Part of:
organisations-former = Formerly:
organisations-led = led by it
organisations-by_status = What it owns, by status
organisations-figures = Measured on what it leads
organisations-figures_about = Each number counts what you can see, and leads to its list.
organisations-what = What
organisations-measure = Measure
organisations-of = Measured on
organisations-days = { $days } days
organisations-days_late = Median days past the deadline
organisations-slippage = Median days by which deadlines were moved
organisations-answered = Answered, of what was put to it
organisations-days_to_answer = Median days to the first answer
organisations-assessed = Assessed by others
organisations-fresh = News in the last half-year, of what is on its way
organisations-reported = Reports received in the newest round
organisations-last = It last said where something stands on:
organisations-named = { $count ->
    [one] All in which it has a part: { $number } record
    *[other] All in which it has a part: { $number } records
    }
organisation_kinds-state_body = State bodies
organisation_kinds-independent = Independent institutions
organisation_kinds-civil_society = Civil society
organisation_kinds-international = International organisations
