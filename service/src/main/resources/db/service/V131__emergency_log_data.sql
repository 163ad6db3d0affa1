-- What happened as data beside the words, so that a console says it in its reader's language; null where a person wrote.
ALTER TABLE service.emergency_log ADD COLUMN data jsonb;
