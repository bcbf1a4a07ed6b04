-- What is fixed at first start (the ledger's origin, the host organisation, whether this is a demonstration).
CREATE TABLE setting (
    key {text} PRIMARY KEY NOT NULL,
    value {text} NOT NULL
) {strict}
;;
-- Code lists: themes, legal references, groups, development targets, mechanisms. `data` holds what a list has
-- beyond code and name.
CREATE TABLE vocabulary_term (
    vocabulary {text} NOT NULL,
    code {text} NOT NULL,
    place {int} NOT NULL,
    name {text} NOT NULL,
    data {text} NOT NULL,
    PRIMARY KEY (vocabulary, code)
) {strict}
;;
