-- What devices' self-tests said, the newest hundred runs of each device. What could not be read lies in `raw`, with the reason.
CREATE TABLE remote.self_test_run (
    action    text        PRIMARY KEY,
    device    text        NOT NULL,
    ticket    text,
    at        timestamptz NOT NULL,
    passed    boolean,
    tests     int         NOT NULL,
    failed    int         NOT NULL,
    late      boolean     NOT NULL,
    problem   text,
    raw       text
);
CREATE INDEX self_test_run_device ON remote.self_test_run (device, at DESC, action DESC);
CREATE TABLE remote.self_test_result (
    action text     NOT NULL REFERENCES remote.self_test_run ON DELETE CASCADE,
    place  smallint NOT NULL,
    device text     NOT NULL,
    at     timestamptz NOT NULL,
    name   text     NOT NULL,
    passed boolean  NOT NULL,
    value  jsonb,
    unit   text     NOT NULL,
    lower  double precision,
    upper  double precision,
    "limit" text    NOT NULL,
    text   text     NOT NULL,
    PRIMARY KEY (action, place)
);
CREATE INDEX self_test_result_name ON remote.self_test_result (device, name, at DESC);
