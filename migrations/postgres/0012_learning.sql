-- How somebody reads, and what comes back to them after they have finished.

-- やさしい日本語: course texts and the policy in plain Japanese where there is one.
ALTER TABLE preference ADD COLUMN easy BOOLEAN NOT NULL DEFAULT FALSE;

-- The kinds of work in whose words the attempt is shown, best first, as they were when it began; '' is nobody's in particular.
ALTER TABLE attempt ADD COLUMN role TEXT NOT NULL DEFAULT '';

-- Recall cards that were answered. When a card is due follows from the day on which the attempt was finished.
CREATE TABLE recall_answer (
    attempt_id  TEXT        NOT NULL REFERENCES attempt (id),
    number      BIGINT      NOT NULL CHECK (number BETWEEN 1 AND 4),
    staff_id    TEXT        NOT NULL REFERENCES staff (id),
    module_id   TEXT        NOT NULL,
    -- The text of the final test that the question is from, its family and its wording.
    revision    TEXT        NOT NULL REFERENCES content_revision (hash),
    family      TEXT        NOT NULL,
    variant     TEXT        NOT NULL,
    response    TEXT        NOT NULL,
    grade       BIGINT      NOT NULL,
    lang        TEXT        NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    leaf        BIGINT      NOT NULL,
    PRIMARY KEY (attempt_id, number)
);
CREATE INDEX recall_answer_staff ON recall_answer (staff_id);
CREATE INDEX recall_answer_leaf ON recall_answer (answered_at, leaf);

CREATE TRIGGER recall_answer_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON recall_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Cards that somebody put off, and on which day. Known to nobody else, so there is no leaf.
CREATE TABLE recall_put_off (
    attempt_id TEXT   NOT NULL REFERENCES attempt (id),
    number     BIGINT NOT NULL,
    put_off_on DATE   NOT NULL,
    staff_id   TEXT   NOT NULL REFERENCES staff (id),
    PRIMARY KEY (attempt_id, number, put_off_on)
);
CREATE INDEX recall_put_off_staff ON recall_put_off (staff_id);
