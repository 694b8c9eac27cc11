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
    asked_at     TIMESTAMPTZ NOT NULL,
    leaf         BIGINT NOT NULL,
    -- Who makes it, and until when it is theirs: whoever dies leaves a lease that ends.
    attempts     BIGINT NOT NULL,
    holder       TEXT,
    lease_until  TIMESTAMPTZ,
    steps_done   BIGINT NOT NULL,
    steps        BIGINT NOT NULL,
    -- At most one of the three.
    finished_at  TIMESTAMPTZ,
    failed_at    TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    -- Of what was finished.
    file_name    TEXT,
    file_size    BIGINT,
    sha256       TEXT,
    -- Of what failed: a word that exports/state.rs reads.
    failure      TEXT,
    -- The file is gone; what it was stays known.
    removed_at   TIMESTAMPTZ,
    removed_by   TEXT REFERENCES staff (id),
    removed_why  TEXT
);
CREATE INDEX export_job_asked ON export_job (asked_at);
CREATE INDEX export_job_subject ON export_job (subject, asked_at);
CREATE INDEX export_job_sha256 ON export_job (sha256);
CREATE INDEX export_job_waiting ON export_job (asked_at, id) WHERE finished_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL;
