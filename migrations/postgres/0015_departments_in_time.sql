-- What there was on a day stays what it was: departments in time, roles with an end, days that were entered by hand.

-- What became of a department, from a day on: opened, renamed, moved or closed. Only ever added; a day may lie ahead.
CREATE TABLE department_change (
    -- The order in which changes were entered.
    number        BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES department (id),
    from_on       DATE NOT NULL,
    what          TEXT NOT NULL CHECK (what IN ('opened', 'renamed', 'moved', 'closed')),
    -- Of what was opened or renamed.
    name          TEXT,
    name_en       TEXT,
    -- Of what was opened or moved; empty at the top.
    parent_id     TEXT REFERENCES department (id),
    -- Its leaf in the log; empty for departments that were there before changes had a day.
    leaf          BIGINT,
    PRIMARY KEY (department_id, number)
);

-- What follows from the changes: each department as it is from one day to the day before another, without a gap.
-- Rebuilt by the program whenever a change is added.
CREATE TABLE department_state (
    department_id TEXT NOT NULL REFERENCES department (id),
    from_on       DATE NOT NULL,
    to_on         DATE,
    name          TEXT NOT NULL,
    name_en       TEXT NOT NULL,
    parent_id     TEXT REFERENCES department (id),
    path          TEXT NOT NULL,
    -- Opened and not yet closed.
    is_open       BOOLEAN NOT NULL,
    PRIMARY KEY (department_id, from_on)
);

INSERT INTO department_change (number, department_id, from_on, what, name, name_en, parent_id)
SELECT ROW_NUMBER() OVER (ORDER BY path), id, DATE '0001-01-01', 'opened', name, name_en, parent_id FROM department;
INSERT INTO department_change (number, department_id, from_on, what)
SELECT (SELECT COUNT(*) FROM department) + ROW_NUMBER() OVER (ORDER BY path), id, closed_on, 'closed'
  FROM department WHERE closed_on IS NOT NULL;
INSERT INTO department_state (department_id, from_on, to_on, name, name_en, parent_id, path, is_open)
SELECT id, DATE '0001-01-01', closed_on, name, name_en, parent_id, path, TRUE FROM department;
INSERT INTO department_state (department_id, from_on, to_on, name, name_en, parent_id, path, is_open)
SELECT id, closed_on, NULL, name, name_en, parent_id, path, FALSE FROM department WHERE closed_on IS NOT NULL;

CREATE TRIGGER department_change_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON department_change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Sent to another department for a time (出向); such a posting is never the main one.
ALTER TABLE posting ADD COLUMN seconded BOOLEAN NOT NULL DEFAULT FALSE;

-- A role may have its end set beforehand: the first day on which it no longer holds. A deputy (代行) always has one.
ALTER TABLE role_grant ADD COLUMN ends_on DATE;
ALTER TABLE role_grant ADD COLUMN deputy BOOLEAN NOT NULL DEFAULT FALSE;

-- What the training office entered about a person by hand: a list of staff leaves it as it is until it is released.
CREATE TABLE hand_entry (
    id          TEXT NOT NULL PRIMARY KEY,
    staff_id    TEXT NOT NULL REFERENCES staff (id),
    what        TEXT NOT NULL CHECK (what IN ('posting', 'leave', 'left')),
    entered_on  DATE NOT NULL,
    entered_by  TEXT NOT NULL,
    released_on DATE,
    released_by TEXT
);
CREATE INDEX hand_entry_staff ON hand_entry (staff_id);

-- What profession and employment were before a day on which they changed; what they are now stands with the person.
CREATE TABLE staff_before (
    staff_id   TEXT NOT NULL REFERENCES staff (id),
    until_on   DATE NOT NULL,
    profession TEXT NOT NULL,
    employment TEXT NOT NULL,
    PRIMARY KEY (staff_id, until_on)
);

CREATE TRIGGER staff_before_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_before
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- More old forms are found under their common form than before.
UPDATE staff SET search = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(search,
    '廣', '広'), '國', '国'), '櫻', '桜'), '嶋', '島'), '嶌', '島'), '德', '徳'), '瀨', '瀬'), '靑', '青');
UPDATE staff SET search = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(search,
    '淸', '清'), '禮', '礼'), '藏', '蔵'), '嶽', '岳'), '與', '与'), '條', '条'), '榮', '栄'), '龍', '竜');
UPDATE staff SET search = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(search,
    '瀧', '滝'), '壽', '寿'), '關', '関'), '鐵', '鉄'), '豐', '豊'), '黑', '黒'), '橫', '横'), '曾', '曽');
UPDATE staff SET search = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(search,
    '假', '仮'), '峯', '峰'), '桒', '桑'), '舘', '館'), '冨', '富'), '埜', '野'), '圓', '円'), '學', '学');
UPDATE staff SET search = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(search,
    '應', '応'), '實', '実'), '寬', '寛'), '晝', '昼'), '萬', '万'), '𣘺', '橋'), '槗', '橋');
