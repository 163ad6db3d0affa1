-- A customer's file: what may be kept for good. Personal data lies apart.
CREATE TABLE service.customer (
    id          text PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    -- null where nobody said
    locale      text,
    -- The group that decides which service level applies.
    grade       text        NOT NULL,
    -- How the customer wants to be reached: phone, mail, app.
    channel     text,
    -- Why the personal data may not be erased now (a legal hold), null where it may.
    hold        text,
    merged_into text REFERENCES service.customer,
    created_at  timestamptz NOT NULL,
    erased_at   timestamptz
);
CREATE INDEX customer_merged ON service.customer (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE service.customer_person (
    customer text PRIMARY KEY REFERENCES service.customer,
    name     text,
    phone    text,
    email    text,
    address  text
);

-- Phone and e-mail as keyed hashes, so that a customer is found by them without reading anybody's.
CREATE TABLE service.customer_reach (
    hash     bytea PRIMARY KEY,
    customer text NOT NULL REFERENCES service.customer
);
CREATE INDEX customer_reach_customer ON service.customer_reach (customer);
CREATE TABLE service.customer_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    secret   bytea NOT NULL
);
INSERT INTO service.customer_key (secret)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- Whose a case's contact is; and cases that staff gave to a customer by hand.
CREATE TABLE service.customer_contact (
    contact  text PRIMARY KEY REFERENCES service.contact,
    customer text NOT NULL REFERENCES service.customer
);
CREATE INDEX customer_contact_customer ON service.customer_contact (customer);
CREATE TABLE service.customer_ticket (
    ticket   bigint PRIMARY KEY REFERENCES service.ticket,
    customer text NOT NULL REFERENCES service.customer
);
CREATE INDEX customer_ticket_customer ON service.customer_ticket (customer);
CREATE INDEX ticket_contact ON service.ticket (contact) WHERE contact IS NOT NULL;

-- Two files that may be one person: the same report named the phone of one and the e-mail of the other.
CREATE TABLE service.customer_doubt (
    customer text        NOT NULL REFERENCES service.customer,
    other    text        NOT NULL REFERENCES service.customer,
    at       timestamptz NOT NULL,
    PRIMARY KEY (customer, other)
);

CREATE TABLE service.customer_reading (
    customer text        NOT NULL REFERENCES service.customer,
    reader   text        NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (customer, reader)
);

-- What the customer allowed or took back; the newest of a purpose counts. Only ever added to.
CREATE TABLE service.customer_consent (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer text        NOT NULL REFERENCES service.customer,
    purpose  text        NOT NULL,
    given    boolean     NOT NULL,
    source   text        NOT NULL,
    person   text        NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX customer_consent_customer ON service.customer_consent (customer, purpose, id);
CREATE TRIGGER customer_consent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.customer_consent
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- Contacts that were taken down before there were files get one each; merging is a person's to decide.
INSERT INTO service.customer (id, grade, created_at, erased_at)
SELECT 'K-' || substr(id, 3), 'standard', created_at, erased_at FROM service.contact;
INSERT INTO service.customer_person (customer, name, phone, email)
SELECT 'K-' || substr(id, 3), name, phone, email FROM service.contact WHERE erased_at IS NULL;
INSERT INTO service.customer_contact (contact, customer) SELECT id, 'K-' || substr(id, 3) FROM service.contact;
