-- Whom an id names, as the log was told: leaves hold ids and no names, and without this two names could be exchanged beside the log.
-- The leaf holds the hash of salt and words. Both are emptied when a person is erased; the hash stays and says nothing any more.

CREATE TABLE identity (
    staff_id TEXT   NOT NULL REFERENCES staff (id),
    log_id   TEXT   NOT NULL,
    leaf     INTEGER NOT NULL,
    at       TEXT NOT NULL,
    actor    TEXT   NOT NULL,
    who      TEXT   NOT NULL,
    salt     TEXT   NOT NULL,
    -- Number and name as canonical JSON.
    told     TEXT   NOT NULL,
    PRIMARY KEY (log_id, leaf)
) STRICT;
CREATE INDEX identity_staff ON identity (staff_id, at, leaf);

CREATE TRIGGER identity_refuses_update BEFORE UPDATE ON identity
WHEN NEW.salt <> '' OR NEW.told <> ''
     OR (NEW.staff_id, NEW.log_id, NEW.leaf, NEW.at, NEW.actor, NEW.who)
        IS NOT (OLD.staff_id, OLD.log_id, OLD.leaf, OLD.at, OLD.actor, OLD.who)
BEGIN SELECT RAISE(ABORT, 'identity is append-only'); END;

CREATE TRIGGER identity_refuses_delete BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'identity is append-only'); END;
