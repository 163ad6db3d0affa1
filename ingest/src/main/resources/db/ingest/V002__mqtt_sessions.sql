-- Sessions that outlive their connection (MQTT 5.0, section 4.1): one row a device that asked for one. `ends_at` is null while
-- the device is connected, or was when the backend was killed. `sent_seq` is the last message that was handed to a connection:
-- what is not answered up to it is sent again as a repetition.
CREATE TABLE ingest.mqtt_session (
    device         int         PRIMARY KEY,
    client_id      text        NOT NULL,
    filters        text[]      NOT NULL DEFAULT '{}',
    grants         int[]       NOT NULL DEFAULT '{}',
    unreleased     int[]       NOT NULL DEFAULT '{}',
    expiry_seconds bigint      NOT NULL,
    ends_at        timestamptz,
    next_seq       bigint      NOT NULL DEFAULT 1,
    sent_seq       bigint      NOT NULL DEFAULT 0
);
CREATE INDEX mqtt_session_end ON ingest.mqtt_session (ends_at) WHERE ends_at IS NOT NULL;

-- What waits for a device, in the order of `seq`; gone when it is acknowledged, when it expires, and with its session.
CREATE TABLE ingest.mqtt_downlink (
    device     int         NOT NULL REFERENCES ingest.mqtt_session ON DELETE CASCADE,
    seq        bigint      NOT NULL,
    topic      text        NOT NULL,
    payload    bytea       NOT NULL,
    queued_at  timestamptz NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (device, seq)
);
CREATE INDEX mqtt_downlink_expiry ON ingest.mqtt_downlink (expires_at) WHERE expires_at IS NOT NULL;
