-- What the backend itself had asked for that explains an event, such as a restart; null where nothing does.
ALTER TABLE ingest.event ADD COLUMN asked text;
