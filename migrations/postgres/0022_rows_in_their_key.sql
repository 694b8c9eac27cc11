-- SQLite keeps the rows of two tables in the order of their key from here on. PostgreSQL reads such tables as a whole and joins them in
-- memory, so nothing is to be done here.
SELECT 1;
