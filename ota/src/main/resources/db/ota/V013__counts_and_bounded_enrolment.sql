-- A campaign's devices are counted as they change, not by reading them: each statement leaves what it changed, and the
-- engine adds the lines up from time to time. Lines are only ever added by those who report, so that they never wait for
-- one another.
CREATE TABLE ota.tally (
    campaign int    NOT NULL,
    stage    int    NOT NULL,
    state    text   NOT NULL,
    outcome  text,
    n        bigint NOT NULL
);
CREATE INDEX tally_campaign ON ota.tally (campaign);
INSERT INTO ota.tally (campaign, stage, state, outcome, n)
SELECT campaign, stage, state, outcome, count(*) FROM ota.deployment GROUP BY campaign, stage, state, outcome;

CREATE FUNCTION ota.count_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ota.tally (campaign, stage, state, outcome, n)
    SELECT campaign, stage, state, outcome, count(*) FROM came GROUP BY campaign, stage, state, outcome;
    RETURN NULL;
END $$;
CREATE FUNCTION ota.count_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ota.tally (campaign, stage, state, outcome, n)
    SELECT campaign, stage, state, outcome, sum(n)
    FROM (SELECT campaign, stage, state, outcome, 1 AS n FROM came
          UNION ALL SELECT campaign, stage, state, outcome, -1 FROM gone) moved
    GROUP BY campaign, stage, state, outcome HAVING sum(n) <> 0;
    RETURN NULL;
END $$;
CREATE FUNCTION ota.count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ota.tally (campaign, stage, state, outcome, n)
    SELECT campaign, stage, state, outcome, -count(*) FROM gone GROUP BY campaign, stage, state, outcome;
    RETURN NULL;
END $$;
CREATE TRIGGER deployment_came AFTER INSERT ON ota.deployment
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ota.count_came();
CREATE TRIGGER deployment_moved AFTER UPDATE ON ota.deployment
    REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ota.count_moved();
CREATE TRIGGER deployment_gone AFTER DELETE ON ota.deployment
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ota.count_gone();

-- A campaign's devices are enrolled in the order of their numbers, so many in a transaction: indexes then grow at their
-- end, which is four times as fast as in the order of the draw.
ALTER TABLE ota.campaign
    ADD enrol_after int,       -- the last device that was looked at; null where all were, or none is to be
    ADD places      bigint[],  -- by the hash of a device: where each stage ends
    ADD closing     text;      -- what is still to be cancelled of it: waiting, or installing as well; null for nothing
CREATE INDEX campaign_closing ON ota.campaign (number) WHERE closing IS NOT NULL;
