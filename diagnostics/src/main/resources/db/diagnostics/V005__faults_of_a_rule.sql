-- The list of rules says how much each has found lately.
CREATE INDEX fault_raised_of_rule ON diagnostics.fault (rule, last_raised DESC);
