-- Nobody is asked every module: each period has a track, and a hard module may be taken in another one's place.

-- Which list of the requirement's modules the period asks for. Before there were tracks there was one list, for everybody.
ALTER TABLE period ADD COLUMN track TEXT NOT NULL DEFAULT 'all';

ALTER TABLE requirement_module ADD COLUMN track TEXT NOT NULL DEFAULT 'all';
ALTER TABLE requirement_module DROP CONSTRAINT requirement_module_pkey;
ALTER TABLE requirement_module ADD PRIMARY KEY (requirement_id, track, module_id);

-- Somebody takes another module in the place of a hard one, or takes that back: the newest row of a place holds. No reason is kept.
CREATE TABLE module_swap (
    period_id TEXT        NOT NULL REFERENCES period (id),
    -- The place in the list: the module that the track has there.
    module_id TEXT        NOT NULL,
    -- 1, 2, …: two who swap at once cannot both be the next.
    number    BIGINT      NOT NULL,
    -- What stands there from now on; taken back: the module itself.
    instead   TEXT        NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    leaf      BIGINT      NOT NULL,
    PRIMARY KEY (period_id, module_id, number)
);

CREATE TRIGGER module_swap_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON module_swap
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
