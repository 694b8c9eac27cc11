-- What witnesses (C2SP tlog-witness) said of checkpoints.

CREATE TABLE log_cosignature (
    log_id  TEXT    NOT NULL,
    size    INTEGER NOT NULL,
    -- The witness, by its verifier key.
    witness TEXT    NOT NULL,
    -- The signature lines as they came.
    lines   TEXT    NOT NULL,
    -- By the clock of the witness.
    at      TEXT    NOT NULL,
    -- By the clock of this machine.
    got_at  TEXT    NOT NULL,
    PRIMARY KEY (log_id, size, witness),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
) STRICT;

CREATE TRIGGER log_cosignature_refuses_update BEFORE UPDATE ON log_cosignature
BEGIN SELECT RAISE(ABORT, 'log_cosignature is append-only'); END;

CREATE TRIGGER log_cosignature_refuses_delete BEFORE DELETE ON log_cosignature
BEGIN SELECT RAISE(ABORT, 'log_cosignature is append-only'); END;
