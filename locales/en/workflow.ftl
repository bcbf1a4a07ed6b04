# Names of what the register knows: one for each value that the program knows, by its code.

# Who filed, where that is hidden: one phrase for all, so that filings cannot be told apart by it.
hidden_filer = Organisation filed under protection

# Kinds of item.
kind-proposal = Proposal
kind-commitment = Commitment
kind-recommendation = Recommendation

# Statuses.
status-draft = Draft
status-submitted = Submitted
status-returned = Returned
status-registered = Registered
status-announced = Announced
status-under_review = Under consideration
status-accepted = Accepted
status-partly_accepted = Accepted in part
status-declined = Declined
status-noted = Noted
status-planned = Planned
status-in_progress = In progress
status-reported_done = Reported as done
status-closed = Closed
status-withdrawn = Withdrawn
status-merged = Merged
status-superseded = Superseded

# Closing results.
closing_result-implemented = Implemented
closing_result-partly_implemented = Partly implemented
closing_result-not_implemented = Not implemented
closing_result-overtaken = Overtaken by events

# Levels, narrow to wide.
level-own = The filing organisations
level-secretariat = And the secretariat
level-addressed = And the bodies named
level-members = And every account, ministries included
level-public = Everybody

# Axes.
axis-text = What was filed
axis-identity = Who filed it
consent_kind-text = Goes as far as a level
consent_kind-identity = The name goes as far as a level
consent_kind-merge = Merged into another item

# Roles.
role-ngo_member = NGO member
role-officer = Officer
role-approver = Approver
role-secretariat = Secretariat
role-observer = Observer
role-admin = Administrator

# Kinds of organisation.
organisation_kind-state_body = State body
organisation_kind-independent = Independent institution
organisation_kind-civil_society = Civil society
organisation_kind-international = International organisation

# Roles of owners.
owner_role-lead = Responsible body
owner_role-co = Co-executor
owner_role-oversight = Oversight

# Kinds of link.
link_kind-implements = Implements
link_kind-answers = Answers
link_kind-repeats = Repeats
link_kind-duplicates = Is the same as
link_kind-part_of = Is part of
link_kind-supersedes = Supersedes
link_kind-relates_to = Relates to

# Who makes a move.
mover-submitter = Submitter
mover-lead = Responsible body
mover-secretariat = Secretariat

# What a move needs.
need-reason = A reason
need-lead = A responsible body
need-consent = The submitter’s consent
need-answer = An answer with its date
need-due_on = A deadline, or why there is none
need-evidence = Supporting documents
need-source = Where it was announced
need-new_source = Another source than the declined one
need-closing_result = A closing result
need-closing_result_without_implementation = A closing result: overtaken or not implemented
need-target = The item it is merged into
need-merge_consent = Every submitter’s consent to the merging
need-successor = The item or document that replaces it
need-lead_request = The responsible body’s request
need-answering_mechanism = A mechanism whose procedure has answers

# Fields that are edited.
item_field-text = Text
item_field-translation = Translations
item_field-addressees = Addressees
item_field-classification = Themes and references
item_field-due = Deadline
item_field-information_due_on = Information due
item_field-source = Source
item_field-followup = Follow-up
item_field-priority = Priority
item_field-drafters = Co-editors of the draft

# Kinds of supporting document.
evidence_kind-link = Link
evidence_kind-named = Named, not attached
evidence_kind-file = Attached file

# What a document says.
evidence_relation-supports = Supports
evidence_relation-contradicts = Contradicts
evidence_relation-context = Gives context

# Kinds of meeting.
meeting_kind-plenary = Plenary meeting
meeting_kind-subgroup = Meeting of a subgroup

# States of a protocol.
protocol_state-draft = Draft
protocol_state-circulated = Circulated
protocol_state-approved = Approved

# Precision of a date.
precision-day = Day
precision-month = Month
precision-quarter = Quarter
precision-half_year = Half-year
precision-year = Year

# States of a translation.
translation_state-human = Translated by a person
translation_state-machine = Machine translation
translation_state-unreviewed = Not yet checked by a native reader
translation_state-missing = No translation yet

# What somebody is to an item.
relation-anonymous = Anybody, and administrators
relation-member = Any account
relation-addressed = The bodies named
relation-secretariat = Secretariat
relation-submitter = Submitter

# Vocabularies.
vocabulary-themes = Themes
vocabulary-legal_refs = Legal references
vocabulary-groups = Groups of people concerned
vocabulary-sdg_targets = Targets of the Sustainable Development Goals
vocabulary-mechanisms = Mechanisms
vocabulary-findings = Findings, with the words of other scales
vocabulary-law_stages = Stages of a law

# What an item waits for.
response_clock-review = Review by the secretariat
response_clock-answer = Answer of the lead body
response_clock-confirmation = Confirmation by the lead body

# How far silence has escalated, and what was done.
response_step-due_soon = Due soon
response_step-overdue = Overdue
response_step-letter_drafted = Letter to the head of the body drafted
response_step-listed_for_meeting = Listed for the next meeting
response_step-letter_sent = Letter sent

# What an item is in lists by facets: marked by the secretariat or not, past its deadline or not, who reads its text.
priority-false = No priority
priority-true = Priority
overdue-false = Not overdue
overdue-true = Overdue
text_level-own = The filing organisations alone
text_level-secretariat = As far as the secretariat
text_level-addressed = As far as the bodies named
text_level-members = As far as every account
text_level-public = Everybody
