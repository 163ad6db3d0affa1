-- For those that go when they have had their day.
CREATE INDEX ddi_action_ended ON ota.ddi_action (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX ddi_status_at ON ota.ddi_status (at);
