-- Auditors are sent the newest checkpoint of the evidence log once a day. SQLite cannot alter a check, so the table is written anew.
CREATE TABLE outbox_next (
    id           TEXT    NOT NULL PRIMARY KEY,
    -- What makes it this mail and no other, such as reminder/PERIOD/STEP/DAY.
    key          TEXT    NOT NULL UNIQUE,
    message_id   TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('reminder', 'digest', 'checkpoint')),
    staff_id     TEXT    NOT NULL REFERENCES staff (id),
    period_id    TEXT    REFERENCES period (id),
    -- Emptied some time after the mail was sent; so are subject and body.
    address      TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    made_at      TEXT    NOT NULL,
    send_after   TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    lease_until  TEXT,
    -- At most one of the three: it was sent, it was given up, it is no longer to be sent.
    sent_at      TEXT,
    failed_at    TEXT,
    withdrawn_at TEXT,
    last_error   TEXT
) STRICT;
INSERT INTO outbox_next SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (send_after, id) WHERE sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX outbox_period ON outbox (period_id);
CREATE INDEX outbox_failed ON outbox (failed_at);
