-- Who opened the record of somebody else. One leaf an hour binds all that were opened since the one before.

CREATE TABLE reading_digest (
    id     TEXT   NOT NULL PRIMARY KEY,
    at     TIMESTAMPTZ NOT NULL,
    number BIGINT NOT NULL,
    sha256 TEXT   NOT NULL,
    leaf   BIGINT NOT NULL
);
CREATE INDEX reading_digest_at ON reading_digest (at);

CREATE TABLE reading (
    id         TEXT NOT NULL PRIMARY KEY,
    at         TIMESTAMPTZ NOT NULL,
    reader_id  TEXT NOT NULL REFERENCES staff (id),
    subject_id TEXT NOT NULL REFERENCES staff (id),
    -- Which page of theirs.
    page       TEXT NOT NULL CHECK (page IN ('team', 'office', 'record', 'audit')),
    -- None until the next leaf.
    digest_id  TEXT REFERENCES reading_digest (id)
);
CREATE INDEX reading_subject ON reading (subject_id, id);
CREATE INDEX reading_reader ON reading (reader_id, id);
CREATE INDEX reading_digested ON reading (digest_id, id);

CREATE TRIGGER reading_refuses_update BEFORE UPDATE ON reading FOR EACH ROW
WHEN (OLD.digest_id IS NOT NULL
      OR (NEW.id, NEW.at, NEW.reader_id, NEW.subject_id, NEW.page)
         IS DISTINCT FROM (OLD.id, OLD.at, OLD.reader_id, OLD.subject_id, OLD.page))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reading_refuses_delete BEFORE DELETE OR TRUNCATE ON reading
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reading_digest_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON reading_digest
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
