-- Who delivers parts.
CREATE TABLE service.supplier (
    id             text PRIMARY KEY,
    version        int         NOT NULL DEFAULT 1,
    name           text        NOT NULL,
    lead_days      int         NOT NULL CHECK (lead_days >= 0),
    lead_deviation numeric(6, 2) NOT NULL CHECK (lead_deviation >= 0),
    warranty_days  int         NOT NULL CHECK (warranty_days >= 0),
    active         boolean     NOT NULL,
    created_at     timestamptz NOT NULL
);

CREATE TABLE service.part (
    code           text PRIMARY KEY,
    version        int         NOT NULL DEFAULT 1,
    name_zh        text        NOT NULL,
    name_en        text        NOT NULL,
    specification  text        NOT NULL,
    models         text[]      NOT NULL,
    class          text        NOT NULL CHECK (class IN ('core', 'accessory', 'consumable')),
    genuine        boolean     NOT NULL,
    certificate    text,
    supplier       text REFERENCES service.supplier,
    purchase_price numeric(14, 2) NOT NULL CHECK (purchase_price >= 0),
    safety_stock   int         NOT NULL CHECK (safety_stock >= 0),
    state          text        NOT NULL CHECK (state IN ('active', 'obsolete')),
    created_at     timestamptz NOT NULL
);
CREATE INDEX part_models ON service.part USING gin (models);

-- The official price of a part from a day on, until the next row's day; only ever added to.
CREATE TABLE service.part_price (
    part       text           NOT NULL REFERENCES service.part,
    valid_from date           NOT NULL,
    amount     numeric(14, 2) NOT NULL CHECK (amount >= 0),
    set_by     text           NOT NULL,
    set_at     timestamptz    NOT NULL,
    PRIMARY KEY (part, valid_from)
);
CREATE TRIGGER part_price_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.part_price
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

CREATE TABLE service.part_batch (
    part           text NOT NULL REFERENCES service.part,
    batch          text NOT NULL CHECK (batch <> ''),
    supplier       text REFERENCES service.supplier,
    supplier_batch text,
    expires        date,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (part, batch)
);
