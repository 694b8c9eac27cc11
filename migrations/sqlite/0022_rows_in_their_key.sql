-- A report of everybody looks up the progress and the completion of each period by its id. Kept in the order of that key, a row is found in
-- one search instead of two: half the time of a count of fifty thousand people.

CREATE TABLE progress_in_key (
    period_id    TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    started_at   TEXT,
    -- A final test was missed for the first time.
    retry_at     TEXT,
    -- Every module is done; only the signature is missing.
    done_at      TEXT,
    recovered_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO progress_in_key (period_id, started_at, retry_at, done_at, recovered_at)
SELECT period_id, started_at, retry_at, done_at, recovered_at FROM progress ORDER BY period_id;
DROP TABLE progress;
ALTER TABLE progress_in_key RENAME TO progress;

CREATE TABLE completion_in_key (
    period_id    TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    number       TEXT NOT NULL UNIQUE,
    code         TEXT NOT NULL,
    completed_at TEXT NOT NULL,
    valid_until  TEXT,
    -- The name and the titles as they were on that day.
    name         TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    leaf         INTEGER NOT NULL,
    held_at      TEXT,
    way          TEXT NOT NULL DEFAULT 'here'
) STRICT, WITHOUT ROWID;
INSERT INTO completion_in_key (period_id, number, code, completed_at, valid_until, name, policy_version, leaf, held_at, way)
SELECT period_id, number, code, completed_at, valid_until, name, policy_version, leaf, held_at, way FROM completion ORDER BY period_id;
DROP TABLE completion;
ALTER TABLE completion_in_key RENAME TO completion;
CREATE TRIGGER completion_refuses_update BEFORE UPDATE ON completion
BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;
CREATE TRIGGER completion_refuses_delete BEFORE DELETE ON completion
BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;

-- What the log says of one thing is found without reading the log.
DROP INDEX log_leaf_obj;
CREATE INDEX log_leaf_obj ON log_leaf (obj, log_id, seq);
