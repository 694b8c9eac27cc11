-- Reports read much and in order: these indexes hold all that a count compares, so that it need not visit the rows.

-- Who has a posting in a department on a day; and, the other way round, where somebody is posted on a day.
CREATE INDEX posting_there ON posting (department_id, main, from_on, to_on, staff_id, id);
DROP INDEX posting_department;
CREATE INDEX posting_where ON posting (staff_id, main, from_on, id, to_on, department_id);

-- Who owes a requirement since when and until when.
CREATE INDEX period_owed ON period (requirement_id, staff_id, assigned_at, due_at, id);
DROP INDEX period_requirement;

-- Who is out on a day, and whose exemption holds at an instant: few among many.
CREATE INDEX staff_left ON staff (left_on, id);
CREATE INDEX staff_joined ON staff (joined_on, id);
CREATE INDEX leave_days ON leave_of_absence (from_on, to_on, staff_id);
CREATE INDEX exemption_holds ON exemption (until_at, from_at, period_id);

-- Which modules somebody halfway has finished.
CREATE INDEX attempt_finished ON attempt (period_id, module_id, finished_at);
