-- A terminal on a device: asked for by one person, approved by another, allowed by the customer, open for a while, recorded.
CREATE TABLE remote.shell (
    id           text PRIMARY KEY,
    device       text        NOT NULL,
    action       text,                    -- the action of class D that opens it
    ticket       text        NOT NULL,
    why          text        NOT NULL,
    seconds      int         NOT NULL,
    columns      int         NOT NULL,
    rows         int         NOT NULL,
    state        text        NOT NULL,    -- requested, approved, opening, open, closed
    reason       text,
    note         text,
    requested_by text        NOT NULL,
    decided_by   text,
    closed_by    text,
    created_at   timestamptz NOT NULL,
    opened_at    timestamptz,
    until        timestamptz,
    closed_at    timestamptz,
    device_closed_at timestamptz,         -- the device said that its side is closed
    stray_at     timestamptz,             -- the device first sent something after the end
    pieces       int         NOT NULL DEFAULT 0,
    bytes        bigint      NOT NULL DEFAULT 0,
    hash         text,                    -- of the last piece, once it is closed
    purged_at    timestamptz,
    version      int         NOT NULL DEFAULT 1
);
-- One terminal a device at a time.
CREATE UNIQUE INDEX shell_of_device_now ON remote.shell (device) WHERE state <> 'closed';
CREATE INDEX shell_of_device ON remote.shell (device, created_at DESC, id DESC);
CREATE INDEX shell_newest ON remote.shell (created_at DESC, id DESC);
CREATE INDEX shell_of_ticket ON remote.shell (ticket);
CREATE INDEX shell_of_action ON remote.shell (action);

-- What went through a terminal, in order. Each piece holds the hash of the one before it and of itself.
CREATE TABLE remote.shell_piece (
    shell  text        NOT NULL REFERENCES remote.shell ON DELETE CASCADE,
    number int         NOT NULL,          -- from 1
    at     timestamptz NOT NULL,
    kind   text        NOT NULL,          -- o output, i input, r resize, m marker: asciicast's codes
    data   bytea       NOT NULL,
    hash   bytea       NOT NULL,
    PRIMARY KEY (shell, number)
);
CREATE INDEX shell_piece_at ON remote.shell_piece USING brin (at);
