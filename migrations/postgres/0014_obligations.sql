-- What is owed follows from a rule, and every change of it is a fact of its own: a date that moves, an obligation that ends or comes
-- back, an exception that was asked for and decided, a completion from a classroom, a completion that was wrong.

-- For whom, how often and by when (requirements/rule.rs reads it).
ALTER TABLE requirement ADD COLUMN rule TEXT NOT NULL DEFAULT '{"whom":{"named":true}}';
-- Whether one requirement gives somebody one period after another.
ALTER TABLE requirement ADD COLUMN recurs BOOLEAN NOT NULL DEFAULT FALSE;
DROP TRIGGER requirement_refuses_change ON requirement;
UPDATE requirement SET rule = '{"whom":{}}' WHERE whom = 'everybody';
UPDATE requirement SET rule = '{"whom":{"joined_from":"' || to_char(opens_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD') || '"}}' WHERE whom = 'joiners';
CREATE TRIGGER requirement_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON requirement
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE requirement DROP COLUMN whom;

-- The newest row holds.
CREATE TABLE requirement_change (
    requirement_id TEXT NOT NULL REFERENCES requirement (id),
    number         BIGINT NOT NULL,
    rule           TEXT NOT NULL,
    changed_by     TEXT NOT NULL REFERENCES staff (id),
    at             TIMESTAMPTZ NOT NULL,
    leaf           BIGINT NOT NULL,
    PRIMARY KEY (requirement_id, number)
);

-- Nobody new owes it from then on; who owes it already still does.
CREATE TABLE requirement_close (
    requirement_id TEXT NOT NULL PRIMARY KEY REFERENCES requirement (id),
    closed_by      TEXT NOT NULL REFERENCES staff (id),
    at             TIMESTAMPTZ NOT NULL,
    leaf           BIGINT NOT NULL
);

-- What is being written and binds nobody yet. It goes when it is opened or thrown away.
CREATE TABLE requirement_draft (
    id             TEXT NOT NULL PRIMARY KEY,
    -- The requirement whose rule it would change; none: it would be a new one.
    requirement_id TEXT REFERENCES requirement (id),
    body           TEXT NOT NULL,
    made_by        TEXT NOT NULL REFERENCES staff (id),
    made_at        TIMESTAMPTZ NOT NULL,
    version        BIGINT NOT NULL
);

-- By when it is owed and how long its completion counts, where that is no longer what it was. The newest row of an instant holds.
CREATE TABLE term_change (
    period_id   TEXT NOT NULL REFERENCES period (id),
    number      BIGINT NOT NULL,
    due_at      TIMESTAMPTZ NOT NULL,
    valid_until TIMESTAMPTZ,
    -- Why: extended, back from leave, another validity (requirements/term.rs reads it).
    reason      TEXT NOT NULL,
    -- The id of who did it; `system`: the rule.
    actor       TEXT NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    leaf        BIGINT NOT NULL,
    PRIMARY KEY (period_id, number)
);

-- A period is not owed from then on, or owed again. The newest row of an instant holds.
CREATE TABLE period_release (
    period_id TEXT NOT NULL REFERENCES period (id),
    number    BIGINT NOT NULL,
    owed      BOOLEAN NOT NULL,
    reason    TEXT NOT NULL,
    actor     TEXT NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    leaf      BIGINT NOT NULL,
    PRIMARY KEY (period_id, number)
);

-- Whom a rule has not fitted since that day. Not a fact: one wrong night in the staff list ends no obligation.
CREATE TABLE period_doubt (
    period_id TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    since_on  DATE NOT NULL
);

-- An exemption, an extension, another way of taking part, a correction: asked by one person, decided by another.
CREATE TABLE exception_request (
    id            TEXT NOT NULL PRIMARY KEY,
    period_id     TEXT NOT NULL REFERENCES period (id),
    kind          TEXT NOT NULL,
    words         TEXT NOT NULL,
    -- The first and the last day that were asked for, where the kind has them.
    from_on       DATE,
    until_on      DATE,
    asked_by      TEXT NOT NULL REFERENCES staff (id),
    asked_at      TIMESTAMPTZ NOT NULL,
    leaf          BIGINT NOT NULL,
    decided_by    TEXT REFERENCES staff (id),
    decided_at    TIMESTAMPTZ,
    granted       BOOLEAN,
    granted_until DATE,
    reply         TEXT,
    decision_leaf BIGINT,
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE INDEX exception_request_period ON exception_request (period_id);
CREATE INDEX exception_request_open ON exception_request (asked_at) WHERE decided_at IS NULL;

-- A completion that was wrong counts no more from then on, and its period with it; what is still owed gets a period of its own.
CREATE TABLE correction (
    period_id  TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    request_id TEXT NOT NULL REFERENCES exception_request (id),
    at         TIMESTAMPTZ NOT NULL,
    leaf       BIGINT NOT NULL
);

-- Attendance in a classroom or on paper, recorded by somebody else from a signed sheet.
CREATE TABLE attendance (
    period_id    TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    way          TEXT NOT NULL,
    held_on      DATE NOT NULL,
    sheet_name   TEXT NOT NULL,
    sheet_sha256 TEXT NOT NULL,
    recorded_by  TEXT NOT NULL REFERENCES staff (id),
    recorded_at  TIMESTAMPTZ NOT NULL,
    leaf         BIGINT NOT NULL
);
-- When it was held, where that is not when it was recorded: in time is who was there in time.
ALTER TABLE completion ADD COLUMN held_at TIMESTAMPTZ;
-- Whether it was signed here, in a classroom or on paper.
ALTER TABLE completion ADD COLUMN way TEXT NOT NULL DEFAULT 'here';

CREATE TRIGGER requirement_change_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON requirement_change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER requirement_close_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON requirement_close
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER term_change_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON term_change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER period_release_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON period_release
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER correction_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON correction
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER attendance_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exception_request_refuses_update BEFORE UPDATE ON exception_request
FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.period_id <> OLD.period_id OR NEW.kind <> OLD.kind OR NEW.words <> OLD.words
     OR NEW.from_on IS DISTINCT FROM OLD.from_on OR NEW.until_on IS DISTINCT FROM OLD.until_on OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at OR NEW.leaf <> OLD.leaf)
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exception_request_refuses_delete BEFORE DELETE OR TRUNCATE ON exception_request
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
