-- Whom an item waits for. The clock itself stands in the item's content; here are the days by which waiting items are
-- found, while they wait. `next_on` is the day of the first stage that was not recorded, empty once all were.
CREATE TABLE response_clock (
    item_id {uuid} PRIMARY KEY NOT NULL REFERENCES item (id),
    next_on {text},
    due_soon_on {text} NOT NULL,
    due_on {text} NOT NULL,
    letter_on {text} NOT NULL,
    meeting_on {text} NOT NULL
) {strict}
;;
CREATE INDEX response_clock_next ON response_clock (next_on, item_id)
;;
CREATE INDEX response_clock_due ON response_clock (due_on, item_id)
;;
-- What was reached of a wait, and that its letter was sent: each once for each clock. `due_on` is the day on which it
-- was to be (of a letter, the day it was sent), `recorded_on` the day it was recorded. Stages are recorded by the
-- program: they have no role and no organisation. `level` is who may read it.
CREATE TABLE response_step (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    position {int} NOT NULL,
    clock_id {uuid} NOT NULL,
    clock {text} NOT NULL CHECK (clock IN ('review', 'answer', 'confirmation')),
    started_on {text} NOT NULL,
    step {text} NOT NULL CHECK (
        step IN ('due_soon', 'overdue', 'letter_drafted', 'listed_for_meeting', 'letter_sent')
    ),
    due_on {text} NOT NULL,
    recorded_on {text} NOT NULL,
    role {text},
    organisation_id {uuid} REFERENCES organisation (id),
    level {small} NOT NULL CHECK (level BETWEEN 0 AND 4),
    UNIQUE (clock_id, step)
) {strict}
;;
CREATE INDEX response_step_item ON response_step (item_id, position)
;;
