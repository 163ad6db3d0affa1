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
) WITH (fillfactor = 85); -- room for last_seen to change in place
-- The list is read in the order of ids, each filter with its own index in that order.
CREATE INDEX device_model ON fleet.device (model, id);
CREATE INDEX device_firmware ON fleet.device (firmware, id);
CREATE INDEX device_region ON fleet.device (region, id);
CREATE INDEX device_outlet ON fleet.device (outlet, id);
CREATE INDEX device_state ON fleet.device (state, id);
-- Searching in the middle of a word wants trigrams; where they may not be had, the search reads the table.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX device_search ON fleet.device USING gin (lower(id || ' ' || customer) gin_trgm_ops)
        WITH (gin_pending_list_limit = 256); -- kB: what an import leaves to be searched one by one
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'pg_trgm cannot be had here: searching devices will be slower';
END $$;

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

-- The end of the chain: a removed last entry is missed by it. Its row is also the lock that keeps the chain straight.
CREATE TABLE fleet.audit_head (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    entries bigint NOT NULL,
    hash    text   NOT NULL
);
INSERT INTO fleet.audit_head (entries, hash) VALUES (0, repeat('0', 64));

-- Answers to writes that carried an Idempotency-Key; the key is kept as a hash, the answer encrypted under the key.
CREATE TABLE fleet.idempotency (
    sender      text        NOT NULL,
    key_hash    bytea       NOT NULL,
    fingerprint bytea       NOT NULL,
    answer      bytea,
    made_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sender, key_hash)
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
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_name ON fleet.session (name);
CREATE INDEX session_expiry ON fleet.session (expires_at);
