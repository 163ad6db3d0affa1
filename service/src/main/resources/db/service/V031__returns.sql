-- Devices that come back (Rma).
CREATE TABLE service.rma (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int            NOT NULL DEFAULT 1,
    ticket       bigint         NOT NULL REFERENCES service.ticket,
    type         text           NOT NULL,
    state        text           NOT NULL,
    since        timestamptz    NOT NULL,
    device       text           NOT NULL,
    reason       text           NOT NULL,
    requester    text           NOT NULL,
    requested_at timestamptz    NOT NULL,
    -- Burden.Claim and Burden, as they stand.
    claim        jsonb          NOT NULL,
    burden       jsonb          NOT NULL,
    new_device   text,
    advance      boolean        NOT NULL,
    way          text,
    compensation numeric(14, 2) NOT NULL,
    refund       numeric(14, 2),
    approver     text,
    note         text,
    inspection   jsonb,
    handover     jsonb
);
CREATE INDEX rma_ticket ON service.rma (ticket, id);
CREATE INDEX rma_state ON service.rma (state, id);
-- A device comes back once at a time, and is the new one of one exchange.
CREATE UNIQUE INDEX rma_one_open ON service.rma (device) WHERE state NOT IN ('closed', 'rejected', 'cancelled');
CREATE UNIQUE INDEX rma_one_new ON service.rma (new_device)
    WHERE new_device IS NOT NULL AND state NOT IN ('rejected', 'cancelled');

-- What was sent and what came in: only ever added to.
CREATE TABLE service.rma_shipment (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rma      bigint         NOT NULL REFERENCES service.rma,
    inbound  boolean        NOT NULL,
    device   text           NOT NULL,
    carrier  text           NOT NULL,
    tracking text           NOT NULL,
    cost     numeric(14, 2) NOT NULL,
    payer    text           NOT NULL,
    sent_by  text           NOT NULL,
    sent_at  timestamptz    NOT NULL
);
CREATE INDEX rma_shipment_rma ON service.rma_shipment (rma, id);
CREATE TABLE service.rma_receipt (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rma       bigint      NOT NULL REFERENCES service.rma,
    serial    text        NOT NULL,
    matches   boolean     NOT NULL,
    condition text        NOT NULL,
    taken_by  text        NOT NULL,
    at        timestamptz NOT NULL
);
CREATE INDEX rma_receipt_rma ON service.rma_receipt (rma, id);
CREATE TRIGGER rma_shipment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.rma_shipment
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();
CREATE TRIGGER rma_receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.rma_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- Devices that are lent while a repair goes on.
CREATE TABLE service.loaner (
    device      text PRIMARY KEY,
    version     int    NOT NULL DEFAULT 1,
    state       text   NOT NULL,
    equivalents text[] NOT NULL,
    note        text   NOT NULL
);
CREATE TABLE service.loan (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    loaner      text        NOT NULL REFERENCES service.loaner,
    ticket      bigint      NOT NULL REFERENCES service.ticket,
    lent_by     text        NOT NULL,
    lent_at     timestamptz NOT NULL,
    -- Null until the repair ends, where no other day was agreed.
    due         timestamptz,
    overdue_at  timestamptz,
    returned_at timestamptz,
    taken_by    text,
    condition   text,
    is_sound    boolean,
    is_wiped    boolean
);
CREATE UNIQUE INDEX loan_one ON service.loan (loaner) WHERE returned_at IS NULL;
CREATE INDEX loan_ticket ON service.loan (ticket, id);
CREATE INDEX loan_due ON service.loan (due) WHERE returned_at IS NULL AND overdue_at IS NULL;
