-- Which version of a rule was in force when. Drafts have a version and no row here.
CREATE TABLE diagnostics.rule_force (
    rule     text        NOT NULL REFERENCES diagnostics.rule,
    n        int         NOT NULL,   -- counts from 1 for each rule
    version  int         NOT NULL,
    before   int,                    -- what a rollback returns to
    at       timestamptz NOT NULL DEFAULT now(),
    until    timestamptz,            -- null while it is in force
    author   text        NOT NULL,   -- who put it in force
    PRIMARY KEY (rule, n)
);
CREATE UNIQUE INDEX rule_force_now ON diagnostics.rule_force (rule) WHERE until IS NULL;

-- Until now every version came into force as it was saved, and ended with the next one.
INSERT INTO diagnostics.rule_force (rule, n, version, before, at, until, author)
SELECT v.rule, row_number() OVER by_version, v.version,
       CASE WHEN v.version > r.since THEN lag(v.version) OVER by_version END, v.at,
       CASE WHEN v.version = r.version AND r.active THEN NULL
            ELSE coalesce(lead(v.at) OVER by_version, r.changed_at) END, v.author
FROM diagnostics.rule_version v JOIN diagnostics.rule r ON r.id = v.rule
WINDOW by_version AS (PARTITION BY v.rule ORDER BY v.version);
