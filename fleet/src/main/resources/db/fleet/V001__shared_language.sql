-- Effects that were decided and not yet carried out (Outbox, OutboxRelay).
CREATE TABLE fleet.outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    payload    jsonb       NOT NULL,
    attempts   int         NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at     timestamptz NOT NULL DEFAULT now(),
    done_at    timestamptz,
    UNIQUE (topic, key)
);
CREATE INDEX outbox_pending ON fleet.outbox (due_at, id) WHERE done_at IS NULL;

-- Products, and a number for each that rows of telemetry can hold.
CREATE TABLE fleet.product (
    number   int GENERATED ALWAYS AS IDENTITY UNIQUE,
    model    text PRIMARY KEY,
    name     text        NOT NULL,
    document jsonb       NOT NULL,
    version  int         NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Which place each metric of a product has: assigned once, at first sight, for ever.
CREATE TABLE fleet.metric (
    model text NOT NULL REFERENCES fleet.product,
    place int  NOT NULL,
    name  text NOT NULL,
    PRIMARY KEY (model, place),
    UNIQUE (model, name)
);

CREATE TABLE fleet.device (
    number     int GENERATED ALWAYS AS IDENTITY UNIQUE,
    id         text PRIMARY KEY,
    model      text        NOT NULL REFERENCES fleet.product,
    token_hash bytea       NOT NULL,
    hardware   text        NOT NULL DEFAULT '',
    firmware   text        NOT NULL DEFAULT '',
    customer   text        NOT NULL DEFAULT '',
    purchased  date,
    region     text        NOT NULL DEFAULT '',
    outlet     text        NOT NULL DEFAULT '',
    tags       jsonb       NOT NULL DEFAULT '{}',
    state      text        NOT NULL DEFAULT 'provisioned',
    version    int         NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen  timestamptz
);
CREATE INDEX device_model ON fleet.device (model, id);

CREATE UNIQUE INDEX device_token ON fleet.device (token_hash);

-- Who did what: append-only and chained (Audit). The detail is text, because its exact bytes are hashed.
CREATE TABLE fleet.audit (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    actor         text        NOT NULL,
    roles         text        NOT NULL,
    action        text        NOT NULL,
    object        text        NOT NULL,
    detail        text        NOT NULL,
    address       text        NOT NULL,
    previous_hash text        NOT NULL,
    hash          text        NOT NULL UNIQUE
);
CREATE INDEX audit_object ON fleet.audit (object, id);
CREATE INDEX audit_actor ON fleet.audit (actor, id);
CREATE FUNCTION fleet.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fleet.audit
    FOR EACH STATEMENT EXECUTE FUNCTION fleet.audit_is_append_only();

-- Answers to writes that carried an Idempotency-Key.
CREATE TABLE fleet.idempotency (
    sender      text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    status      int,
    headers     text,
    body        text,
    made_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sender, key)
);
CREATE INDEX idempotency_age ON fleet.idempotency (made_at);

CREATE TABLE fleet.staff (
    name          text PRIMARY KEY,
    password_hash text        NOT NULL,
    roles         text[]      NOT NULL,
    region        text        NOT NULL DEFAULT '',
    outlet        text        NOT NULL DEFAULT '',
    active        boolean     NOT NULL DEFAULT true,
    version       int         NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE fleet.session (
    token_hash bytea PRIMARY KEY,
    name       text        NOT NULL REFERENCES fleet.staff ON DELETE CASCADE,
    csrf       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_name ON fleet.session (name);
