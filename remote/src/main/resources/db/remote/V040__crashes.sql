-- Crashes that are one: by product, build and stack, or what they say where there is no stack.
CREATE TABLE remote.crash_group (
    id         text PRIMARY KEY,
    key        text        NOT NULL UNIQUE,   -- Fingerprint
    model      text        NOT NULL,
    process    text        NOT NULL,
    module     text        NOT NULL,          -- where the innermost call was
    build_id   text,
    title      text        NOT NULL,
    names_key  text,                          -- the same in other builds, once names are known
    made_by    text        NOT NULL,          -- device, so that one device makes so many a day
    first_seen timestamptz NOT NULL,          -- by the server's clock
    last_seen  timestamptz NOT NULL
);
CREATE INDEX crash_group_of_model ON remote.crash_group (model, last_seen DESC, id DESC);
CREATE INDEX crash_group_newest ON remote.crash_group (last_seen DESC, id DESC);
CREATE INDEX crash_group_names ON remote.crash_group (names_key) WHERE names_key IS NOT NULL;
CREATE INDEX crash_group_maker ON remote.crash_group (made_by, first_seen);

-- Which devices crash so, and how often; kept longer than the crashes themselves.
CREATE TABLE remote.crash_group_device (
    group_id   text        NOT NULL REFERENCES remote.crash_group ON DELETE CASCADE,
    device     text        NOT NULL,
    crashes    bigint      NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen  timestamptz NOT NULL,
    PRIMARY KEY (group_id, device)
);

CREATE TABLE remote.crash (
    id          text PRIMARY KEY,
    device      text        NOT NULL,
    model       text        NOT NULL,
    name        text        NOT NULL,         -- by which the device knows it, or of the event
    group_id    text        NOT NULL REFERENCES remote.crash_group,
    at          timestamptz NOT NULL,         -- by the device's clock
    received_at timestamptz NOT NULL,
    told        boolean     NOT NULL,         -- the event is here; else the dump came first
    firmware    text        NOT NULL,
    message     text        NOT NULL,
    report      jsonb       NOT NULL,         -- Report
    threads     jsonb,                        -- with names, once it is worked out
    missing     text[]      NOT NULL DEFAULT '{}', -- build ids of the stack without symbols
    builds      text[]      NOT NULL DEFAULT '{}', -- build ids of the stack
    state       text        NOT NULL,
    error       text,
    attempts    int         NOT NULL DEFAULT 0,
    due_at      timestamptz,
    dump        text,                         -- upload with its bytes
    dump_kind   text,                         -- DumpKind
    dump_bytes  bigint,
    dump_sha256 text,
    ticket      text,                         -- for which the dump was asked for
    version     int         NOT NULL DEFAULT 1,
    UNIQUE (device, name)
);
CREATE INDEX crash_of_device ON remote.crash (device, received_at DESC, id DESC);
CREATE INDEX crash_of_group ON remote.crash (group_id, received_at DESC, id DESC);
CREATE INDEX crash_due ON remote.crash (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX crash_missing ON remote.crash USING gin (missing) WHERE missing <> '{}';
CREATE INDEX crash_builds ON remote.crash USING gin (builds);
CREATE INDEX crash_received ON remote.crash (received_at);

-- Files with symbols, one for each build.
CREATE TABLE remote.symbol_file (
    build_id    text PRIMARY KEY,
    product     text        NOT NULL,
    firmware    text        NOT NULL,
    release     text,
    name        text        NOT NULL,
    bytes       bigint      NOT NULL,
    sha256      text        NOT NULL,         -- also its file's name
    machine     text        NOT NULL,
    has_names   boolean     NOT NULL,
    has_lines   boolean     NOT NULL,
    uploaded_by text        NOT NULL,
    uploaded_at timestamptz NOT NULL,
    version     int         NOT NULL
);
CREATE INDEX symbol_file_of_product ON remote.symbol_file (product, build_id);
