-- Files that belong to cases; their content lies in the data directory under its own name.
CREATE TABLE service.attachment (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket bigint      NOT NULL REFERENCES service.ticket,
    name   text        NOT NULL,
    type   text        NOT NULL,
    bytes  bigint      NOT NULL,
    sha256 text        NOT NULL,
    person text        NOT NULL,
    at     timestamptz NOT NULL,
    UNIQUE (ticket, sha256, name)
);
-- How cases belong together; `related` has no direction and goes from the lower id.
CREATE TABLE service.ticket_link (
    from_ticket bigint      NOT NULL REFERENCES service.ticket,
    to_ticket   bigint      NOT NULL REFERENCES service.ticket,
    kind        text        NOT NULL,
    person      text        NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (from_ticket, to_ticket, kind)
);
CREATE INDEX ticket_link_to ON service.ticket_link (to_ticket);
-- What somebody has begun to write at a case.
CREATE TABLE service.draft (
    ticket     bigint      NOT NULL REFERENCES service.ticket,
    person     text        NOT NULL,
    text       text        NOT NULL,
    version    int         NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (ticket, person)
);
-- Earlier cases of a customer, by what they are reached by.
CREATE INDEX case_contact_phone ON service.contact (phone) WHERE phone IS NOT NULL;
CREATE INDEX case_contact_email ON service.contact (lower(email)) WHERE email IS NOT NULL;
-- Past cases of a fault.
CREATE INDEX ticket_code ON service.ticket (fault_code, id) WHERE fault_code IS NOT NULL;
