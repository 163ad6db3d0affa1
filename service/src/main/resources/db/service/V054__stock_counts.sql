-- Counts of what stands at a place, and what came of the differences.
CREATE TABLE service.stock_count (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    location   text        NOT NULL REFERENCES service.stock_location,
    state      text        NOT NULL CHECK (state IN ('open', 'counted', 'approved', 'rejected')),
    lines      jsonb       NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    counted_by text,
    counted_at timestamptz,
    decided_by text,
    decided_at timestamptz,
    reason     text        NOT NULL DEFAULT ''
);
CREATE INDEX stock_count_location ON service.stock_count (location, id);
