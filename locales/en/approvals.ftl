# What waits for a body's approver.
approvals-title = For approval
approvals-nothing = Nothing waits for approval.
approvals-lead = Reports of your body that nobody else reads yet. Those that have waited longest come first. An approved report is published at once, with the status it brings.
approvals-not_yours = These reports of your body wait for its approver. Nobody else reads them yet.
approvals-handed_in = Handed in:
approvals-as_of = of:
approvals-unchanged = Stays as it is
approvals-no_evidence = No document is named.
approvals-last = Last published report
approvals-corrected = The report it corrects
approvals-choose = Approve { $ref } together with others
approvals-approve = Approve and publish
approvals-approve_chosen = Approve all ticked
approvals-return = Return with a reason
approvals-reason_hint = Only your body reads it.
approvals-send_back = Return
done-report_sent_back = The report was returned.
done-nothing_chosen = Nothing was ticked.
approvals-approved = { $count ->
    [one] { $number } report was approved.
    *[other] { $number } reports were approved.
    }
approvals-failed = { $count ->
    [one] { $number } report stays here:
    *[other] { $number } reports stay here:
    }
