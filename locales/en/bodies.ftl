# What a body works on, and the same report on several items.
work-due_soon = Due within 7 days
work-due_this_month = Due later this month
work-for_approval = For you to approve
work-waits_for_approval = Waits for your approver
work-unfinished = Returned reports and drafts
work-asked_by_rounds = Reports asked of us
bulk-title = Report on several records at once
bulk-items = Records to report on
bulk-all = Tick all
bulk-none = Tick none
bulk-stays = Each keeps its status
bulk-narrative_hint = The same paragraph is written to each of the records that are ticked.
bulk-waits = An approver of your body reads each report first.
bulk-at_once = The reports are published at once, in the name of your body.
field_name-item = Records
work-owed = { $count ->
    [one] { $number } report is still to come
    *[other] { $number } reports are still to come
    }
bulk-made = { $count ->
    [one] { $number } report was handed in.
    *[other] { $number } reports were handed in.
    }
bulk-failed = { $count ->
    [one] { $number } report was not made; why stands beside it.
    *[other] { $number } reports were not made; why stands beside each.
    }
