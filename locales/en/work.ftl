# What accounts work on, and what can be done with an item.
frame-own_ways = Your work
work-title = My work
work-nothing = Nothing here.
work-all = The whole list
work-drafts = Drafts and what was returned
work-filed = Filed by my organisation
work-disagreement = Where positions differ
work-overdue = Overdue
work-to_answer = Waiting for our answer
work-of_organisation = What we answer for
work-submitted = Filed, waiting to be looked at
work-overdue_all = Overdue, of all bodies
work-reported_done = Reported as done
work-changed = Last changes
doing-title = What you can do
done-moved = It is recorded.
done-filed = It is filed. Keep the receipt: it proves later that you filed.

# Moves, as whoever makes them calls them.
move-submitted = File it
move-returned = Return it for changes
move-under_review = Pass it on to a body
move-accepted = Accept it
move-partly_accepted = Accept it in part
move-declined = Decline it
move-noted = Note it
move-closed = Close it
move-withdrawn = Withdraw it
move-merged = Merge it into another
move-superseded = Say what replaces it
move-planned = Confirm it, with a deadline
move-announced = Announce it
move-registered = Register it
move-in_progress = Say that work has begun
move-reported_done = Report it as done
move-reopen = Open it again
