-- Parts asked for, and what became of them.
CREATE TABLE service.requisition (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    ticket      bigint      NOT NULL REFERENCES service.ticket,
    work_order  text,
    state       text        NOT NULL,
    source      text        NOT NULL REFERENCES service.stock_location,
    target      text        NOT NULL REFERENCES service.stock_location,
    requester   text        NOT NULL,
    approver    text,
    reason      text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    state_since timestamptz NOT NULL,
    lines       jsonb       NOT NULL,
    shipment    jsonb
);
CREATE INDEX requisition_ticket ON service.requisition (ticket, id);
CREATE INDEX requisition_state ON service.requisition (state, id);

-- Parts in devices, and how long they held.
CREATE TABLE service.fitting (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requisition bigint      NOT NULL REFERENCES service.requisition,
    ticket      bigint      NOT NULL REFERENCES service.ticket,
    device      text        NOT NULL,
    part        text        NOT NULL REFERENCES service.part,
    batch       text        NOT NULL,
    serial      text        NOT NULL DEFAULT '',
    quantity    int         NOT NULL CHECK (quantity > 0),
    supplier    text REFERENCES service.supplier,
    movement    bigint      NOT NULL REFERENCES service.stock_movement,
    fitted_by   text        NOT NULL,
    fitted_at   timestamptz NOT NULL,
    removed_at  timestamptz,
    removed_by  text,
    removal     text,
    failed      boolean
);
CREATE INDEX fitting_ticket ON service.fitting (ticket, id);
CREATE INDEX fitting_supplier ON service.fitting (supplier, part);
