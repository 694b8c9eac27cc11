-- The time round of a period (its cycle) is asked of everybody when people are counted: with it in the index, the periods themselves are not looked at.
DROP INDEX period_owed;
CREATE INDEX period_owed ON period (requirement_id, staff_id, assigned_at, due_at, id, track, cycle);
