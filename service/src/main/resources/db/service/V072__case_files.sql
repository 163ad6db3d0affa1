-- How each class of files is kept.
CREATE TABLE service.case_file_class (
    name      text PRIMARY KEY,
    keep_days int  NOT NULL CHECK (keep_days BETWEEN 1 AND 36500),
    custodian text NOT NULL,
    version   int  NOT NULL DEFAULT 1
);
INSERT INTO service.case_file_class (name, keep_days, custodian) VALUES
    ('complaint', 1825, 'quality'), ('return', 1825, 'quality'), ('repair', 1825, 'quality'),
    ('remote', 1095, 'quality'), ('enquiry', 730, 'quality');

-- The file of a case as it was when the case was closed. Only its register line outlives its time.
CREATE TABLE service.case_file (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int         NOT NULL DEFAULT 1,
    ticket       bigint      NOT NULL REFERENCES service.ticket,
    revision     int         NOT NULL,
    state        text        NOT NULL,
    class        text        NOT NULL,
    customer     text,
    device       text        NOT NULL,
    region       text        NOT NULL,
    outlet       text        NOT NULL,
    opened_at    timestamptz NOT NULL,
    closed_at    timestamptz NOT NULL,
    archived_at  timestamptz NOT NULL,
    custodian    text        NOT NULL,
    keep_until   timestamptz NOT NULL,
    sha256       text        NOT NULL,
    bytes        int         NOT NULL,
    content      bytea,
    documents    jsonb,
    destroyed_at timestamptz,
    UNIQUE (ticket, revision)
);
CREATE INDEX case_file_class_of ON service.case_file (class, id);
CREATE INDEX case_file_customer ON service.case_file (customer, id);
CREATE INDEX case_file_closed ON service.case_file (closed_at, id);
CREATE INDEX case_file_due ON service.case_file (keep_until) WHERE state = 'archived';

-- What was frozen stays as it is until it is destroyed; the register is never thinned.
CREATE FUNCTION service.case_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.sha256 <> OLD.sha256
        OR NEW.content IS DISTINCT FROM OLD.content AND NEW.state <> 'destroyed' THEN
        RAISE EXCEPTION 'an archived file stays as it is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_file_stays BEFORE UPDATE OR DELETE ON service.case_file
    FOR EACH ROW EXECUTE FUNCTION service.case_file_stays();

CREATE TABLE service.case_file_loan (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file        bigint      NOT NULL REFERENCES service.case_file,
    borrower    text        NOT NULL,
    why         text        NOT NULL,
    lent_by     text        NOT NULL,
    lent_at     timestamptz NOT NULL,
    until       timestamptz NOT NULL,
    returned_at timestamptz,
    reminded_at timestamptz
);
CREATE INDEX case_file_loan_out ON service.case_file_loan (file, borrower) WHERE returned_at IS NULL;
CREATE INDEX case_file_loan_due ON service.case_file_loan (until) WHERE returned_at IS NULL AND reminded_at IS NULL;

CREATE TABLE service.case_file_audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    made_by    text        NOT NULL,
    from_at    timestamptz NOT NULL,
    to_at      timestamptz NOT NULL,
    seed       bigint      NOT NULL,
    population int         NOT NULL,
    files      bigint[]    NOT NULL
);

CREATE TABLE service.case_file_finding (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version   int         NOT NULL DEFAULT 1,
    audit     bigint      NOT NULL REFERENCES service.case_file_audit,
    file      bigint REFERENCES service.case_file,
    text      text        NOT NULL,
    state     text        NOT NULL DEFAULT 'open',
    action    text,
    found_by  text        NOT NULL,
    found_at  timestamptz NOT NULL,
    closed_by text,
    closed_at timestamptz
);
CREATE INDEX case_file_finding_audit ON service.case_file_finding (audit, id);
CREATE INDEX case_file_finding_open ON service.case_file_finding (file) WHERE state = 'open';
