# What waits for somebody, and several items at once.
bulk-from_list = Report on several of these at once
bulk-chosen = Report on the marked ones
bulk-mark = Mark:
bulk-narrowed = Only what was chosen is shown here.
bulk-own = Show all that we answer for
work-replies_needed = Questions to us
work-asked_on = Asked:
work-answer = Answer
work-news = News that you have not marked as read
