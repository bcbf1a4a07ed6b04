-- That those who write a draft were told of its end: when nobody touches it then either, it is deleted.
CREATE TABLE draft_notice (
    item_id {uuid} PRIMARY KEY NOT NULL REFERENCES item (id),
    told_at {int} NOT NULL
) {strict}
;;
CREATE INDEX notification_at ON notification (at)
