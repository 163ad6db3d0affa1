-- What people do about a group, and groups that turned out to be one: the row of one that was merged stays, so that its key leads
-- to the other.
ALTER TABLE remote.crash_group
    ADD COLUMN state        text NOT NULL DEFAULT 'open', -- GroupState
    ADD COLUMN assignee     text,
    ADD COLUMN resolved_in  text,                         -- firmware without it
    ADD COLUMN regressed_in text,                         -- firmware that had it all the same
    ADD COLUMN merged_into  text REFERENCES remote.crash_group ON DELETE CASCADE,
    ADD COLUMN version      int  NOT NULL DEFAULT 1;
CREATE INDEX crash_group_merged ON remote.crash_group (merged_into) WHERE merged_into IS NOT NULL;

-- How often by day (UTC), for the trend; forgotten before the group.
CREATE TABLE remote.crash_group_day (
    group_id text   NOT NULL REFERENCES remote.crash_group ON DELETE CASCADE,
    day      date   NOT NULL,
    region   text   NOT NULL,
    crashes  bigint NOT NULL,
    PRIMARY KEY (group_id, day, region)
);
CREATE INDEX crash_group_day_old ON remote.crash_group_day (day);
INSERT INTO remote.crash_group_day (group_id, day, region, crashes)
SELECT c.group_id, (c.received_at AT TIME ZONE 'UTC')::date, d.region, count(*)
FROM remote.crash c JOIN fleet.device d ON d.id = c.device GROUP BY 1, 2, 3;
