-- Headquarters, regions and outlets (R68).
CREATE TABLE service.org_unit (
    id      text PRIMARY KEY,
    version int  NOT NULL DEFAULT 1,
    kind    text NOT NULL CHECK (kind IN ('headquarters', 'region', 'outlet')),
    name    text NOT NULL,
    parent  text REFERENCES service.org_unit,
    -- What devices and users name: the region of a region, the outlet of an outlet.
    covers  text,
    manager text
);
CREATE UNIQUE INDEX org_unit_one_headquarters ON service.org_unit (kind) WHERE kind = 'headquarters';
CREATE UNIQUE INDEX org_unit_covers ON service.org_unit (kind, covers) WHERE covers IS NOT NULL;
CREATE INDEX org_unit_parent ON service.org_unit (parent);

-- Which steps of a clock's escalation were told to whom; each once.
CREATE TABLE service.clock_told (
    ticket     bigint      NOT NULL,
    type       text        NOT NULL,
    round      int         NOT NULL,
    percent    int         NOT NULL,
    addressee  text        NOT NULL,
    reached_at timestamptz NOT NULL,
    told_at    timestamptz NOT NULL,
    PRIMARY KEY (ticket, type, round, percent, addressee),
    FOREIGN KEY (ticket, type, round) REFERENCES service.clock
);
