-- Plans made before say nothing of these.
UPDATE ota.campaign SET plan = jsonb_set(jsonb_set(plan, '{gate,alpha}', '0.01'), '{gate,metrics}', '[]')
WHERE plan #> '{gate,alpha}' IS NULL;

-- What the health gate saw and spent, look by look: kept, so that nothing is spent twice.
CREATE TABLE ota.health_look (
    campaign      int         NOT NULL,
    stage         int         NOT NULL,
    reached_at    timestamptz NOT NULL,  -- of the soak that was looked at
    number        int         NOT NULL,  -- within it
    at            timestamptz NOT NULL,
    fraction      float8      NOT NULL,  -- of the soak that had passed
    last          boolean     NOT NULL,
    updated       int         NOT NULL,  -- devices compared
    waiting       int         NOT NULL,
    spent_faults  float8      NOT NULL,  -- of the false alarm rate
    spent_metrics float8      NOT NULL,
    findings      jsonb       NOT NULL,
    series        jsonb,                 -- of both groups over time; of the newest look alone
    PRIMARY KEY (campaign, stage, reached_at, number)
);
