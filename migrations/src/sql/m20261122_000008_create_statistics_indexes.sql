-- Lists behind the numbers of statistics: when items reached a status, which deadlines were changed, and which are
-- later than at first publication. Whoever may read of an event is in the index, so that others are not read.
CREATE INDEX status_change_reached ON status_change (to_status, as_of, as_of_precision, level, item_id)
;;
CREATE INDEX deadline_revision_level ON deadline_revision (level, item_id)
;;
CREATE INDEX item_slipped ON item (id, text_level) WHERE due_on > original_due_on
;;
