-- The incident that the case belongs to, as the diagnosis names it.
ALTER TABLE service.ticket ADD COLUMN incident text;
CREATE INDEX ticket_incident ON service.ticket (incident, id) WHERE incident IS NOT NULL;
