-- Nobody is asked every module: each period has a track, and a hard module may be taken in another one's place.

-- Which list of the requirement's modules the period asks for. Before there were tracks there was one list, for everybody.
ALTER TABLE period ADD COLUMN track TEXT NOT NULL DEFAULT 'all';

CREATE TABLE requirement_module_of_track (
    requirement_id TEXT    NOT NULL REFERENCES requirement (id),
    module_id      TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    track          TEXT    NOT NULL DEFAULT 'all',
    PRIMARY KEY (requirement_id, track, module_id)
) STRICT;
INSERT INTO requirement_module_of_track (requirement_id, module_id, position)
SELECT requirement_id, module_id, position FROM requirement_module;
DROP TABLE requirement_module;
ALTER TABLE requirement_module_of_track RENAME TO requirement_module;

CREATE TRIGGER requirement_module_refuses_update BEFORE UPDATE ON requirement_module
BEGIN SELECT RAISE(ABORT, 'requirement_module is append-only'); END;

CREATE TRIGGER requirement_module_refuses_delete BEFORE DELETE ON requirement_module
BEGIN SELECT RAISE(ABORT, 'requirement_module is append-only'); END;

-- Somebody takes another module in the place of a hard one, or takes that back: the newest row of a place holds. No reason is kept.
CREATE TABLE module_swap (
    period_id TEXT    NOT NULL REFERENCES period (id),
    -- The place in the list: the module that the track has there.
    module_id TEXT    NOT NULL,
    -- 1, 2, …: two who swap at once cannot both be the next.
    number    INTEGER NOT NULL,
    -- What stands there from now on; taken back: the module itself.
    instead   TEXT    NOT NULL,
    at        TEXT    NOT NULL,
    leaf      INTEGER NOT NULL,
    PRIMARY KEY (period_id, module_id, number)
) STRICT;

CREATE TRIGGER module_swap_refuses_update BEFORE UPDATE ON module_swap
BEGIN SELECT RAISE(ABORT, 'module_swap is append-only'); END;

CREATE TRIGGER module_swap_refuses_delete BEFORE DELETE ON module_swap
BEGIN SELECT RAISE(ABORT, 'module_swap is append-only'); END;
