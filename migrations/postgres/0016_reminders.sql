-- Who was reminded of what, the mail that waits to be sent, and who spoke to whom.

-- The address at work; empty where the hospital has given none. Never a private one.
ALTER TABLE staff ADD COLUMN mail TEXT NOT NULL DEFAULT '';

-- A step of the ladder that was decided. Its key is what keeps a crash or two servers from deciding twice.
CREATE TABLE reminder (
    period_id  TEXT NOT NULL REFERENCES period (id),
    step       TEXT NOT NULL,
    -- The last day from which the step was reckoned: a due date that moves begins the steps again.
    due_on     DATE NOT NULL,
    staff_id   TEXT NOT NULL REFERENCES staff (id),
    planned_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    -- mail, or page: shown on the first page after sign-in.
    way        TEXT NOT NULL CHECK (way IN ('mail', 'page')),
    PRIMARY KEY (period_id, step, due_on)
);
CREATE INDEX reminder_staff ON reminder (staff_id, decided_at);

CREATE TRIGGER reminder_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON reminder
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Mail on its way, written in the transaction that decided it. Sent at least once, always with the same Message-ID.
CREATE TABLE outbox (
    id           TEXT    NOT NULL PRIMARY KEY,
    -- What makes it this mail and no other, such as reminder/PERIOD/STEP/DAY.
    key          TEXT    NOT NULL UNIQUE,
    message_id   TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('reminder', 'digest')),
    staff_id     TEXT    NOT NULL REFERENCES staff (id),
    period_id    TEXT    REFERENCES period (id),
    -- Emptied some time after the mail was sent; so are subject and body.
    address      TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    made_at      TIMESTAMPTZ    NOT NULL,
    send_after   TIMESTAMPTZ    NOT NULL,
    attempts     BIGINT NOT NULL,
    lease_until  TIMESTAMPTZ,
    -- At most one of the three: it was sent, it was given up, it is no longer to be sent.
    sent_at      TIMESTAMPTZ,
    failed_at    TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    last_error   TEXT
);
CREATE INDEX outbox_waiting ON outbox (send_after, id) WHERE sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX outbox_period ON outbox (period_id);
CREATE INDEX outbox_failed ON outbox (failed_at);

-- 声かけ記録: who spoke to whom, how, what came of it, and when they will speak again.
CREATE TABLE follow_up (
    id        TEXT    NOT NULL PRIMARY KEY,
    staff_id  TEXT    NOT NULL REFERENCES staff (id),
    by_id     TEXT    NOT NULL REFERENCES staff (id),
    spoken_on DATE    NOT NULL,
    way       TEXT    NOT NULL,
    words     TEXT    NOT NULL,
    next_on   DATE,
    made_at   TIMESTAMPTZ    NOT NULL,
    leaf      BIGINT NOT NULL
);
CREATE INDEX follow_up_staff ON follow_up (staff_id, made_at);

CREATE TRIGGER follow_up_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON follow_up
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
