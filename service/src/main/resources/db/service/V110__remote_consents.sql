-- What a customer is asked to allow from afar for one case, and the answer. The newest of a purpose counts.
CREATE TABLE service.remote_consent (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket         bigint      NOT NULL REFERENCES service.ticket,
    version        int         NOT NULL DEFAULT 1,
    purpose        text        NOT NULL,   -- action, data or shell
    state          text        NOT NULL,   -- asked, given, refused or withdrawn; whether its time is over, the clock says
    until          timestamptz NOT NULL,
    why            text        NOT NULL,
    asked_by       text        NOT NULL,
    asked_at       timestamptz NOT NULL,
    via            text,
    by             text,
    at             timestamptz,
    note           text,
    wording        text,                   -- exactly what was agreed to, or not
    wording_sha256 text,
    address_hash   text,                   -- of where the customer's page was used; the link's token is part of it
    withdrawn_by   text,
    withdrawn_at   timestamptz
);
CREATE INDEX remote_consent_ticket ON service.remote_consent (ticket, purpose, id);
INSERT INTO service.data_class (id, level, place, purpose, retention, entered_by) VALUES
    ('remote-consents', 'confidential', 'service.remote_consent', 'To show what the customer allowed', 'As the case file''s class says', 'system'),
    ('device-files', 'personal', 'remote.upload, remote.log', 'To diagnose a device', '30 days after the case is closed', 'system');
