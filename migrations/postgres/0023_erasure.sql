-- The personal data of people who left goes when its time is over. What is proven stays, under their random id.

-- An erasure that somebody asked for and somebody else has to confirm. It goes when it is confirmed or withdrawn.
CREATE TABLE erasure_request (
    staff_id TEXT        NOT NULL PRIMARY KEY REFERENCES staff (id),
    basis    TEXT        NOT NULL CHECK (basis IN ('retention', 'wish')),
    asked_by TEXT        NOT NULL REFERENCES staff (id),
    asked_at TIMESTAMPTZ NOT NULL
);

-- Whose data was erased.
CREATE TABLE erasure (
    staff_id TEXT        NOT NULL PRIMARY KEY REFERENCES staff (id),
    basis    TEXT        NOT NULL CHECK (basis IN ('retention', 'wish')),
    -- Empty where it was done on the server's command line.
    asked_by TEXT        REFERENCES staff (id),
    done_by  TEXT        REFERENCES staff (id),
    at       TIMESTAMPTZ NOT NULL,
    leaf     BIGINT      NOT NULL,
    -- Since then the files of the database hold none of its bytes either.
    swept_at TIMESTAMPTZ,
    CHECK (asked_by <> done_by)
);
CREATE INDEX erasure_unswept ON erasure (at) WHERE swept_at IS NULL;

CREATE TRIGGER erasure_refuses_update BEFORE UPDATE ON erasure
FOR EACH ROW WHEN (OLD.swept_at IS NOT NULL OR NEW.swept_at IS NULL OR NEW.staff_id <> OLD.staff_id OR NEW.basis <> OLD.basis
     OR NEW.asked_by IS DISTINCT FROM OLD.asked_by OR NEW.done_by IS DISTINCT FROM OLD.done_by OR NEW.at <> OLD.at OR NEW.leaf <> OLD.leaf)
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER erasure_refuses_delete BEFORE DELETE OR TRUNCATE ON erasure
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Nobody comes back under the row of somebody who was erased.
CREATE FUNCTION stay_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM erasure e WHERE e.staff_id = OLD.id) THEN
        RAISE EXCEPTION 'staff is append-only for whoever was erased';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER staff_stays_erased BEFORE UPDATE ON staff
FOR EACH ROW WHEN (OLD.search = '') EXECUTE FUNCTION stay_erased();

-- Of name and code of a completion that were erased: the hash that its leaf holds. Without the code it says nothing of the name.
ALTER TABLE completion ADD COLUMN paper TEXT;
-- The leaf of a note holds the hash of this and the words, so that the hash says nothing when this is gone. Notes from before have none.
ALTER TABLE follow_up ADD COLUMN salt TEXT NOT NULL DEFAULT '';

-- Facts of somebody whose erasure stands above may take the erased form, in the columns that held words. Nothing else of them changes.
-- Who wrote an objection without a name can be told by the program alone, which has the key of its mark: of these it is asked whether an
-- erasure is under way at all.
CREATE FUNCTION only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words CONSTANT TEXT := '消去済み / Erased';
    erased BOOLEAN := FALSE;
    may_differ TEXT[];
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'answer' THEN
            may_differ := ARRAY['response'];
            erased := REPLACE(NEW.response, '■', '') = '{"draft":""}' AND OLD.response LIKE '{"draft":%'
                AND EXISTS (SELECT 1
                              FROM erasure e
                              JOIN period p ON p.staff_id = e.staff_id
                              JOIN attempt t ON t.period_id = p.id
                             WHERE t.id = OLD.attempt_id);
        WHEN 'follow_up' THEN
            may_differ := ARRAY['words', 'salt'];
            erased := NEW.words = words AND NEW.salt = ''
                AND EXISTS (SELECT 1 FROM erasure e WHERE e.staff_id = OLD.staff_id);
        WHEN 'objection' THEN
            may_differ := ARRAY['words', 'reply', 'staff_id', 'mark'];
            erased := NEW.words = words AND NEW.staff_id IS NULL AND NEW.mark = OLD.id
                AND NEW.reply IS NOT DISTINCT FROM CASE WHEN OLD.reply IS NULL OR OLD.reply = '' THEN OLD.reply ELSE words END
                AND EXISTS (SELECT 1
                              FROM erasure e
                             WHERE e.swept_at IS NULL AND COALESCE(OLD.staff_id, e.staff_id) = e.staff_id);
        ELSE
            CASE TG_TABLE_NAME
                WHEN 'completion' THEN
                    may_differ := ARRAY['name', 'code', 'paper'];
                    erased := NEW.name = '消去済み' AND NEW.code = '' AND NEW.paper IS NOT NULL AND OLD.paper IS NULL;
                WHEN 'exemption' THEN
                    may_differ := ARRAY['reason'];
                    erased := NEW.reason = words;
                WHEN 'attendance' THEN
                    may_differ := ARRAY['sheet_name'];
                    erased := NEW.sheet_name = words;
                WHEN 'exception_request' THEN
                    may_differ := ARRAY['words', 'reply'];
                    erased := NEW.words = words
                        AND NEW.reply IS NOT DISTINCT FROM CASE WHEN OLD.reply IS NULL THEN NULL ELSE words END;
            END CASE;
            erased := erased
                AND EXISTS (SELECT 1 FROM erasure e JOIN period p ON p.staff_id = e.staff_id WHERE p.id = OLD.period_id);
    END CASE;
    IF erased IS NOT TRUE OR to_jsonb(NEW) - may_differ <> to_jsonb(OLD) - may_differ THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END;
$$;

DROP TRIGGER completion_refuses_change ON completion;
CREATE TRIGGER completion_refuses_update BEFORE UPDATE ON completion
FOR EACH ROW EXECUTE FUNCTION only_erase();
CREATE TRIGGER completion_refuses_delete BEFORE DELETE OR TRUNCATE ON completion
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER answer_refuses_change ON answer;
CREATE TRIGGER answer_refuses_update BEFORE UPDATE ON answer
FOR EACH ROW EXECUTE FUNCTION only_erase();
CREATE TRIGGER answer_refuses_delete BEFORE DELETE OR TRUNCATE ON answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER exemption_refuses_change ON exemption;
CREATE TRIGGER exemption_refuses_update BEFORE UPDATE ON exemption
FOR EACH ROW EXECUTE FUNCTION only_erase();
CREATE TRIGGER exemption_refuses_delete BEFORE DELETE OR TRUNCATE ON exemption
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER attendance_refuses_change ON attendance;
CREATE TRIGGER attendance_refuses_update BEFORE UPDATE ON attendance
FOR EACH ROW EXECUTE FUNCTION only_erase();
CREATE TRIGGER attendance_refuses_delete BEFORE DELETE OR TRUNCATE ON attendance
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER follow_up_refuses_change ON follow_up;
CREATE TRIGGER follow_up_refuses_update BEFORE UPDATE ON follow_up
FOR EACH ROW EXECUTE FUNCTION only_erase();
CREATE TRIGGER follow_up_refuses_delete BEFORE DELETE OR TRUNCATE ON follow_up
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DROP TRIGGER exception_request_refuses_update ON exception_request;
CREATE TRIGGER exception_request_refuses_update BEFORE UPDATE ON exception_request
FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.period_id <> OLD.period_id OR NEW.kind <> OLD.kind OR NEW.words <> OLD.words
     OR NEW.from_on IS DISTINCT FROM OLD.from_on OR NEW.until_on IS DISTINCT FROM OLD.until_on OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at OR NEW.leaf <> OLD.leaf)
EXECUTE FUNCTION only_erase();

DROP TRIGGER objection_refuses_update ON objection;
CREATE TRIGGER objection_refuses_update BEFORE UPDATE ON objection
FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.module_id <> OLD.module_id OR NEW.revision <> OLD.revision
     OR NEW.place <> OLD.place OR NEW.response <> OLD.response OR NEW.lang <> OLD.lang OR NEW.words <> OLD.words
     OR NEW.staff_id IS DISTINCT FROM OLD.staff_id OR NEW.mark <> OLD.mark OR NEW.made_at <> OLD.made_at OR NEW.leaf <> OLD.leaf)
EXECUTE FUNCTION only_erase();
