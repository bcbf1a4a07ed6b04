# The agenda of a meeting as it is printed, and what the meeting opens with.

agenda-heading = Agenda
agenda-empty = Nothing stands on the agenda yet.
agenda-date = Date
agenda-date_unknown = Not set yet
agenda-place = Place
agenda-chair = Chair
agenda-topics = Topics
agenda-speaker = Speaker
agenda-ref = Number
agenda-title = Title
agenda-status = Status
agenda-lead = Lead body
agenda-due = Due
agenda-days_late = Days late
agenda-carry_over = Carried over from earlier meetings
agenda-carry_over_empty = Nothing is carried over.
agenda-carry_over_more = The list goes on: the whole of it is in the register.
agenda-data_of = Data as of { $day }
agenda-month = { $number }/{ $year }
agenda-quarter = Quarter { $number } of { $year }
agenda-half_year = Half-year { $number } of { $year }

# Why something is carried over.
carry_over_group-open_decision = Open decisions of earlier meetings
carry_over_group-overdue = Overdue
carry_over_group-unanswered = Discussed and not answered
carry_over_group-listed_for_meeting = No answer received

# What became of an objection to a protocol.
objection_outcome-accepted = Accepted
objection_outcome-rejected = Rejected
