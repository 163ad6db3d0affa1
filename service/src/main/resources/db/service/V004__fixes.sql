-- Since when, and why, a case waits for somebody to be sent: {since, why}; null where it does not.
ALTER TABLE service.ticket ADD COLUMN dispatch jsonb;
CREATE INDEX ticket_dispatch ON service.ticket (id) WHERE dispatch IS NOT NULL;
