-- What the desk wants of itself; without a row the handbook's.
CREATE TABLE service.kpi_target (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    document jsonb NOT NULL,
    version  int   NOT NULL DEFAULT 1
);

-- Reports of closed periods as they were made; the document is text, because its exact bytes are hashed.
CREATE TABLE service.quality_report (
    period   text        NOT NULL,
    edition  int         NOT NULL,
    made_at  timestamptz NOT NULL,
    made_by  text        NOT NULL,
    reason   text        NOT NULL,
    sha256   text        NOT NULL,
    document text        NOT NULL,
    changes  jsonb       NOT NULL,
    PRIMARY KEY (period, edition)
);
CREATE TRIGGER quality_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.quality_report
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

CREATE TABLE service.quality_sample (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    of_what    text        NOT NULL,
    at         timestamptz NOT NULL,
    made_by    text        NOT NULL,
    from_at    timestamptz NOT NULL,
    to_at      timestamptz NOT NULL,
    batch      text        NOT NULL,
    seed       bigint      NOT NULL,
    population int         NOT NULL,
    drawn      text[]      NOT NULL
);

CREATE TABLE service.quality_check (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind    text        NOT NULL,
    at      timestamptz NOT NULL,
    made_by text        NOT NULL,
    sample  bigint REFERENCES service.quality_sample,
    ticket  bigint REFERENCES service.ticket,
    outlet  text        NOT NULL,
    person  text        NOT NULL,
    scores  jsonb       NOT NULL,
    mean    double precision NOT NULL,
    comment text        NOT NULL
);
CREATE INDEX quality_check_at ON service.quality_check (at);

-- What became of cases, for figures.
CREATE INDEX timeline_moves ON service.timeline (ticket, id) WHERE kind = 'transition';
CREATE INDEX ticket_closed ON service.ticket (closed_at) WHERE closed_at IS NOT NULL;
