-- The evidence log: an RFC 6962 Merkle tree over exact bytes, one log a fiscal year, and the signed checkpoints of it.

CREATE TABLE log_head (
    log_id    TEXT   NOT NULL PRIMARY KEY,
    size      INTEGER NOT NULL,
    frontier  BLOB  NOT NULL,
    last_at   TEXT NOT NULL,
    -- Size of the newest checkpoint: every leaf names it, and so cannot be older than it.
    signed    INTEGER NOT NULL
) STRICT;

CREATE TABLE log_leaf (
    log_id TEXT   NOT NULL,
    seq    INTEGER NOT NULL,
    kind   TEXT   NOT NULL,
    at     TEXT NOT NULL,
    obj    TEXT   NOT NULL,
    body   BLOB  NOT NULL,
    hash   BLOB  NOT NULL,
    PRIMARY KEY (log_id, seq)
) STRICT;
CREATE INDEX log_leaf_obj ON log_leaf (obj);

CREATE TABLE log_checkpoint (
    log_id  TEXT   NOT NULL,
    size    INTEGER NOT NULL,
    note    TEXT   NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (log_id, size)
) STRICT;

