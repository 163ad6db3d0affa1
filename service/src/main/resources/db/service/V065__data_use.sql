-- Which data is held, where, how long, and who approved that.
CREATE TABLE service.data_class (
    id          text PRIMARY KEY,
    version     int  NOT NULL DEFAULT 1,
    -- public, internal, confidential or personal
    level       text NOT NULL,
    place       text NOT NULL,
    purpose     text NOT NULL,
    retention   text NOT NULL,
    entered_by  text NOT NULL,
    approved_by text,
    approved_at timestamptz
);
INSERT INTO service.data_class (id, level, place, purpose, retention, entered_by) VALUES
    ('customer-file', 'personal', 'service.customer_person', 'To know and reach customers', 'Until the person asks to be forgotten', 'system'),
    ('case-contact', 'personal', 'service.contact', 'To reach who reported a case', 'Until the person asks to be forgotten', 'system'),
    ('consents', 'personal', 'service.customer_consent', 'To show what was allowed', 'As long as the file, under the pseudonym', 'system'),
    ('temporary-data', 'personal', 'service.data_collection', 'To repair a device', '30 days after the case is closed', 'system'),
    ('case', 'confidential', 'service.ticket, service.timeline', 'To serve, and to prove what was done', 'As the case file''s class says', 'system'),
    ('complaint', 'confidential', 'service.complaint', 'To answer, and to keep it from coming again', 'As the case file''s class says', 'system'),
    ('survey', 'confidential', 'service.survey', 'To serve better', 'Scores for good; comments until the person asks to be forgotten', 'system'),
    ('telemetry', 'internal', 'ingest', 'To diagnose devices', 'As the storage settings say', 'system'),
    ('audit', 'confidential', 'fleet.audit', 'To show who did what', 'For good', 'system'),
    ('knowledge', 'internal', 'service.article, service.runbook', 'To serve alike everywhere', 'For good, in editions', 'system');

-- Using data beyond a case, asked for and allowed for a time.
CREATE TABLE service.data_use (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purpose    text        NOT NULL,
    classes    text[]      NOT NULL,
    until      timestamptz NOT NULL,
    asked_by   text        NOT NULL,
    asked_at   timestamptz NOT NULL,
    approved   boolean,
    reason     text,
    decided_by text,
    decided_at timestamptz
);

-- What was taken off a customer's device to repair it, and is purged after the case.
CREATE TABLE service.data_collection (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket    bigint      NOT NULL REFERENCES service.ticket,
    what      text        NOT NULL,
    why       text        NOT NULL,
    content   text,
    person    text        NOT NULL,
    at        timestamptz NOT NULL,
    purged_at timestamptz
);
CREATE INDEX data_collection_ticket ON service.data_collection (ticket);

-- When the temporary data of a closed case goes.
CREATE TABLE service.data_purge (
    ticket  bigint PRIMARY KEY REFERENCES service.ticket,
    due     timestamptz NOT NULL,
    done_at timestamptz
);
CREATE INDEX data_purge_due ON service.data_purge (due) WHERE done_at IS NULL;
