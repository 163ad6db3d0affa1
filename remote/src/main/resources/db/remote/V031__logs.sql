-- Logs that people ask devices for. The redacted lines are a file by this id; what the device sent is not kept.
CREATE TABLE remote.log (
    id           text PRIMARY KEY,
    device       text        NOT NULL,
    ticket       text,
    state        text        NOT NULL,
    action       text,
    upload       text,
    from_at      timestamptz,
    to_at        timestamptz,
    level        text,
    bytes_max    bigint      NOT NULL,
    lines        int,
    why          text        NOT NULL,
    requested_by text        NOT NULL,
    created_at   timestamptz NOT NULL,
    ready_at     timestamptz,
    bytes        bigint,
    line_count   int,
    redacted     jsonb,                            -- how much was taken out, by kind
    rules        int,                              -- version of the rules by which
    truncated    boolean     NOT NULL DEFAULT false,
    error        text,
    purged_at    timestamptz
);
CREATE INDEX log_device ON remote.log (device, id DESC);
CREATE INDEX log_ticket ON remote.log (ticket) WHERE ticket IS NOT NULL AND state <> 'purged';
CREATE INDEX log_received ON remote.log (id) WHERE state = 'received';
CREATE INDEX log_old ON remote.log (created_at) WHERE ticket IS NULL AND state <> 'purged';
