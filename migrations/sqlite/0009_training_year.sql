-- A training year is opened once and never altered: what was asked of whom, and until when, stays as it was.

-- Who owes it: everybody in post, joiners (whoever comes from the day it opens), or named (whom somebody gave it to, one by one).
ALTER TABLE requirement ADD COLUMN whom TEXT NOT NULL DEFAULT 'named';
UPDATE requirement SET whom = 'everybody' WHERE code = 'sns-' || CAST(fiscal_year AS TEXT);
UPDATE requirement SET whom = 'joiners' WHERE code = 'sns-join-' || CAST(fiscal_year AS TEXT);

CREATE TRIGGER requirement_refuses_update BEFORE UPDATE ON requirement
BEGIN SELECT RAISE(ABORT, 'requirement is append-only'); END;

CREATE TRIGGER requirement_refuses_delete BEFORE DELETE ON requirement
BEGIN SELECT RAISE(ABORT, 'requirement is append-only'); END;

CREATE TRIGGER requirement_module_refuses_update BEFORE UPDATE ON requirement_module
BEGIN SELECT RAISE(ABORT, 'requirement_module is append-only'); END;

CREATE TRIGGER requirement_module_refuses_delete BEFORE DELETE ON requirement_module
BEGIN SELECT RAISE(ABORT, 'requirement_module is append-only'); END;
