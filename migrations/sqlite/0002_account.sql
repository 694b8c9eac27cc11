-- Signing in: passwords, sessions, throttling, how somebody likes to read.

CREATE TABLE credential (
    staff_id        TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    password        TEXT,
    one_time_code   TEXT,
    code_expires_at TEXT,
    changed_at      TEXT NOT NULL,
    disabled_at     TEXT
) STRICT;

CREATE TABLE session (
    id             TEXT    NOT NULL PRIMARY KEY,
    staff_id       TEXT    NOT NULL REFERENCES staff (id),
    created_at     TEXT NOT NULL,
    last_seen_at   TEXT NOT NULL,
    ends_at        TEXT NOT NULL,
    idle_minutes   INTEGER  NOT NULL,
    shared         INTEGER NOT NULL CHECK (shared IN (0, 1)),
    authenticated_at TEXT NOT NULL,
    locked_at      TEXT,
    revoked_at     TEXT
) STRICT;
CREATE INDEX session_staff ON session (staff_id);

CREATE TABLE refresh_token (
    hash       TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    issued_at  TEXT NOT NULL,
    used_at    TEXT
) STRICT;
CREATE INDEX refresh_token_session ON refresh_token (session_id);

-- Failed sign-ins by account or address: how many, and until when the next has to wait.
CREATE TABLE throttle (
    subject       TEXT   NOT NULL PRIMARY KEY,
    failures      INTEGER NOT NULL,
    last_at       TEXT NOT NULL,
    blocked_until TEXT
) STRICT;

CREATE TABLE preference (
    staff_id  TEXT    NOT NULL PRIMARY KEY REFERENCES staff (id),
    lang      TEXT    NOT NULL,
    furigana  INTEGER NOT NULL CHECK (furigana IN (0, 1)),
    text_size TEXT    NOT NULL,
    calm      INTEGER NOT NULL CHECK (calm IN (0, 1))
) STRICT;
