-- One row a device, moment and page of sixteen metrics; slot k of page p holds the metric with place 16 p + k of the
-- device's model (fleet.metric). `packet` is the MQTT packet of a message without a time of its own, so that the same
-- message sent again is known again.
DO $$
DECLARE
    timescale boolean := EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb');
    columns text := (SELECT string_agg('v' || slot || ' float8', ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
    horizon date := (now() AT TIME ZONE 'UTC')::date - 40;
BEGIN
    -- The widest column first saves its padding; ts last in the key lets a device's ascending times fill index pages whole:
    -- a third less of table, index and write-ahead log than with (device, ts, page).
    EXECUTE 'CREATE TABLE ingest.sample (ts timestamptz NOT NULL, device int NOT NULL, page smallint NOT NULL, '
        || 'packet int, ' || columns || ', PRIMARY KEY (device, page, ts))'
        || CASE WHEN timescale THEN '' ELSE ' PARTITION BY RANGE (ts)' END;
    IF timescale THEN
        PERFORM create_hypertable('ingest.sample', 'ts', chunk_time_interval => interval '1 day');
    ELSE
        -- What happened long before the backend did lies in one partition; every later day has its own.
        EXECUTE format('CREATE TABLE ingest.sample_before PARTITION OF ingest.sample '
            || 'FOR VALUES FROM (MINVALUE) TO (%L)', horizon || 'T00:00:00Z');
    END IF;
END $$;

-- Text values: the present one, and every change.
CREATE TABLE ingest.attribute (
    device     int         NOT NULL,
    name       text        NOT NULL,
    value      text        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (device, name)
);
CREATE TABLE ingest.attribute_history (
    device     int         NOT NULL,
    name       text        NOT NULL,
    changed_at timestamptz NOT NULL,
    value      text        NOT NULL,
    PRIMARY KEY (device, name, changed_at)
);
CREATE INDEX attribute_history_time ON ingest.attribute_history (device, changed_at);

-- Messages that could not be understood, with the reason; at most 64 KiB of each.
CREATE TABLE ingest.quarantine (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device  int         NOT NULL,
    at      timestamptz NOT NULL,
    topic   text        NOT NULL,
    reason  text        NOT NULL,
    size    int         NOT NULL,
    payload bytea       NOT NULL
);
CREATE INDEX quarantine_device ON ingest.quarantine (device, id);

CREATE TABLE ingest.event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device      int         NOT NULL,
    at          timestamptz NOT NULL,
    code        text        NOT NULL,
    level       text        NOT NULL,
    message     text        NOT NULL,
    data        jsonb,
    packet      int,
    digest      bytea       NOT NULL,
    received_at timestamptz NOT NULL,
    UNIQUE (device, at, digest)
);

CREATE TABLE ingest.reported_state (
    device   int PRIMARY KEY,
    document jsonb       NOT NULL,
    at       timestamptz NOT NULL,
    version  int         NOT NULL
);

CREATE TABLE ingest.connectivity (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device    int         NOT NULL,
    at        timestamptz NOT NULL,
    connected boolean     NOT NULL,
    detail    text        NOT NULL
);
CREATE INDEX connectivity_device ON ingest.connectivity (device, at);
