-- What customers and staff are told: every notice is kept, with what became of it.
CREATE TABLE service.notice (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text        NOT NULL UNIQUE,   -- of the outbox entry, and of the addressee where there are several
    ticket     bigint REFERENCES service.ticket,
    audience   text        NOT NULL,          -- customer, staff
    addressee  text        NOT NULL,          -- a contact's pseudonym, or a user
    channel    text        NOT NULL,          -- mail, page, app
    template   text        NOT NULL,
    language   text        NOT NULL,
    params     jsonb       NOT NULL,
    state      text        NOT NULL,          -- queued, sent, failed, suppressed
    reason     text        NOT NULL DEFAULT '',
    attempts   int         NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    sent_at    timestamptz,
    read_at    timestamptz
);
CREATE INDEX notice_due ON service.notice (due_at, id) WHERE state = 'queued';
CREATE INDEX notice_ticket ON service.notice (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX notice_addressee ON service.notice (addressee, id);
CREATE INDEX notice_sent ON service.notice (addressee, sent_at) WHERE channel = 'mail' AND state = 'sent';

-- How a member of staff wants to be told.
CREATE TABLE service.notice_wish (
    name     text PRIMARY KEY,
    version  int  NOT NULL DEFAULT 1,
    language text NOT NULL,
    email    text,
    by_mail  boolean NOT NULL
);

-- The language that somebody chose or wrote in.
CREATE TABLE service.contact_language (
    contact  text PRIMARY KEY REFERENCES service.contact,
    language text NOT NULL
);

-- The way to a case for its customer, who has no login: only hashes of the tokens.
CREATE TABLE service.portal_link (
    hash       bytea PRIMARY KEY,
    ticket     bigint      NOT NULL REFERENCES service.ticket,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX portal_link_ticket ON service.portal_link (ticket, issued_at);
