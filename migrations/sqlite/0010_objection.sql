-- What somebody could not agree with on the page of an explanation, for the training office.

CREATE TABLE objection (
    id          TEXT NOT NULL PRIMARY KEY,
    module_id   TEXT NOT NULL,
    revision    TEXT NOT NULL REFERENCES content_revision (hash),
    place       TEXT NOT NULL,
    -- The answer that was explained, without words of one's own.
    response    TEXT NOT NULL,
    lang        TEXT NOT NULL,
    words       TEXT NOT NULL,
    -- Only where the person wanted to be named.
    staff_id    TEXT REFERENCES staff (id),
    -- The same for the same person and question; without a key outside the database it tells nobody who that is.
    mark        TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    leaf        INTEGER NOT NULL,
    -- Set together, once.
    answered_at TEXT,
    answered_by TEXT REFERENCES staff (id),
    reply       TEXT,
    answer_leaf INTEGER
) STRICT;
-- One open objection a person and question.
CREATE UNIQUE INDEX objection_open ON objection (mark) WHERE answered_at IS NULL;
CREATE INDEX objection_question ON objection (module_id, place, made_at);
CREATE INDEX objection_named ON objection (staff_id, answered_at);

CREATE TRIGGER objection_refuses_update BEFORE UPDATE ON objection
WHEN OLD.answered_at IS NOT NULL OR NEW.words <> OLD.words OR NEW.response <> OLD.response OR NEW.place <> OLD.place
     OR NEW.revision <> OLD.revision OR NEW.staff_id IS NOT OLD.staff_id OR NEW.leaf <> OLD.leaf
BEGIN SELECT RAISE(ABORT, 'objection is append-only'); END;

CREATE TRIGGER objection_refuses_delete BEFORE DELETE ON objection
BEGIN SELECT RAISE(ABORT, 'objection is append-only'); END;
