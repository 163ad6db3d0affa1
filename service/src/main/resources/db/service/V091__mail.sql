-- Letters that came in, each once.
CREATE TABLE service.mail_in (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint bytea       NOT NULL UNIQUE,  -- of Message-ID, sender and date, else of the whole letter
    message_id  text,
    sender      text        NOT NULL,
    received_at timestamptz NOT NULL,
    outcome     text        NOT NULL,         -- opened, answered, noted, ignored
    reason      text        NOT NULL DEFAULT '',
    ticket      bigint REFERENCES service.ticket,
    raw         bytea                         -- of one that could not be read as a whole
);
CREATE INDEX mail_in_ticket ON service.mail_in (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX mail_in_sender ON service.mail_in (sender, received_at);

-- How far a mailbox was read.
CREATE TABLE service.mail_box (
    name     text PRIMARY KEY,
    validity bigint NOT NULL,
    last_uid bigint NOT NULL
);
