# The first page.

home-title = Who promised what against torture, and was it done?
home-description = Recommendations of UN and national mechanisms, proposals of civil society and commitments of state bodies against torture: who owes what by when, and who says it was done.
home-kind_recommendation = { $count ->
    [one] { $number } recommendation
    *[other] { $number } recommendations
    }
home-kind_commitment = { $count ->
    [one] { $number } commitment
    *[other] { $number } commitments
    }
home-kind_proposal = { $count ->
    [one] { $number } proposal
    *[other] { $number } proposals
    }
home-intro = { $count ->
    [one] { $number } record. For each: who owes what by when, what the responsible body says was done, and what others found.
    *[other] { $number } records. For each: who owes what by when, what the responsible body says was done, and what others found.
    }
home-open = still owed
home-overdue = overdue
home-claimed = said to be done by the body
home-confirmed = found implemented by others
home-differing = where positions differ
home-differing_title = Where positions differ
home-differing_about = The responsible body says that it is done; somebody else found that it is not.
home-standing = Where they stand
home-standing_sentence = { $moving } were taken on and are on their way; { $claimed } are said to be done by the body that is responsible.
home-group_waiting = A word is awaited
home-group_moving = On its way
home-group_claimed = Said to be done
home-group_ended = Closed or ended
home-bodies = By responsible body
home-bodies_about = Each body leads these. How its numbers are counted is on its page.
home-trend = Year by year
home-trend_sentence = In these years { $filed } were filed and { $done } were said to be done.
home-trend_filed = Filed in { $year }
home-trend_done = Said to be done in { $year }
home-filed = Filed
home-done = Said to be done
home-changed = Last changes
home-all = All by last change
chart-table = The same as a table
chart-count = Number
chart-total = All
chart-year = Year
