-- What there is to do on the texts of items in languages other than the original's, a row each, in the order in which
-- the translation desk goes through them: open before ended, public before what fewer read, what the secretariat
-- marked before the rest, then what entered the register first. It stands apart, as `item_sort_key` does, because
-- reading an item needs none of it, and a column added behind `content` would be read past all texts.
CREATE TABLE item_translation_gap (
    gap {text} NOT NULL,
    place {text} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    PRIMARY KEY (gap, place, item_id)
) {strict}
;;
CREATE INDEX item_translation_gap_item ON item_translation_gap (item_id, gap)
;;
-- sqlite
INSERT INTO item_translation_gap (gap, place, item_id)
SELECT gap.language || '.' || gap.lack,
    CASE WHEN item.status IN ('submitted', 'returned', 'registered', 'announced', 'under_review', 'accepted',
        'partly_accepted', 'planned', 'in_progress', 'reported_done') THEN '0' ELSE '1' END
        || CASE WHEN item.text_level = 4 THEN '0' ELSE '1' END
        || CASE WHEN item.priority THEN '0' ELSE '1' END
        || item.entered_on,
    item.id
FROM item
JOIN (
    SELECT language.tag AS language, language.place AS place, lack.lack AS lack
    FROM (SELECT 'kk' AS tag, 0 AS place UNION ALL SELECT 'ru', 1 UNION ALL SELECT 'en', 2) language,
        (SELECT 'missing' AS lack UNION ALL SELECT 'machine' UNION ALL SELECT 'unreviewed' UNION ALL SELECT 'stale') lack
) gap
WHERE gap.language <> item.original_language AND CASE gap.lack
    WHEN 'missing' THEN EXISTS (
        SELECT 1 FROM (SELECT 'title' AS name UNION ALL SELECT 'summary' UNION ALL SELECT 'grounds'
            UNION ALL SELECT 'expected_result' UNION ALL SELECT 'completion_form') field
        WHERE json_extract(item.content, '$.' || field.name || '.' || gap.language) IS NULL
            AND COALESCE(json_extract(item.content, '$.' || field.name || '.kk'),
                json_extract(item.content, '$.' || field.name || '.ru'),
                json_extract(item.content, '$.' || field.name || '.en')) IS NOT NULL)
    -- A letter a language, with a mark behind it where it is stale: 'h m! -'.
    WHEN 'stale' THEN instr(
        json_extract('["' || replace(json_extract(item.content, '$.translations'), ' ', '","') || '"]',
            '$[' || gap.place || ']'), '!') > 0
    ELSE substr(
        json_extract('["' || replace(json_extract(item.content, '$.translations'), ' ', '","') || '"]',
            '$[' || gap.place || ']'), 1, 1) = substr(gap.lack, 1, 1)
    END
;;
-- postgres
INSERT INTO item_translation_gap (gap, place, item_id)
SELECT gap.language || '.' || gap.lack,
    CASE WHEN item.status IN ('submitted', 'returned', 'registered', 'announced', 'under_review', 'accepted',
        'partly_accepted', 'planned', 'in_progress', 'reported_done') THEN '0' ELSE '1' END
        || CASE WHEN item.text_level = 4 THEN '0' ELSE '1' END
        || CASE WHEN item.priority THEN '0' ELSE '1' END
        || item.entered_on,
    item.id
FROM (SELECT *, CAST(content AS jsonb) AS said FROM item) item
CROSS JOIN (VALUES ('kk', 1), ('ru', 2), ('en', 3)) AS language (tag, place)
CROSS JOIN (VALUES ('missing'), ('machine'), ('unreviewed'), ('stale')) AS lack (name)
CROSS JOIN LATERAL (SELECT language.tag AS language, lack.name AS lack,
    split_part(item.said ->> 'translations', ' ', language.place) AS state) gap
WHERE gap.language <> item.original_language AND CASE gap.lack
    WHEN 'missing' THEN EXISTS (
        SELECT 1 FROM (VALUES ('title'), ('summary'), ('grounds'), ('expected_result'), ('completion_form'))
            AS field (name)
        WHERE item.said -> field.name ->> gap.language IS NULL
            AND COALESCE(item.said -> field.name ->> 'kk', item.said -> field.name ->> 'ru',
                item.said -> field.name ->> 'en') IS NOT NULL)
    WHEN 'stale' THEN gap.state LIKE '%!'
    ELSE substr(gap.state, 1, 1) = substr(gap.lack, 1, 1)
    END
;;
