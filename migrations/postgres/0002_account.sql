-- Signing in: passwords, sessions, throttling, how somebody likes to read.

CREATE TABLE credential (
    staff_id        TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    password        TEXT,
    one_time_code   TEXT,
    code_expires_at TIMESTAMPTZ,
    changed_at      TIMESTAMPTZ NOT NULL,
    disabled_at     TIMESTAMPTZ
);

CREATE TABLE session (
    id             TEXT    NOT NULL PRIMARY KEY,
    staff_id       TEXT    NOT NULL REFERENCES staff (id),
    created_at     TIMESTAMPTZ NOT NULL,
    last_seen_at   TIMESTAMPTZ NOT NULL,
    ends_at        TIMESTAMPTZ NOT NULL,
    idle_minutes   BIGINT  NOT NULL,
    shared         BOOLEAN NOT NULL,
    authenticated_at TIMESTAMPTZ NOT NULL,
    locked_at      TIMESTAMPTZ,
    revoked_at     TIMESTAMPTZ
);
CREATE INDEX session_staff ON session (staff_id);

CREATE TABLE refresh_token (
    hash       TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    issued_at  TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);

-- Failed sign-ins by account or address: how many, and until when the next has to wait.
CREATE TABLE throttle (
    subject       TEXT   NOT NULL PRIMARY KEY,
    failures      BIGINT NOT NULL,
    last_at       TIMESTAMPTZ NOT NULL,
    blocked_until TIMESTAMPTZ
);

CREATE TABLE preference (
    staff_id  TEXT    NOT NULL PRIMARY KEY REFERENCES staff (id),
    lang      TEXT    NOT NULL,
    furigana  BOOLEAN NOT NULL,
    text_size TEXT    NOT NULL,
    calm      BOOLEAN NOT NULL
);
