-- What happened to an incident as data beside the words, so that a console says it in its reader's language; null where a person wrote.
ALTER TABLE diagnostics.incident_event ADD COLUMN data jsonb;
