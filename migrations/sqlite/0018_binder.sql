-- Files that take long to make: who asked for what, how far it is, and what became of it.

CREATE TABLE export_job (
    id           TEXT    NOT NULL PRIMARY KEY,
    -- The form that asked: sent twice, it asks once.
    form         TEXT    NOT NULL UNIQUE,
    kind         TEXT    NOT NULL CHECK (kind IN ('binder', 'people')),
    -- The requirement that it is about.
    subject      TEXT    NOT NULL REFERENCES requirement (id),
    -- Everything that the file is made from beside the records, as JSON. Whoever makes it again makes the same file.
    asked        TEXT    NOT NULL,
    asked_by     TEXT    NOT NULL REFERENCES staff (id),
    asked_at     TEXT    NOT NULL,
    leaf         INTEGER NOT NULL,
    -- Who makes it, and until when it is theirs: whoever dies leaves a lease that ends.
    attempts     INTEGER NOT NULL,
    holder       TEXT,
    lease_until  TEXT,
    steps_done   INTEGER NOT NULL,
    steps        INTEGER NOT NULL,
    -- At most one of the three.
    finished_at  TEXT,
    failed_at    TEXT,
    withdrawn_at TEXT,
    -- Of what was finished.
    file_name    TEXT,
    file_size    INTEGER,
    sha256       TEXT,
    -- Of what failed: a word that exports/state.rs reads.
    failure      TEXT,
    -- The file is gone; what it was stays known.
    removed_at   TEXT,
    removed_by   TEXT REFERENCES staff (id),
    removed_why  TEXT
) STRICT;
CREATE INDEX export_job_asked ON export_job (asked_at);
CREATE INDEX export_job_subject ON export_job (subject, asked_at);
CREATE INDEX export_job_sha256 ON export_job (sha256);
CREATE INDEX export_job_waiting ON export_job (asked_at, id) WHERE finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL;
