-- Departments, people, where they work and what they may do.

CREATE TABLE department (
    id        TEXT    NOT NULL PRIMARY KEY,
    code      TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    name_en   TEXT    NOT NULL,
    parent_id TEXT    REFERENCES department (id),
    -- The ids from the root down to this one, each followed by '/': a subtree is everything with the same beginning.
    path      TEXT    NOT NULL,
    position  INTEGER  NOT NULL,
    closed_on TEXT
) STRICT;
CREATE INDEX department_path ON department (path);

CREATE TABLE staff (
    id          TEXT NOT NULL PRIMARY KEY,
    staff_no    TEXT NOT NULL UNIQUE,
    family      TEXT NOT NULL,
    given       TEXT NOT NULL,
    family_kana TEXT NOT NULL,
    given_kana  TEXT NOT NULL,
    roman       TEXT NOT NULL,
    -- Collation key of the reading, made by the program: both engines then sort names alike.
    kana_key    BLOB NOT NULL,
    -- Folded number, names and readings, for searching.
    search      TEXT NOT NULL,
    profession  TEXT NOT NULL,
    employment  TEXT NOT NULL,
    joined_on   TEXT NOT NULL,
    -- First day on which the person no longer belongs to the hospital.
    left_on     TEXT
) STRICT;
CREATE INDEX staff_kana ON staff (kana_key, staff_no);

-- A person in a department from one day to the day before another. Several at once are allowed; one of them is the main one.
CREATE TABLE posting (
    id            TEXT    NOT NULL PRIMARY KEY,
    staff_id      TEXT    NOT NULL REFERENCES staff (id),
    department_id TEXT    NOT NULL REFERENCES department (id),
    from_on       TEXT    NOT NULL,
    to_on         TEXT,
    main          INTEGER NOT NULL CHECK (main IN (0, 1))
) STRICT;
CREATE INDEX posting_staff ON posting (staff_id, from_on);
CREATE INDEX posting_department ON posting (department_id, from_on);

CREATE TABLE leave_of_absence (
    id       TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    reason   TEXT NOT NULL,
    from_on  TEXT NOT NULL,
    to_on    TEXT
) STRICT;
CREATE INDEX leave_staff ON leave_of_absence (staff_id);

CREATE TABLE role_grant (
    id            TEXT NOT NULL PRIMARY KEY,
    staff_id      TEXT NOT NULL REFERENCES staff (id),
    role          TEXT NOT NULL,
    department_id TEXT REFERENCES department (id),
    granted_at    TEXT NOT NULL,
    revoked_at    TEXT
) STRICT;
CREATE INDEX role_grant_staff ON role_grant (staff_id);

-- A file that was read and compared, waiting for somebody to confirm it. Nothing else changes until then.
CREATE TABLE staff_import (
    id           TEXT NOT NULL PRIMARY KEY,
    made_by      TEXT NOT NULL REFERENCES staff (id),
    made_at      TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    plan         TEXT NOT NULL,
    confirmed_at TEXT
) STRICT;

-- What the hospital sets for itself: its name, help lines, contacts.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
