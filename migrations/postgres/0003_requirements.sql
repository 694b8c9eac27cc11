-- Who owes what, how often, until when.

CREATE TABLE requirement (
    id           TEXT   NOT NULL PRIMARY KEY,
    code         TEXT   NOT NULL UNIQUE,
    title        TEXT   NOT NULL,
    title_en     TEXT   NOT NULL,
    -- Why the hospital asks for it, in its own words, for reports and inspections.
    basis        TEXT   NOT NULL,
    basis_en     TEXT   NOT NULL,
    course       TEXT   NOT NULL,
    fiscal_year  BIGINT NOT NULL,
    opens_at     TIMESTAMPTZ NOT NULL,
    -- The first instant that is too late: a due date ends at 24:00 in the hospital's zone.
    due_at       TIMESTAMPTZ NOT NULL,
    -- The first instant at which a completion no longer counts; empty = for ever.
    valid_until  TIMESTAMPTZ
);

CREATE TABLE requirement_module (
    requirement_id TEXT   NOT NULL REFERENCES requirement (id),
    module_id      TEXT   NOT NULL,
    position       BIGINT NOT NULL,
    PRIMARY KEY (requirement_id, module_id)
);

-- One person, one requirement, one cycle. Never reset, never reused.
CREATE TABLE period (
    id             TEXT   NOT NULL PRIMARY KEY,
    staff_id       TEXT   NOT NULL REFERENCES staff (id),
    requirement_id TEXT   NOT NULL REFERENCES requirement (id),
    cycle          BIGINT NOT NULL,
    assigned_at    TIMESTAMPTZ NOT NULL,
    due_at         TIMESTAMPTZ NOT NULL,
    -- Which rule made this obligation and its date: read back to whoever asks why.
    reason         TEXT   NOT NULL,
    leaf           BIGINT NOT NULL,
    UNIQUE (staff_id, requirement_id, cycle)
);
CREATE INDEX period_requirement ON period (requirement_id, staff_id);

CREATE TABLE exemption (
    id           TEXT NOT NULL PRIMARY KEY,
    period_id    TEXT NOT NULL REFERENCES period (id),
    reason       TEXT NOT NULL,
    asked_by     TEXT NOT NULL REFERENCES staff (id),
    approved_by  TEXT NOT NULL REFERENCES staff (id),
    from_at      TIMESTAMPTZ NOT NULL,
    until_at     TIMESTAMPTZ NOT NULL,
    leaf         BIGINT NOT NULL,
    CHECK (asked_by <> approved_by)
);
CREATE INDEX exemption_period ON exemption (period_id);
