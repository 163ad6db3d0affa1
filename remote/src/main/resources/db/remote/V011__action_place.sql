-- The order in which actions were asked for, also of those that were asked for in the same moment.
ALTER TABLE remote.action ADD COLUMN place bigint GENERATED ALWAYS AS IDENTITY;
