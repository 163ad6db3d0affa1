-- When somebody has to speak with a customer again.
CREATE TABLE service.follow_up (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int         NOT NULL DEFAULT 1,
    -- call-back, visit or check
    kind         text        NOT NULL,
    -- open, done or cancelled
    state        text        NOT NULL DEFAULT 'open',
    ticket       bigint REFERENCES service.ticket,
    customer     text REFERENCES service.customer,
    reason       text        NOT NULL,
    assignee     text,
    due          timestamptz NOT NULL,
    reminded_at  timestamptz,
    satisfaction int,
    result       text,
    ended_by     text,
    ended_at     timestamptz,
    created_at   timestamptz NOT NULL
);
CREATE INDEX follow_up_due ON service.follow_up (due, id) WHERE state = 'open';
CREATE INDEX follow_up_ticket ON service.follow_up (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX follow_up_customer ON service.follow_up (customer) WHERE customer IS NOT NULL;

-- A message to a group of customers who allowed it, and who got it.
CREATE TABLE service.outreach (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    name       text        NOT NULL,
    zh_subject text        NOT NULL,
    zh_text    text        NOT NULL,
    en_subject text        NOT NULL,
    en_text    text        NOT NULL,
    -- Empty for all.
    grade      text        NOT NULL,
    product    text        NOT NULL,
    author     text        NOT NULL,
    created_at timestamptz NOT NULL,
    sent_by    text,
    sent_at    timestamptz
);
CREATE TABLE service.outreach_letter (
    outreach bigint NOT NULL REFERENCES service.outreach,
    customer text   NOT NULL REFERENCES service.customer,
    PRIMARY KEY (outreach, customer)
);
