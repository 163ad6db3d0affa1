-- Rules: the newest version of each, and every version there ever was.
CREATE TABLE diagnostics.rule (
    id         text PRIMARY KEY,
    version    int         NOT NULL,
    since      int         NOT NULL,   -- the version with which it came into force, anew after each deletion
    active     boolean     NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE diagnostics.rule_version (
    rule     text        NOT NULL REFERENCES diagnostics.rule,
    version  int         NOT NULL,
    source   text        NOT NULL,   -- as its author sent it, comments and all
    document jsonb       NOT NULL,
    author   text        NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rule, version)
);

-- A fault: one open row at most for each device and code. Times are event time.
CREATE TABLE diagnostics.fault (
    id           text PRIMARY KEY,
    device       text        NOT NULL,
    code         text        NOT NULL,
    severity     text        NOT NULL,
    state        text        NOT NULL,   -- firing, recovering, resolved, suppressed
    rule         text        NOT NULL,
    rule_version int         NOT NULL,
    title        text        NOT NULL,
    first_seen   timestamptz NOT NULL,
    last_seen    timestamptz NOT NULL,   -- when the condition was last seen true, to the minute
    last_raised  timestamptz NOT NULL,
    cleared_at   timestamptz,
    count        int         NOT NULL,   -- how often it was raised
    events       int         NOT NULL,   -- how many entries fault_event has of it
    flaps        bigint[]    NOT NULL DEFAULT '{}',  -- the latest raises that its rule's quiet counts, microseconds
    held_until   bigint      NOT NULL DEFAULT 0,     -- how long its rule's quiet keeps it open, microseconds
    explain      jsonb       NOT NULL,
    ticket       text,
    changed_at   timestamptz NOT NULL DEFAULT now()  -- by the clock of the server
);
CREATE UNIQUE INDEX fault_open ON diagnostics.fault (device, code) WHERE cleared_at IS NULL;
CREATE INDEX fault_of_device ON diagnostics.fault (device, first_seen DESC, id DESC);
CREATE INDEX fault_newest ON diagnostics.fault (first_seen DESC, id DESC);
CREATE INDEX fault_of_code ON diagnostics.fault (code, first_seen DESC, id DESC);
CREATE INDEX fault_of_rule ON diagnostics.fault (rule) WHERE cleared_at IS NULL;
CREATE INDEX fault_changed ON diagnostics.fault (changed_at);

-- What happened to a fault, in order.
CREATE TABLE diagnostics.fault_event (
    fault   text        NOT NULL REFERENCES diagnostics.fault ON DELETE CASCADE,
    n       int         NOT NULL,
    at      timestamptz NOT NULL,
    kind    text        NOT NULL,        -- raised, reraised, cleared
    detail  jsonb       NOT NULL,
    PRIMARY KEY (fault, n)
);

-- A remote action: asked for by a person, carried out by the device.
CREATE TABLE diagnostics.action (
    id           text PRIMARY KEY,
    device       text        NOT NULL,
    name         text        NOT NULL,
    class        text        NOT NULL,   -- A read-only, B reversible, C disruptive, D dangerous
    params       jsonb       NOT NULL,
    ticket       text,
    state        text        NOT NULL,
    reason       text,
    requested_by text        NOT NULL,
    decided_by   text,
    timeout_seconds int      NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,   -- not sent after this
    sent_at      timestamptz,
    due_at       timestamptz,            -- when the clock loop looks at it next
    finished_at  timestamptz,
    output       jsonb,
    error        text,
    late_result  jsonb,                  -- what came after it had ended
    version      int         NOT NULL DEFAULT 1
);
CREATE INDEX action_of_device ON diagnostics.action (device, created_at DESC, id DESC);
CREATE INDEX action_due ON diagnostics.action (due_at) WHERE due_at IS NOT NULL;
