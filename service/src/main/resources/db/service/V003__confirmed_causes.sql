-- What people found to be behind a case: the code of a fault, or that it was not the one that opened the case.
CREATE TABLE service.cause (
    ticket    bigint      NOT NULL REFERENCES service.ticket,
    code      text        NOT NULL,
    confirmed boolean     NOT NULL,   -- false: the fault was told, and people found that it was none, or another
    device    text        NOT NULL,
    opened_at timestamptz NOT NULL,   -- of the case
    solved_at timestamptz NOT NULL,
    person    text        NOT NULL,
    PRIMARY KEY (ticket, code)
);
CREATE INDEX cause_of_code ON service.cause (code, opened_at, ticket);
