# Taking a proposal back, and correcting a report.
withdrawing-title = If you want to take it back
withdrawing-about = A withdrawn proposal is marked as withdrawn and nobody has to answer it any more. Its text, its history and your receipt stay, for those who can read them now. If fewer people should read it, narrow who reads it first.
withdrawing-reason_hint = Not required. Read by everybody who reads this proposal.
correcting-title = Correct this report
correcting-of = This corrects the report of
correcting-both_stay = Both stay visible, and each names the other.
happened-corrects = Corrects the report of
happened-corrected_by = Corrected by the report of
