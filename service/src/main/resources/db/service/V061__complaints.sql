CREATE TABLE service.complaint (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version       int         NOT NULL DEFAULT 1,
    state         text        NOT NULL,
    -- product, service or other
    kind          text        NOT NULL,
    severity      text        NOT NULL,
    title         text        NOT NULL,
    description   text        NOT NULL,
    channel       text        NOT NULL,
    customer      text REFERENCES service.customer,
    ticket        bigint REFERENCES service.ticket,
    device        text,
    product       text        NOT NULL,
    owner         text,
    -- What looking into it showed at first, and whether the customer is right.
    finding       text,
    justified     boolean,
    cause         text,
    cause_code    text,
    recurrence_of bigint REFERENCES service.complaint,
    reply         text,
    answered_at   timestamptz,
    satisfaction  int,
    logged_by     text        NOT NULL,
    logged_at     timestamptz NOT NULL,
    closed_at     timestamptz
);
CREATE INDEX complaint_state ON service.complaint (state, id);
CREATE INDEX complaint_same ON service.complaint (product, cause_code, kind, logged_at);
CREATE INDEX complaint_ticket ON service.complaint (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX complaint_customer ON service.complaint (customer) WHERE customer IS NOT NULL;

-- What happened to a complaint. Only ever added to.
CREATE TABLE service.complaint_event (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    complaint bigint      NOT NULL REFERENCES service.complaint,
    at        timestamptz NOT NULL,
    kind      text        NOT NULL,
    person    text        NOT NULL,
    text      text        NOT NULL,
    told      boolean     NOT NULL DEFAULT false
);
CREATE INDEX complaint_event_complaint ON service.complaint_event (complaint, id);
CREATE TRIGGER complaint_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.complaint_event
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- What is done so that it does not come again, and whether that had an effect.
CREATE TABLE service.complaint_action (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    complaint   bigint      NOT NULL REFERENCES service.complaint,
    text        text        NOT NULL,
    owner       text        NOT NULL,
    due         timestamptz NOT NULL,
    done_at     timestamptz,
    result      text,
    effective   boolean,
    evidence    text,
    checked_by  text,
    checked_at  timestamptz,
    reminded_at timestamptz
);
CREATE INDEX complaint_action_complaint ON service.complaint_action (complaint, id);
CREATE INDEX complaint_action_due ON service.complaint_action (due) WHERE done_at IS NULL AND reminded_at IS NULL;
