-- Where other systems want to be told what happens.
CREATE TABLE service.webhook (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version       int         NOT NULL DEFAULT 1,
    url           text        NOT NULL,
    description   text        NOT NULL,
    events        text[]      NOT NULL,
    secret        bytea       NOT NULL,   -- what deliveries are signed with
    old_secret    bytea,                  -- the one before, which signs beside it until then
    old_until     timestamptz,
    active        boolean     NOT NULL,
    reason        text        NOT NULL DEFAULT '',
    failures      int         NOT NULL DEFAULT 0,   -- in a row
    failing_since timestamptz,
    not_before    timestamptz NOT NULL,             -- an address that fails is left alone for a while
    created_by    text        NOT NULL,
    created_at    timestamptz NOT NULL
);

-- Each event for each of them, with what became of it.
CREATE TABLE service.webhook_delivery (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook    bigint      NOT NULL REFERENCES service.webhook ON DELETE CASCADE,
    event      text        NOT NULL,
    type       text        NOT NULL,
    payload    text        NOT NULL,      -- byte for byte what is signed
    state      text        NOT NULL,      -- queued, sent, dead
    attempts   int         NOT NULL DEFAULT 0,
    status     int,
    answer     text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    ended_at   timestamptz,
    UNIQUE (webhook, event)
);
CREATE INDEX webhook_delivery_due ON service.webhook_delivery (webhook, due_at, id) WHERE state = 'queued';
CREATE INDEX webhook_delivery_ended ON service.webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
