-- Who said that a corrective action is done: somebody else judges its effect.
ALTER TABLE service.complaint_action ADD COLUMN done_by text;
