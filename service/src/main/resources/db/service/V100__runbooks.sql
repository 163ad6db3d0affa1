-- Runbooks that are carried out: what an edition is for, and where each run stands.
ALTER TABLE service.runbook_edition ADD COLUMN about jsonb NOT NULL DEFAULT '{}';

ALTER TABLE service.runbook_run
    ADD COLUMN version     int     NOT NULL DEFAULT 1,
    ADD COLUMN state       text    NOT NULL DEFAULT 'waiting-person',
    ADD COLUMN device      text    NOT NULL DEFAULT '',
    ADD COLUMN model       text    NOT NULL DEFAULT '',
    ADD COLUMN code        text    NOT NULL DEFAULT '',
    ADD COLUMN by_rule     boolean NOT NULL DEFAULT false,
    -- false where people alone do all of it
    ADD COLUMN remote      boolean NOT NULL DEFAULT false,
    ADD COLUMN body        jsonb   NOT NULL DEFAULT '{}',
    ADD COLUMN wake_at     timestamptz,
    -- the remote action that it waits for
    ADD COLUMN action      text,
    ADD COLUMN result      text,
    ADD COLUMN ended_at    timestamptz,
    -- when the fault came back after the run had mended it
    ADD COLUMN returned_at timestamptz;

-- What was ticked off so far becomes the lines of its run.
WITH checked AS (
    SELECT r.id, count(c.step) AS steps,
        coalesce(jsonb_agg(jsonb_build_object('visit', c.step, 'step', c.step, 'kind', 'manual',
            'from', to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'to', to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'result', c.result, 'text', c.result,
            'note', c.note, 'person', c.person) ORDER BY c.step) FILTER (WHERE c.step IS NOT NULL), '[]') AS lines,
        coalesce(max(c.at), r.started_at) AS last
    FROM service.runbook_run r LEFT JOIN service.runbook_check c ON c.run = r.id GROUP BY r.id),
standing AS (
    SELECT k.*, r.person, jsonb_array_length(e.steps) AS length FROM checked k
    JOIN service.runbook_run r ON r.id = k.id
    JOIN service.runbook_edition e ON e.runbook = r.runbook AND e.edition = r.edition)
UPDATE service.runbook_run r SET
    state = CASE WHEN s.steps >= s.length THEN 'done' ELSE 'waiting-person' END,
    result = CASE WHEN s.steps >= s.length THEN 'completed' END,
    ended_at = CASE WHEN s.steps >= s.length THEN s.last END,
    body = jsonb_build_object('startedBy', jsonb_build_object('name', s.person, 'roles', '[]'::jsonb, 'region', '', 'outlet', ''),
        'at', jsonb_build_object('step', least(s.steps + 1, s.length), 'visit', least(s.steps + 1, s.length),
            'since', to_char(s.last AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'asker', jsonb_build_object('name', s.person, 'roles', '[]'::jsonb, 'region', '', 'outlet', ''),
            'isConfirmed', false, 'tries', 0),
        'memory', jsonb_build_object('classes', '{}'::jsonb, 'before', '{}'::jsonb), 'lines', s.lines)
        || CASE WHEN s.steps >= s.length THEN jsonb_build_object('end', jsonb_build_object('result', 'completed',
            'reason', 'every step is done', 'at', to_char(s.last AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
           ELSE '{}'::jsonb END
FROM standing s WHERE s.id = r.id;
DROP TABLE service.runbook_check;

CREATE INDEX runbook_run_wake ON service.runbook_run (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX runbook_run_action ON service.runbook_run (action) WHERE action IS NOT NULL;
CREATE INDEX runbook_run_device ON service.runbook_run (device) WHERE remote AND ended_at IS NULL;
CREATE INDEX runbook_run_learned ON service.runbook_run (runbook, code, model) WHERE ended_at IS NOT NULL;

-- Cases whose first runbook could not begin just then, and when to look again.
CREATE TABLE service.runbook_wish (
    ticket bigint      PRIMARY KEY REFERENCES service.ticket,
    due_at timestamptz NOT NULL,
    until  timestamptz NOT NULL
);
CREATE INDEX runbook_wish_due ON service.runbook_wish (due_at);
