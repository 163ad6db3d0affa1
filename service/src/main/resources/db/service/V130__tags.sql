-- Words by which people find cases again.
ALTER TABLE service.ticket ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
CREATE INDEX ticket_tags ON service.ticket USING gin (tags);
