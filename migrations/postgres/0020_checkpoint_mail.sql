-- Auditors are sent the newest checkpoint of the evidence log once a day.
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('reminder', 'digest', 'checkpoint'));
