-- Devices that sample faster for a while; the newest fifty of each device.
CREATE TABLE remote.boost (
    id         text PRIMARY KEY,
    device     text             NOT NULL,
    seconds    double precision NOT NULL,
    ttl        int              NOT NULL,
    metrics    text[],
    ticket     text,
    by         text             NOT NULL,
    state      text             NOT NULL,
    created_at timestamptz      NOT NULL,
    due_at     timestamptz,
    until      timestamptz,
    ended_at   timestamptz,
    ended_by   text,
    error      text,
    action     text
);
CREATE UNIQUE INDEX boost_one ON remote.boost (device) WHERE state IN ('waiting', 'active');
CREATE INDEX boost_due ON remote.boost (due_at) WHERE state IN ('waiting', 'active');
CREATE INDEX boost_device ON remote.boost (device, created_at DESC, id DESC);
