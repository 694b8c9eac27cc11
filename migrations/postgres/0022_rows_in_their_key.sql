-- SQLite keeps the rows of two tables in the order of their key from here on. PostgreSQL reads such tables as a whole and joins them in
-- memory, so nothing is to be done about them here.

-- What the log says of one thing is found without reading the log.
DROP INDEX log_leaf_obj;
CREATE INDEX log_leaf_obj ON log_leaf (obj, log_id, seq);
