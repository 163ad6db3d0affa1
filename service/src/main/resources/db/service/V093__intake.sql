-- Keys by which other systems report on behalf of customers: only hashes.
CREATE TABLE service.intake_key (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    channel    text        NOT NULL,
    hash       bytea       NOT NULL UNIQUE,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);

-- What came by a key, each message of its sender once.
CREATE TABLE service.intake_message (
    key          bigint      NOT NULL REFERENCES service.intake_key,
    message      text        NOT NULL,
    conversation text        NOT NULL,
    ticket       bigint      NOT NULL REFERENCES service.ticket,
    at           timestamptz NOT NULL,
    PRIMARY KEY (key, message)
);
CREATE INDEX intake_conversation ON service.intake_message (key, conversation, at);

-- Who answers the line when.
CREATE TABLE service.on_call (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person   text        NOT NULL,
    phone    text        NOT NULL,
    from_at  timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    CHECK (from_at < until_at)
);
CREATE INDEX on_call_time ON service.on_call (until_at, from_at);
