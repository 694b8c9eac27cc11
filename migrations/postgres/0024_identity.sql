-- Whom an id names, as the log was told: leaves hold ids and no names, and without this two names could be exchanged beside the log.
-- The leaf holds the hash of salt and words. Both are emptied when a person is erased; the hash stays and says nothing any more.

CREATE TABLE identity (
    staff_id TEXT   NOT NULL REFERENCES staff (id),
    log_id   TEXT   NOT NULL,
    leaf     BIGINT NOT NULL,
    at       TIMESTAMPTZ NOT NULL,
    actor    TEXT   NOT NULL,
    who      TEXT   NOT NULL,
    salt     TEXT   NOT NULL,
    -- Number and name as canonical JSON.
    told     TEXT   NOT NULL,
    PRIMARY KEY (log_id, leaf)
);
CREATE INDEX identity_staff ON identity (staff_id, at, leaf);

CREATE TRIGGER identity_refuses_update BEFORE UPDATE ON identity FOR EACH ROW
WHEN (NEW.salt <> '' OR NEW.told <> ''
      OR (NEW.staff_id, NEW.log_id, NEW.leaf, NEW.at, NEW.actor, NEW.who)
         IS DISTINCT FROM (OLD.staff_id, OLD.log_id, OLD.leaf, OLD.at, OLD.actor, OLD.who))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER identity_refuses_delete BEFORE DELETE OR TRUNCATE ON identity
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
