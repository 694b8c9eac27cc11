-- A training year is opened once and never altered: what was asked of whom, and until when, stays as it was.

-- Who owes it: everybody in post, joiners (whoever comes from the day it opens), or named (whom somebody gave it to, one by one).
ALTER TABLE requirement ADD COLUMN whom TEXT NOT NULL DEFAULT 'named';
UPDATE requirement SET whom = 'everybody' WHERE code = 'sns-' || CAST(fiscal_year AS TEXT);
UPDATE requirement SET whom = 'joiners' WHERE code = 'sns-join-' || CAST(fiscal_year AS TEXT);

CREATE TRIGGER requirement_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON requirement
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER requirement_module_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON requirement_module
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
