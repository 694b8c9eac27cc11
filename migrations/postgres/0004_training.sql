-- What was shown, what was answered, what was signed, what was completed.

-- Content as it was: canonical text under its own SHA-256. Nothing here is ever edited.
CREATE TABLE content_revision (
    hash         TEXT NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    content_id   TEXT NOT NULL,
    body         TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    leaf         BIGINT NOT NULL
);
CREATE INDEX content_revision_content ON content_revision (kind, content_id, published_at);

-- The facts from which a period's status follows. Each is set once and stays.
CREATE TABLE progress (
    period_id    TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    started_at   TIMESTAMPTZ,
    -- A final test was missed for the first time.
    retry_at     TIMESTAMPTZ,
    -- Every module is done; only the signature is missing.
    done_at      TIMESTAMPTZ,
    completed_at TIMESTAMPTZ
);

CREATE TABLE attempt (
    id          TEXT   NOT NULL PRIMARY KEY,
    period_id   TEXT   NOT NULL REFERENCES period (id),
    module_id   TEXT   NOT NULL,
    revision    TEXT   NOT NULL REFERENCES content_revision (hash),
    seed        BIGINT NOT NULL,
    -- The step that is asked next. An answer names the step it answers; only this one is taken.
    turn        BIGINT NOT NULL,
    started_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    leaf        BIGINT NOT NULL,
    UNIQUE (period_id, module_id)
);

CREATE TABLE answer (
    attempt_id  TEXT    NOT NULL REFERENCES attempt (id),
    turn        BIGINT  NOT NULL,
    place       TEXT    NOT NULL,
    response    TEXT    NOT NULL,
    grade       BIGINT,
    points      BIGINT  NOT NULL,
    out_of      BIGINT  NOT NULL,
    -- The first answer to this place in this attempt: the one that statistics use.
    first       BOOLEAN NOT NULL,
    lang        TEXT    NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    leaf        BIGINT  NOT NULL,
    PRIMARY KEY (attempt_id, turn)
);

-- Words that somebody has begun to write. Kept only for them.
CREATE TABLE draft (
    attempt_id TEXT NOT NULL REFERENCES attempt (id),
    turn       BIGINT NOT NULL,
    body       TEXT NOT NULL,
    saved_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (attempt_id, turn)
);

CREATE TABLE attestation (
    id         TEXT NOT NULL PRIMARY KEY,
    period_id  TEXT NOT NULL UNIQUE REFERENCES period (id),
    policy     TEXT NOT NULL REFERENCES content_revision (hash),
    -- The statements as they stood on the screen, in the language shown.
    statements TEXT NOT NULL,
    lang       TEXT NOT NULL,
    signed_at  TIMESTAMPTZ NOT NULL,
    method     TEXT NOT NULL,
    session_id TEXT NOT NULL,
    leaf       BIGINT NOT NULL
);

CREATE TABLE completion (
    period_id    TEXT NOT NULL PRIMARY KEY REFERENCES period (id),
    number       TEXT NOT NULL UNIQUE,
    code         TEXT NOT NULL,
    completed_at TIMESTAMPTZ NOT NULL,
    valid_until  TIMESTAMPTZ,
    -- The name and the titles as they were on that day.
    name         TEXT NOT NULL,
    policy_version BIGINT NOT NULL,
    leaf         BIGINT NOT NULL
);

CREATE TABLE certificate_series (
    series TEXT   NOT NULL PRIMARY KEY,
    last   BIGINT NOT NULL
);
