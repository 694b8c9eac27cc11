-- What a time stamp authority (RFC 3161) said of checkpoints, and the checkpoints that wait for it.

CREATE TABLE log_stamp (
    log_id    TEXT    NOT NULL,
    size      INTEGER NOT NULL,
    -- The reply as it came: its signature is over these bytes.
    reply     BLOB    NOT NULL,
    -- By the clock of the authority.
    at        TEXT    NOT NULL,
    authority TEXT    NOT NULL,
    -- By the clock of this machine.
    got_at    TEXT    NOT NULL,
    PRIMARY KEY (log_id, size),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
) STRICT;

CREATE TRIGGER log_stamp_refuses_update BEFORE UPDATE ON log_stamp
BEGIN SELECT RAISE(ABORT, 'log_stamp is append-only'); END;

CREATE TRIGGER log_stamp_refuses_delete BEFORE DELETE ON log_stamp
BEGIN SELECT RAISE(ABORT, 'log_stamp is append-only'); END;

-- Written with the checkpoint, gone with its stamp. The stamps of a log are asked for in the order of its checkpoints.
CREATE TABLE log_stamp_wait (
    log_id      TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    since       TEXT    NOT NULL,
    try_after   TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    lease_until TEXT,
    last_error  TEXT,
    PRIMARY KEY (log_id, size),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
) STRICT;
