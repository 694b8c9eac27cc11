-- What a time stamp authority (RFC 3161) said of checkpoints, and the checkpoints that wait for it.

CREATE TABLE log_stamp (
    log_id    TEXT   NOT NULL,
    size      BIGINT NOT NULL,
    -- The reply as it came: its signature is over these bytes.
    reply     BYTEA  NOT NULL,
    -- By the clock of the authority.
    at        TIMESTAMPTZ NOT NULL,
    authority TEXT   NOT NULL,
    -- By the clock of this machine.
    got_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (log_id, size),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
);

CREATE TRIGGER log_stamp_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log_stamp
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Written with the checkpoint, gone with its stamp. The stamps of a log are asked for in the order of its checkpoints.
CREATE TABLE log_stamp_wait (
    log_id      TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    try_after   TIMESTAMPTZ NOT NULL,
    attempts    BIGINT NOT NULL,
    lease_until TIMESTAMPTZ,
    last_error  TEXT,
    PRIMARY KEY (log_id, size),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
);
