-- Counts look at the track of a period too, and need not visit its row for that.
DROP INDEX period_owed;
CREATE INDEX period_owed ON period (requirement_id, staff_id, assigned_at, due_at, id, track);

-- Of an objection nothing but its answer is ever added.
DROP TRIGGER objection_refuses_update;
CREATE TRIGGER objection_refuses_update BEFORE UPDATE ON objection
WHEN OLD.answered_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.module_id <> OLD.module_id OR NEW.revision <> OLD.revision
     OR NEW.place <> OLD.place OR NEW.response <> OLD.response OR NEW.lang <> OLD.lang OR NEW.words <> OLD.words
     OR NEW.staff_id IS NOT OLD.staff_id OR NEW.mark <> OLD.mark OR NEW.made_at <> OLD.made_at OR NEW.leaf <> OLD.leaf
BEGIN SELECT RAISE(ABORT, 'objection is append-only'); END;
