-- Where somebody stands follows from what is proven: when a period was completed stands in its completion alone, and what an answer
-- led to stands beside the answer and in its leaf. `progress` only notes what the answers come to.

-- '' or missed, recovered (a round of the final test), finished (the module).
ALTER TABLE answer ADD COLUMN led_to TEXT NOT NULL DEFAULT '';

-- The final test was passed after it had been missed.
ALTER TABLE progress ADD COLUMN recovered_at TEXT;
ALTER TABLE progress DROP COLUMN completed_at;
