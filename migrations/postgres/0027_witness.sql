-- What witnesses (C2SP tlog-witness) said of checkpoints.

CREATE TABLE log_cosignature (
    log_id  TEXT   NOT NULL,
    size    BIGINT NOT NULL,
    -- The witness, by its verifier key.
    witness TEXT   NOT NULL,
    -- The signature lines as they came.
    lines   TEXT   NOT NULL,
    -- By the clock of the witness.
    at      TIMESTAMPTZ NOT NULL,
    -- By the clock of this machine.
    got_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (log_id, size, witness),
    FOREIGN KEY (log_id, size) REFERENCES log_checkpoint (log_id, size)
);

CREATE TRIGGER log_cosignature_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignature
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
