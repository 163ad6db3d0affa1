-- Quarantine: messages that are alike lie in one row with their count; `code` is the reason for programs, `format` how a
-- telemetry payload is written. What was kept before stays a row of its own.
ALTER TABLE ingest.quarantine
    ADD COLUMN code    text     NOT NULL DEFAULT '',
    ADD COLUMN format  smallint NOT NULL DEFAULT 0,
    ADD COLUMN count   bigint   NOT NULL DEFAULT 1,
    ADD COLUMN digest  bytea,
    ADD COLUMN last_at timestamptz;
UPDATE ingest.quarantine SET last_at = at, digest = sha256(payload || convert_to(id::text, 'UTF8'));
ALTER TABLE ingest.quarantine
    ALTER COLUMN digest SET NOT NULL,
    ALTER COLUMN last_at SET NOT NULL;
CREATE UNIQUE INDEX quarantine_same ON ingest.quarantine (device, topic, code, digest);
CREATE INDEX quarantine_age ON ingest.quarantine (last_at);
CREATE INDEX quarantine_code ON ingest.quarantine (code, id);

-- What people want a device to become; it hears the difference to what it reports.
CREATE TABLE ingest.desired_state (
    device   int PRIMARY KEY,
    document jsonb       NOT NULL DEFAULT '{}',
    at       timestamptz NOT NULL DEFAULT now(),
    version  int         NOT NULL DEFAULT 0
);

-- Where a device came from, how, and for how long it stayed.
ALTER TABLE ingest.connectivity
    ADD COLUMN address  text NOT NULL DEFAULT '',
    ADD COLUMN protocol text NOT NULL DEFAULT '',
    ADD COLUMN seconds  bigint;
