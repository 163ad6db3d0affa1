-- Work on a device by an engineer: at the customer's, or in the workshop.
CREATE TABLE service.work_order (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    ticket      bigint      NOT NULL REFERENCES service.ticket,
    device      text        NOT NULL,
    model       text        NOT NULL,
    region      text        NOT NULL,
    outlet      text        NOT NULL,
    type        text        NOT NULL,
    job         jsonb       NOT NULL,
    state       text        NOT NULL,
    state_since timestamptz NOT NULL,
    engineer    text,
    engineer_number bigint,
    slot        tstzrange,
    confirmed_at timestamptz,
    course      jsonb       NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    CHECK ((engineer IS NULL) = (engineer_number IS NULL)),
    CHECK ((engineer IS NULL) = (slot IS NULL)),
    -- One engineer is in one place at a time. The range around the number stands for "the same engineer" without an
    -- extension: https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-CONSTRAINT
    CONSTRAINT work_order_no_double_booking EXCLUDE USING gist
        (int8range(engineer_number, engineer_number, '[]') WITH &&, slot WITH &&)
        WHERE (engineer_number IS NOT NULL AND state NOT IN ('done', 'failed'))
);
CREATE INDEX work_order_ticket ON service.work_order (ticket, id);
CREATE INDEX work_order_engineer ON service.work_order (engineer, id) WHERE engineer IS NOT NULL;
CREATE INDEX work_order_state ON service.work_order (state, id);
