-- Personal data of those who report cases: apart from the cases, which know them by pseudonym.
CREATE TABLE service.contact (
    id         text PRIMARY KEY,
    name       text,
    phone      text,
    email      text,
    created_at timestamptz NOT NULL,
    erased_at  timestamptz
);
-- Who looked at it last when, so that one look is audited once.
CREATE TABLE service.contact_reading (
    contact text        NOT NULL REFERENCES service.contact,
    reader  text        NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (contact, reader)
);

CREATE TABLE service.ticket (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    device      text        NOT NULL,
    title       text        NOT NULL,
    description text        NOT NULL,
    symptom     text        NOT NULL,
    origin      text        NOT NULL,
    contact     text REFERENCES service.contact,
    opened_at   timestamptz NOT NULL,
    state       text        NOT NULL,
    state_since timestamptz NOT NULL,
    priority    text        NOT NULL,
    owner       text,
    root_cause  text,
    verification text,
    resolved_at timestamptz,
    closed_at   timestamptz,
    -- The fault that opened it, and what was measured then (Signal).
    fault       text,
    fault_code  text,
    signal      jsonb,
    -- The firmware on its way, and until when its effect is watched (Fix).
    fix         jsonb,
    soak_until  timestamptz,
    -- The clock that is due first, kept here for lists.
    next_clock  text,
    next_due    timestamptz,
    next_state  text,
    -- Search (Grams).
    plain       text        NOT NULL,
    grams       text[]      NOT NULL
);
-- At most one open case for a fault of a device.
CREATE UNIQUE INDEX ticket_one_open ON service.ticket (device, fault_code)
    WHERE fault_code IS NOT NULL AND state NOT IN ('resolved', 'verified', 'closed', 'cancelled');
CREATE INDEX ticket_device ON service.ticket (device, id);
CREATE INDEX ticket_state ON service.ticket (state, id);
CREATE INDEX ticket_owner ON service.ticket (owner, id);
CREATE INDEX ticket_due ON service.ticket (next_due, id) WHERE next_due IS NOT NULL;
CREATE INDEX ticket_soak ON service.ticket (soak_until) WHERE soak_until IS NOT NULL;
CREATE INDEX ticket_grams ON service.ticket USING gin (grams);

-- Which case a fault went to: each fault opens, or joins, exactly one.
CREATE TABLE service.ticket_fault (
    fault     text PRIMARY KEY,
    ticket    bigint      NOT NULL REFERENCES service.ticket,
    linked_at timestamptz NOT NULL
);
CREATE INDEX ticket_fault_ticket ON service.ticket_fault (ticket);

-- What happened to a case, only ever added to.
CREATE TABLE service.timeline (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket bigint      NOT NULL REFERENCES service.ticket,
    at     timestamptz NOT NULL,
    kind   text        NOT NULL,
    actor  text        NOT NULL,
    text   text        NOT NULL,
    data   jsonb
);
CREATE INDEX timeline_ticket ON service.timeline (ticket, id);

CREATE TABLE service.clock (
    ticket         bigint NOT NULL REFERENCES service.ticket,
    type           text   NOT NULL,
    policy         text   NOT NULL,
    calendar       text   NOT NULL,
    target_seconds bigint NOT NULL,
    -- As the events below add up.
    state          text   NOT NULL,
    due_at         timestamptz,
    PRIMARY KEY (ticket, type)
);
CREATE INDEX clock_due ON service.clock (due_at) WHERE state = 'running';

-- What happened to a clock, only ever added to: its running stretches follow from it.
CREATE TABLE service.clock_event (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket bigint      NOT NULL,
    type   text        NOT NULL,
    beat   text        NOT NULL,
    at     timestamptz NOT NULL,
    FOREIGN KEY (ticket, type) REFERENCES service.clock
);
CREATE INDEX clock_event_clock ON service.clock_event (ticket, type, id);

CREATE FUNCTION service.is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.timeline
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();
CREATE TRIGGER clock_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.clock_event
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();
