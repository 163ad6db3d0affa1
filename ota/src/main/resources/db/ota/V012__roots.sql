-- Root documents: who may sign what, each version signed by the one before it.
CREATE TABLE ota.root (
    version  int PRIMARY KEY,
    envelope bytea       NOT NULL,  -- as it was signed, byte for byte
    added_by text        NOT NULL,
    added_at timestamptz NOT NULL
);

-- What a root says of a product's counter: releases published before it with a higher one do not count any more.
CREATE TABLE ota.counter_reset (
    root    int         NOT NULL REFERENCES ota.root,
    product text        NOT NULL,
    counter bigint      NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (product, root)
);
