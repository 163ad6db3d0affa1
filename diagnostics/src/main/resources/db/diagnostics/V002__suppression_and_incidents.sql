-- How bad the fault was when it happened.
ALTER TABLE diagnostics.fault_event ADD COLUMN severity text;
