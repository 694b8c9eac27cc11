-- The evidence log: an RFC 6962 Merkle tree over exact bytes, one log a fiscal year, and the signed checkpoints of it.

CREATE TABLE log_head (
    log_id    TEXT   NOT NULL PRIMARY KEY,
    size      BIGINT NOT NULL,
    frontier  BYTEA  NOT NULL,
    last_at   TIMESTAMPTZ NOT NULL,
    -- Size of the newest checkpoint: every leaf names it, and so cannot be older than it.
    signed    BIGINT NOT NULL
);

CREATE TABLE log_leaf (
    log_id TEXT   NOT NULL,
    seq    BIGINT NOT NULL,
    kind   TEXT   NOT NULL,
    at     TIMESTAMPTZ NOT NULL,
    obj    TEXT   NOT NULL,
    body   BYTEA  NOT NULL,
    hash   BYTEA  NOT NULL,
    PRIMARY KEY (log_id, seq)
);
CREATE INDEX log_leaf_obj ON log_leaf (obj);

CREATE TABLE log_checkpoint (
    log_id  TEXT   NOT NULL,
    size    BIGINT NOT NULL,
    note    TEXT   NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (log_id, size)
);

