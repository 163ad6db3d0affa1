-- What rules remember of a device and its stored samples alone do not tell: long baselines, and what came out of order.
CREATE TABLE diagnostics.device_state (
    device      int PRIMARY KEY,        -- its number
    n           bigint      NOT NULL,   -- counts the device's snapshots: an older one never replaces a newer
    fingerprint bigint      NOT NULL,   -- of the rules that it belongs to
    covered     bigint      NOT NULL,   -- event time up to which samples and events are in it, microseconds
    wake_at     bigint      NOT NULL,   -- when time alone changes something, microseconds of our clock
    state       bytea       NOT NULL,   -- at most 256 KiB
    saved_at    timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE diagnostics.device_state ALTER COLUMN state SET STORAGE EXTERNAL;

-- A parked rule keeps its version and its open faults, and judges nothing.
ALTER TABLE diagnostics.rule ADD COLUMN parked boolean NOT NULL DEFAULT false;
