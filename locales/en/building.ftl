# Making a meeting: agenda, decisions, protocol.
building-new = New meeting
building-title = Agenda and protocol
building-details = Details of the meeting
building-code_hint = Capital letters, digits and hyphens, such as MT-2026-02.
building-up = Up
building-down = Down
building-remove = Remove
building-edit_line = Edit the line and its protocol
building-items_hint = Numbers of items, separated by commas: P-2026-0004, C-2026-0001.
building-decision = Record a decision under this line
building-decision_alone = Record a decision under no line
building-decision_hint = It becomes an announced commitment of that body when the protocol is approved, and carries out the items of this line.
building-decide = Record the decision
building-decision_word = Decision
building-implements = Carries out
building-line = Add a line to the agenda
building-add = Add it
building-carry = Left open by earlier meetings
building-put = Put it on the agenda
building-attended = { $count ->
    [one] { $number } organisation took part
    *[other] { $number } organisations took part
    }
building-circulate = Circulate it
building-circulate_hint = Those who took part read it then and may object until this day.
building-approve = Approve it
building-approve_hint = Approving publishes the decisions and makes a commitment of each. It cannot be taken back.
building-take_back = Take it back to the draft
building-objections = Objections
building-answer = Answer to the objection
building-outcome = What becomes of it
done-meeting = The meeting is changed.
field_name-code = Code
field_name-held_on = Day
field_name-held_until = Last day, if several
field_name-items = Items
field_name-protocol_text = What the protocol says
field_name-text = Text
field_name-implements = Items that it carries out
field_name-objections_until = Objections until
field_name-outcome = What becomes of it
field_name-answer = Answer

# The circulated protocol.
protocol-title = Read the protocol and object
protocol-own = What your organisation objected
protocol-object = Object
protocol-about = What it is about
protocol-whole = The protocol as a whole
protocol-text = What is not right
protocol-name = Let the secretariat know the name of my organisation
done-objected = Your objection is with the secretariat. It must be answered before the protocol is approved.
