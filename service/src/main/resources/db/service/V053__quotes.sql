-- What a repair that is not covered would cost, with what was shown to the customer and what came of it.
CREATE TABLE service.quote (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int            NOT NULL DEFAULT 1,
    ticket       bigint         NOT NULL REFERENCES service.ticket,
    revision     int            NOT NULL,
    state        text           NOT NULL,
    terms        jsonb          NOT NULL,
    total        numeric(14, 2) NOT NULL CHECK (total >= 0),
    currency     text           NOT NULL,
    created_by   text           NOT NULL,
    created_at   timestamptz    NOT NULL,
    sent_at      timestamptz,
    valid_until  timestamptz,
    decided_at   timestamptz,
    decided_via  text,
    decided_by   text,
    address_hash text,
    wording      text,
    note         text,
    UNIQUE (ticket, revision)
);
-- At most one draft, and one that waits or was accepted, of a case.
CREATE UNIQUE INDEX quote_one_draft ON service.quote (ticket) WHERE state = 'draft';
CREATE UNIQUE INDEX quote_one_valid ON service.quote (ticket) WHERE state IN ('sent', 'accepted');
CREATE INDEX quote_due ON service.quote (valid_until) WHERE state = 'sent';

-- What customers were asked, and answered, about the replacement of a part; only ever added to. The newest answer holds.
CREATE TABLE service.part_consent (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket       bigint      NOT NULL REFERENCES service.ticket,
    part         text        NOT NULL REFERENCES service.part,
    state        text        NOT NULL CHECK (state IN ('asked', 'granted', 'refused')),
    at           timestamptz NOT NULL,
    via          text        NOT NULL,
    actor        text        NOT NULL,
    note         text        NOT NULL,
    wording      text        NOT NULL,
    address_hash text
);
CREATE INDEX part_consent_ticket ON service.part_consent (ticket, part, id);
CREATE TRIGGER part_consent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.part_consent
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- Cases whose work is done free of charge though it is not covered.
CREATE TABLE service.charge_waiver (
    ticket bigint PRIMARY KEY REFERENCES service.ticket,
    reason text        NOT NULL,
    actor  text        NOT NULL,
    at     timestamptz NOT NULL
);
