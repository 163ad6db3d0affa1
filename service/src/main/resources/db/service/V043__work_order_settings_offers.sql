-- What work costs, what is asked at arrival: one row, changed by people. As json, which keeps the order of the questions.
CREATE TABLE service.work_order_setting (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    version  int  NOT NULL,
    document json NOT NULL
);

-- The ways of repair that a customer was offered after remote guidance did not help, and the one that they chose.
CREATE TABLE service.service_offer (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    ticket     bigint      NOT NULL REFERENCES service.ticket,
    remote     text        NOT NULL,
    options    json        NOT NULL,
    offered_by text        NOT NULL,
    offered_at timestamptz NOT NULL,
    choice     text,
    chosen_by  text,
    chosen_at  timestamptz,
    work_order bigint REFERENCES service.work_order
);
CREATE INDEX service_offer_ticket ON service.service_offer (ticket, id);
-- A case has one open question.
CREATE UNIQUE INDEX service_offer_open ON service.service_offer (ticket) WHERE choice IS NULL;

-- Which engineer is on the way, or works on a device, now.
CREATE INDEX work_order_under_way ON service.work_order (engineer)
    WHERE state IN ('en-route', 'on-site', 'repairing', 'testing');
