-- While a token is being changed the one before is right too, until its time is over or the new one was used.
-- `token_used` is false between a device's registration by itself and its first login.
ALTER TABLE fleet.device
    ADD COLUMN old_token_hash  bytea,
    ADD COLUMN old_token_until timestamptz,
    ADD COLUMN token_used      boolean NOT NULL DEFAULT true;
CREATE UNIQUE INDEX device_old_token ON fleet.device (old_token_hash) WHERE old_token_hash IS NOT NULL;

-- Most devices have none of these, and what is empty is not searched for: an import need not write it.
DROP INDEX fleet.device_firmware;
DROP INDEX fleet.device_region;
DROP INDEX fleet.device_outlet;
CREATE INDEX device_firmware ON fleet.device (firmware, id) WHERE firmware <> '';
CREATE INDEX device_region ON fleet.device (region, id) WHERE region <> '';
CREATE INDEX device_outlet ON fleet.device (outlet, id) WHERE outlet <> '';

-- Sorted in many at a time; an import sorts the rest at its end.
DO $$
BEGIN
    IF to_regclass('fleet.device_search') IS NOT NULL THEN
        ALTER INDEX fleet.device_search SET (gin_pending_list_limit = 4096); -- kB
    END IF;
END $$;

-- Keys with which a product's devices register themselves.
CREATE TABLE fleet.product_key (
    key         text PRIMARY KEY,
    model       text        NOT NULL REFERENCES fleet.product,
    secret_hash bytea       NOT NULL,
    enabled     boolean     NOT NULL DEFAULT true,
    devices_max int         NOT NULL,
    devices     int         NOT NULL DEFAULT 0,
    until       timestamptz NOT NULL,
    known_only  boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX product_key_model ON fleet.product_key (model, key);

-- Authorities whose certificates make a device one of a product.
CREATE TABLE fleet.product_authority (
    fingerprint text PRIMARY KEY,
    model       text        NOT NULL REFERENCES fleet.product,
    subject     text        NOT NULL,
    certificate text        NOT NULL,
    enabled     boolean     NOT NULL DEFAULT true,
    devices_max int         NOT NULL,
    devices     int         NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Codes with which a customer makes a device his own.
CREATE TABLE fleet.claim (
    device     text PRIMARY KEY REFERENCES fleet.device ON DELETE CASCADE,
    code_hash  bytea       NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX claim_expiry ON fleet.claim (expires_at);
