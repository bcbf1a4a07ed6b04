# Reporting rounds as pages.
rounds-title = Reporting rounds
rounds-lead = The secretariat asks bodies to report on what they answer for. What was not reported by the day is shown.
rounds-none = No round was opened yet.
rounds-new = Open a round
rounds-new_lead = Each body is asked about all of its commitments and recommendations that are on their way and that every account reads. It is told at once.
rounds-name = Name
rounds-name_hint = May be left out: the round is then called by its period.
rounds-due = Due:
rounds-due_head = Reports are due
rounds-due_hint = The last day on which a report is in time.
rounds-period = Period:
rounds-state = State
rounds-asked = Asked for
rounds-received = Received
rounds-late = Late
rounds-was_late = late
rounds-bodies = By body
rounds-body = Body
rounds-bodies_hint = Those that have nothing on its way cannot be asked.
rounds-nothing_to_ask = has nothing to be asked about.
rounds-table = What was asked for
rounds-all = All
rounds-all_bodies = All bodies
rounds-item = Record
rounds-standing = What became of it
rounds-report = Report
rounds-fill = Fill in our table
rounds-fill_lead = A row a record. What is filled in is handed in; what is left empty stays to be done.
rounds-nothing_owed = Nothing is left to report here.
rounds-is_closed = This round is closed and takes no more reports.
rounds-hand_in = Hand in what is filled
rounds-paste_title = Paste rows from a spreadsheet
rounds-pasted = Rows
rounds-paste_hint = Copy the columns in this order: number of the record, status, what was done, document. Status and document may be empty. Nothing is handed in before you have seen the rows checked.
rounds-check = Check the rows
rounds-checked = Check
rounds-row_right = Right
rounds-not_asked = No report on such a record is asked of your body here, or it has come.
rounds-hand_in_right = Hand in the rows that are right
rounds-mend = Mend and check again
rounds-change = Change the round
rounds-reason_hint = Needed for another due day, and for opening the round again.
rounds-close = Close the round
rounds-reopen = Open it again
rounds-ask_more = Ask more bodies
round_state-open = Open
round_state-closed = Closed
report_standing-received = Received
report_standing-released = Not asked for any more
report_standing-awaited = Awaited
report_standing-not_received = Not received
field_name-period_from = Period from
field_name-period_to = Period to
field_name-organisations = Bodies that are asked
field_name-document = Document
done-round_opened = The round is open, and the bodies are told.
done-round_changed = The round is changed.
done-round_closed = The round is closed.
done-round_reopened = The round is open again.
done-round_asks_more = More bodies are asked.
done-nothing_filled = No row was filled in.
rounds-right = { $count ->
    [one] { $number } row is right.
    *[other] { $number } rows are right.
    }
rounds-wrong = { $count ->
    [one] { $number } row is not, and will not be handed in.
    *[other] { $number } rows are not, and will not be handed in.
    }
rounds-left_out = { $count ->
    [one] { $number } row was left out: 200 are read at once.
    *[other] { $number } rows were left out: 200 are read at once.
    }
rounds-twice = This record stands in a row above.
