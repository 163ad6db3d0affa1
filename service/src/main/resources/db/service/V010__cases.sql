-- A case may be opened before it is known which device it is about: then it keeps the serial as told, and belongs to the
-- outlet of the one who opened it.
ALTER TABLE service.ticket ALTER COLUMN device DROP NOT NULL;
ALTER TABLE service.ticket ADD COLUMN serial text NOT NULL DEFAULT '';
ALTER TABLE service.ticket ADD COLUMN outlet text NOT NULL DEFAULT '';
-- What else was taken down (Intake).
ALTER TABLE service.ticket ADD COLUMN intake jsonb;
CREATE INDEX ticket_unmatched ON service.ticket (serial, id) WHERE device IS NULL;
-- What kind of case it is (Classification).
ALTER TABLE service.ticket ADD COLUMN type text;
ALTER TABLE service.ticket ADD COLUMN impact text;
ALTER TABLE service.ticket ADD COLUMN urgency text;
ALTER TABLE service.ticket ADD COLUMN follow_up date;
UPDATE service.ticket SET type = 'fault', impact = 'medium', urgency = 'medium' WHERE fault IS NOT NULL;
-- What people arranged (Handling), and beside it what lists and loops look for.
ALTER TABLE service.ticket ADD COLUMN handling jsonb;
ALTER TABLE service.ticket ADD COLUMN reopened int NOT NULL DEFAULT 0;
ALTER TABLE service.ticket ADD COLUMN merged_into bigint REFERENCES service.ticket;
ALTER TABLE service.ticket ADD COLUMN snoozed_until timestamptz;
ALTER TABLE service.ticket ADD COLUMN escalated_at timestamptz;
CREATE INDEX ticket_merged ON service.ticket (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ticket_snoozed ON service.ticket (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX ticket_escalated ON service.ticket (escalated_at) WHERE escalated_at IS NOT NULL;
CREATE INDEX ticket_follow_up ON service.ticket (follow_up, id) WHERE follow_up IS NOT NULL;
