-- What cases cost. An entry changes only while it is a draft; a settled one is put right by a counter-entry.
CREATE TABLE service.cost_entry (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int           NOT NULL DEFAULT 1,
    ticket      bigint REFERENCES service.ticket,
    kind        text          NOT NULL,
    amount      numeric(14,2) NOT NULL,
    basis       text          NOT NULL,
    text        text          NOT NULL,
    reference   text          NOT NULL,
    voucher     text,
    department  text          NOT NULL,
    period      text          NOT NULL,   -- month of the books, such as 2026-11
    at          timestamptz   NOT NULL,
    state       text          NOT NULL,
    -- whose the case was when it was entered
    model       text          NOT NULL,
    region      text          NOT NULL,
    grade       text          NOT NULL,
    entered_by  text          NOT NULL,
    verified_by text,
    verified_at timestamptz,
    settled_by  text,
    settled_at  timestamptz,
    source      text UNIQUE,              -- of what another room told: one posting, one entry
    reverses    bigint UNIQUE REFERENCES service.cost_entry
);
CREATE INDEX cost_entry_ticket ON service.cost_entry (ticket, id);
CREATE INDEX cost_entry_period ON service.cost_entry (period, state, id);

CREATE FUNCTION service.cost_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'settled' THEN
        RAISE EXCEPTION 'a settled cost stays as it is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cost_entry_stays BEFORE UPDATE OR DELETE ON service.cost_entry
    FOR EACH ROW EXECUTE FUNCTION service.cost_entry_stays();

CREATE TABLE service.cost_period (
    period    text PRIMARY KEY,
    closed_at timestamptz   NOT NULL,
    closed_by text          NOT NULL,
    entries   int           NOT NULL,
    amount    numeric(16,2) NOT NULL
);

CREATE TABLE service.budget (
    department text          NOT NULL,
    period     text          NOT NULL,    -- a month, a quarter or a year
    amount     numeric(14,2) NOT NULL,
    version    int           NOT NULL DEFAULT 1,
    PRIMARY KEY (department, period)
);

-- Figures of a span of time.
CREATE INDEX ticket_opened ON service.ticket (opened_at);
