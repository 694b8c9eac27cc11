-- The personal data of people who left goes when its time is over. What is proven stays, under their random id.

-- An erasure that somebody asked for and somebody else has to confirm. It goes when it is confirmed or withdrawn.
CREATE TABLE erasure_request (
    staff_id TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    basis    TEXT NOT NULL CHECK (basis IN ('retention', 'wish')),
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_at TEXT NOT NULL
) STRICT;

-- Whose data was erased.
CREATE TABLE erasure (
    staff_id TEXT    NOT NULL PRIMARY KEY REFERENCES staff (id),
    basis    TEXT    NOT NULL CHECK (basis IN ('retention', 'wish')),
    -- Empty where it was done on the server's command line.
    asked_by TEXT    REFERENCES staff (id),
    done_by  TEXT    REFERENCES staff (id),
    at       TEXT    NOT NULL,
    leaf     INTEGER NOT NULL,
    -- Since then the files of the database hold none of its bytes either.
    swept_at TEXT,
    CHECK (asked_by <> done_by)
) STRICT;
CREATE INDEX erasure_unswept ON erasure (at) WHERE swept_at IS NULL;

CREATE TRIGGER erasure_refuses_update BEFORE UPDATE ON erasure
WHEN OLD.swept_at IS NOT NULL OR NEW.swept_at IS NULL OR NEW.staff_id <> OLD.staff_id OR NEW.basis <> OLD.basis
     OR NEW.asked_by IS NOT OLD.asked_by OR NEW.done_by IS NOT OLD.done_by OR NEW.at <> OLD.at OR NEW.leaf <> OLD.leaf
BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;

CREATE TRIGGER erasure_refuses_delete BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;

-- Nobody comes back under the row of somebody who was erased.
CREATE TRIGGER staff_stays_erased BEFORE UPDATE ON staff
WHEN OLD.search = '' AND EXISTS (SELECT 1 FROM erasure e WHERE e.staff_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'staff is append-only for whoever was erased'); END;

-- Of name and code of a completion that were erased: the hash that its leaf holds. Without the code it says nothing of the name.
ALTER TABLE completion ADD COLUMN paper TEXT;
-- The leaf of a note holds the hash of this and the words, so that the hash says nothing when this is gone. Notes from before have none.
ALTER TABLE follow_up ADD COLUMN salt TEXT NOT NULL DEFAULT '';

-- Facts of somebody whose erasure stands above may take the erased form, in the columns that held words. Nothing else of them changes.
DROP TRIGGER completion_refuses_update;
CREATE TRIGGER completion_refuses_update BEFORE UPDATE ON completion
WHEN NOT (EXISTS (SELECT 1 FROM erasure e JOIN period p ON p.staff_id = e.staff_id WHERE p.id = OLD.period_id)
          AND NEW.name = '消去済み' AND NEW.code = '' AND NEW.paper IS NOT NULL AND OLD.paper IS NULL
          AND NEW.period_id = OLD.period_id AND NEW.number = OLD.number AND NEW.completed_at = OLD.completed_at
          AND NEW.valid_until IS OLD.valid_until AND NEW.policy_version = OLD.policy_version AND NEW.leaf = OLD.leaf
          AND NEW.held_at IS OLD.held_at AND NEW.way = OLD.way)
BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;

DROP TRIGGER answer_refuses_update;
CREATE TRIGGER answer_refuses_update BEFORE UPDATE ON answer
WHEN NOT (EXISTS (SELECT 1
                    FROM erasure e
                    JOIN period p ON p.staff_id = e.staff_id
                    JOIN attempt t ON t.period_id = p.id
                   WHERE t.id = OLD.attempt_id)
          AND REPLACE(NEW.response, '■', '') = '{"draft":""}' AND OLD.response LIKE '{"draft":%'
          AND NEW.attempt_id = OLD.attempt_id AND NEW.turn = OLD.turn AND NEW.place = OLD.place
          AND NEW.grade IS OLD.grade AND NEW.points = OLD.points AND NEW.out_of = OLD.out_of AND NEW.first = OLD.first
          AND NEW.led_to = OLD.led_to AND NEW.lang = OLD.lang AND NEW.answered_at = OLD.answered_at AND NEW.leaf = OLD.leaf)
BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

DROP TRIGGER exemption_refuses_update;
CREATE TRIGGER exemption_refuses_update BEFORE UPDATE ON exemption
WHEN NOT (EXISTS (SELECT 1 FROM erasure e JOIN period p ON p.staff_id = e.staff_id WHERE p.id = OLD.period_id)
          AND NEW.reason = '消去済み / Erased'
          AND NEW.id = OLD.id AND NEW.period_id = OLD.period_id AND NEW.asked_by = OLD.asked_by
          AND NEW.approved_by = OLD.approved_by AND NEW.from_at = OLD.from_at AND NEW.until_at = OLD.until_at
          AND NEW.leaf = OLD.leaf)
BEGIN SELECT RAISE(ABORT, 'exemption is append-only'); END;

DROP TRIGGER attendance_refuses_update;
CREATE TRIGGER attendance_refuses_update BEFORE UPDATE ON attendance
WHEN NOT (EXISTS (SELECT 1 FROM erasure e JOIN period p ON p.staff_id = e.staff_id WHERE p.id = OLD.period_id)
          AND NEW.sheet_name = '消去済み / Erased'
          AND NEW.period_id = OLD.period_id AND NEW.way = OLD.way AND NEW.held_on = OLD.held_on
          AND NEW.sheet_sha256 = OLD.sheet_sha256 AND NEW.recorded_by = OLD.recorded_by
          AND NEW.recorded_at = OLD.recorded_at AND NEW.leaf = OLD.leaf)
BEGIN SELECT RAISE(ABORT, 'attendance is append-only'); END;

DROP TRIGGER follow_up_refuses_update;
CREATE TRIGGER follow_up_refuses_update BEFORE UPDATE ON follow_up
WHEN NOT (EXISTS (SELECT 1 FROM erasure e WHERE e.staff_id = OLD.staff_id)
          AND NEW.words = '消去済み / Erased' AND NEW.salt = ''
          AND NEW.id = OLD.id AND NEW.staff_id = OLD.staff_id AND NEW.by_id = OLD.by_id AND NEW.spoken_on = OLD.spoken_on
          AND NEW.way = OLD.way AND NEW.next_on IS OLD.next_on AND NEW.made_at = OLD.made_at AND NEW.leaf = OLD.leaf)
BEGIN SELECT RAISE(ABORT, 'follow_up is append-only'); END;

DROP TRIGGER exception_request_refuses_update;
CREATE TRIGGER exception_request_refuses_update BEFORE UPDATE ON exception_request
WHEN (OLD.decided_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.period_id <> OLD.period_id OR NEW.kind <> OLD.kind OR NEW.words <> OLD.words
      OR NEW.from_on IS NOT OLD.from_on OR NEW.until_on IS NOT OLD.until_on OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at OR NEW.leaf <> OLD.leaf)
 AND NOT (EXISTS (SELECT 1 FROM erasure e JOIN period p ON p.staff_id = e.staff_id WHERE p.id = OLD.period_id)
          AND NEW.words = '消去済み / Erased' AND NEW.reply IS CASE WHEN OLD.reply IS NULL THEN NULL ELSE '消去済み / Erased' END
          AND NEW.id = OLD.id AND NEW.period_id = OLD.period_id AND NEW.kind = OLD.kind
          AND NEW.from_on IS OLD.from_on AND NEW.until_on IS OLD.until_on
          AND NEW.asked_by = OLD.asked_by AND NEW.asked_at = OLD.asked_at AND NEW.leaf = OLD.leaf
          AND NEW.decided_by IS OLD.decided_by AND NEW.decided_at IS OLD.decided_at AND NEW.granted IS OLD.granted
          AND NEW.granted_until IS OLD.granted_until AND NEW.decision_leaf IS OLD.decision_leaf)
BEGIN SELECT RAISE(ABORT, 'exception_request is append-only'); END;

-- Who wrote an objection without a name can be told by the program alone, which has the key of its mark. Here it is asked whether an
-- erasure is under way at all.
DROP TRIGGER objection_refuses_update;
CREATE TRIGGER objection_refuses_update BEFORE UPDATE ON objection
WHEN (OLD.answered_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.module_id <> OLD.module_id OR NEW.revision <> OLD.revision
      OR NEW.place <> OLD.place OR NEW.response <> OLD.response OR NEW.lang <> OLD.lang OR NEW.words <> OLD.words
      OR NEW.staff_id IS NOT OLD.staff_id OR NEW.mark <> OLD.mark OR NEW.made_at <> OLD.made_at OR NEW.leaf <> OLD.leaf)
 AND NOT (EXISTS (SELECT 1 FROM erasure e WHERE e.swept_at IS NULL AND COALESCE(OLD.staff_id, e.staff_id) = e.staff_id)
          AND NEW.words = '消去済み / Erased' AND NEW.staff_id IS NULL AND NEW.mark = OLD.id
          AND NEW.reply IS CASE WHEN OLD.reply IS NULL OR OLD.reply = '' THEN OLD.reply ELSE '消去済み / Erased' END
          AND NEW.id = OLD.id AND NEW.module_id = OLD.module_id AND NEW.revision = OLD.revision AND NEW.place = OLD.place
          AND NEW.response = OLD.response AND NEW.lang = OLD.lang AND NEW.made_at = OLD.made_at AND NEW.leaf = OLD.leaf
          AND NEW.answered_at IS OLD.answered_at AND NEW.answered_by IS OLD.answered_by AND NEW.answer_leaf IS OLD.answer_leaf)
BEGIN SELECT RAISE(ABORT, 'objection is append-only'); END;
