-- The hospital's own versions of the policy: one draft that is reviewed by others than its writers, and what was published.

-- Who published it; `system`: it came with the program.
ALTER TABLE content_revision ADD COLUMN published_by TEXT NOT NULL DEFAULT 'system';
-- From when a version of the policy holds, where the hospital published it; one that came with the program holds from when it came.
ALTER TABLE content_revision ADD COLUMN effective_at TEXT;
-- editorial, material or urgent; '' for what came with the program.
ALTER TABLE content_revision ADD COLUMN change_kind TEXT NOT NULL DEFAULT '';
-- The requirement by which people are asked to sign it, where they are.
ALTER TABLE content_revision ADD COLUMN requirement_id TEXT REFERENCES requirement (id);

-- The version that is being written: there is never more than one. It goes when it is published or withdrawn.
CREATE TABLE policy_draft (
    id       TEXT    NOT NULL PRIMARY KEY,
    slot     INTEGER NOT NULL UNIQUE CHECK (slot = 1),
    -- The canonical text of the policy as it would be published: a review names its hash.
    body     TEXT    NOT NULL,
    made_by  TEXT    NOT NULL REFERENCES staff (id),
    made_at  TEXT    NOT NULL,
    -- Counts up with every saving.
    version  INTEGER NOT NULL
) STRICT;

-- Everybody who wrote in the draft: none of them reviews it.
CREATE TABLE policy_writer (
    draft_id TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (draft_id, staff_id)
) STRICT;

-- Somebody else read exactly this text, and approved it or sent it back. The newest row of a person holds for a text.
CREATE TABLE policy_review (
    id       TEXT NOT NULL PRIMARY KEY,
    draft_id TEXT NOT NULL,
    hash     TEXT NOT NULL,
    verdict  TEXT NOT NULL CHECK (verdict IN ('approved', 'returned')),
    words    TEXT NOT NULL,
    by_id    TEXT NOT NULL REFERENCES staff (id),
    at       TEXT NOT NULL,
    leaf     INTEGER NOT NULL
) STRICT;
CREATE INDEX policy_review_draft ON policy_review (draft_id, at);

CREATE TRIGGER policy_review_refuses_update BEFORE UPDATE ON policy_review
BEGIN SELECT RAISE(ABORT, 'policy_review is append-only'); END;

CREATE TRIGGER policy_review_refuses_delete BEFORE DELETE ON policy_review
BEGIN SELECT RAISE(ABORT, 'policy_review is append-only'); END;
