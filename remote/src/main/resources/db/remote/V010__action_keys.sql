-- Why an action was asked for; the asking room's own key, which makes the asking idempotent; and what the loops look for.
ALTER TABLE remote.action ADD COLUMN why text, ADD COLUMN key text;
CREATE UNIQUE INDEX action_key ON remote.action (key) WHERE key IS NOT NULL;
CREATE INDEX action_queued ON remote.action (device) WHERE state = 'queued';
CREATE INDEX action_recent ON remote.action (created_at);
CREATE INDEX action_by_person ON remote.action (requested_by, created_at);
