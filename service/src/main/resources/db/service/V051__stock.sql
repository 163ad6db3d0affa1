-- Where parts may be. Only the kinds warehouse, outlet, van and quarantine hold stock; the others are the world outside.
CREATE TABLE service.stock_location (
    code       text PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    kind       text        NOT NULL CHECK (kind IN ('warehouse', 'outlet', 'van', 'quarantine', 'customer', 'scrap', 'supplier', 'count')),
    name       text        NOT NULL,
    outlet     text        NOT NULL DEFAULT '',
    engineer   text,
    active     boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL
);
INSERT INTO service.stock_location (code, kind, name, created_at) VALUES
    ('customer', 'customer', 'Customers', now()), ('scrap', 'scrap', 'Scrap', now()),
    ('supplier', 'supplier', 'Suppliers', now()), ('count', 'count', 'Differences found by counting', now());

-- The ledger: the truth about stock, only ever added to.
CREATE TABLE service.stock_movement (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz    NOT NULL,
    part      text           NOT NULL REFERENCES service.part,
    batch     text           NOT NULL DEFAULT '',
    source    text           NOT NULL REFERENCES service.stock_location,
    target    text           NOT NULL REFERENCES service.stock_location,
    quantity  int            NOT NULL CHECK (quantity > 0),
    reason    text           NOT NULL,
    reference text           NOT NULL,
    unit_cost numeric(14, 2) NOT NULL CHECK (unit_cost >= 0),
    actor     text           NOT NULL,
    -- The movement that this one takes back; each may be taken back once.
    reverses  bigint UNIQUE REFERENCES service.stock_movement,
    CHECK (source <> target)
);
CREATE INDEX stock_movement_part ON service.stock_movement (part, id);
CREATE INDEX stock_movement_at ON service.stock_movement (at);
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.stock_movement
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- What is reserved of a part at a location. Its row is also the lock of that shelf.
CREATE TABLE service.stock_shelf (
    part     text NOT NULL REFERENCES service.part,
    location text NOT NULL REFERENCES service.stock_location,
    reserved int  NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    PRIMARY KEY (part, location)
);
-- What the movements add up to; written with each movement and never otherwise.
CREATE TABLE service.stock_balance (
    part     text NOT NULL,
    location text NOT NULL,
    batch    text NOT NULL,
    quantity int  NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (part, location, batch),
    FOREIGN KEY (part, location) REFERENCES service.stock_shelf
);

-- What should always be there, computed each day from demand.
CREATE TABLE service.safety_stock (
    part          text PRIMARY KEY REFERENCES service.part,
    weeks         int              NOT NULL,
    mean          double precision NOT NULL,
    deviation     double precision NOT NULL,
    lead_days     double precision NOT NULL,
    service_level double precision NOT NULL,
    level         int              NOT NULL,
    reorder_point int              NOT NULL,
    computed_at   timestamptz      NOT NULL
);
CREATE TABLE service.safety_stock_run (
    day timestamptz PRIMARY KEY,
    at  timestamptz NOT NULL
);
