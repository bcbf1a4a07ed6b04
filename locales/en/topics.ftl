# Topics, mechanisms and the calendar.
topics-title = Topics and mechanisms
topics-description = What is recommended and promised by topic, and by the mechanism that asked for it.
topics-about = { $topic }: what was recommended or promised, what the responsible bodies say, and what others found.
topics-mechanisms = Mechanisms
topics-topics = Topics
calendar-title = Calendar
calendar-description = Meetings and deadlines of a year, for all bodies or for one.
calendar-years = Years
calendar-all_bodies = All bodies and meetings
calendar-show = Show
calendar-empty = Nothing is due and no meeting is known in this year.
calendar-no_month = Some time in the year; the month is not known
calendar-due = Due: { $body }
calendar-deadlines = All deadlines of this year as a list
