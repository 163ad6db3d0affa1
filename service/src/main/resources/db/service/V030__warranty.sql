-- Warranty policies: versions are only ever added.
CREATE TABLE service.warranty_policy (
    id        text        NOT NULL,
    version   int         NOT NULL,
    withdrawn boolean     NOT NULL,
    document  jsonb       NOT NULL,
    made_by   text        NOT NULL,
    made_at   timestamptz NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE TRIGGER warranty_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.warranty_policy
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- What is known of a device's purchase beside the register of devices.
CREATE TABLE service.warranty_register (
    device    text PRIMARY KEY,
    version   int  NOT NULL DEFAULT 1,
    -- As the customer says; what the seller knows stands in the register of devices.
    purchased date,
    proof     text,
    activated date,
    produced  date
);

-- What was found on a device that its warranty does not stand for; withdrawn, never deleted.
CREATE TABLE service.warranty_finding (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version          int         NOT NULL DEFAULT 1,
    device           text        NOT NULL,
    exclusion        text        NOT NULL,
    component        text,
    ticket           bigint REFERENCES service.ticket,
    evidence         text        NOT NULL,
    files            text[]      NOT NULL,
    found_by         text        NOT NULL,
    at               timestamptz NOT NULL,
    withdrawn_by     text,
    withdrawn_at     timestamptz,
    withdrawn_reason text
);
CREATE INDEX warranty_finding_device ON service.warranty_finding (device, id);

-- Parts with serials of their own.
CREATE TABLE service.component (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    device     text        NOT NULL,
    serial     text        NOT NULL,
    part       text        NOT NULL,
    class      text        NOT NULL,
    origin     text        NOT NULL,
    state      text        NOT NULL,
    fitted_at  timestamptz NOT NULL,
    removed_at timestamptz,
    ticket     bigint REFERENCES service.ticket
);
CREATE INDEX component_device ON service.component (device, id);
-- A part is in one device at a time.
CREATE UNIQUE INDEX component_fitted ON service.component (part, serial) WHERE state = 'fitted';

-- Which device went for which: the new one carries the old one's warranty on.
CREATE TABLE service.exchange (
    old_device text PRIMARY KEY,
    new_device text        NOT NULL UNIQUE,
    at         timestamptz NOT NULL,
    ticket     bigint      NOT NULL REFERENCES service.ticket,
    CHECK (old_device <> new_device)
);
