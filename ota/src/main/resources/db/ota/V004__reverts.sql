-- Plans made before say nothing of these; from here on every plan does.
UPDATE ota.campaign SET plan = jsonb_set(plan || '{"revert": false}', '{gate,action}', '"pause"');
ALTER TABLE ota.campaign
    ADD COLUMN revert    boolean GENERATED ALWAYS AS ((plan ->> 'revert')::boolean) STORED,
    ADD COLUMN revert_of int REFERENCES ota.campaign;  -- the campaign whose devices it returns
-- Decided twice, devices are returned once.
CREATE UNIQUE INDEX campaign_revert_of ON ota.campaign (revert_of) WHERE state <> 'aborted';
