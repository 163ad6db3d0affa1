-- People who repair: one row for each member of staff who is sent to devices.
CREATE TABLE service.engineer (
    name       text PRIMARY KEY,          -- as in fleet.staff
    number     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    version    int         NOT NULL DEFAULT 1,
    level      text        NOT NULL,
    skills     text[]      NOT NULL,      -- models
    region     text        NOT NULL,
    outlet     text        NOT NULL,      -- of a partner, empty for our own people
    latitude   double precision,
    longitude  double precision,
    shift      jsonb       NOT NULL,
    off        boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX engineer_skills ON service.engineer USING gin (skills);

-- What an engineer must show for a model. A change of the product makes another version; the older ones stay.
CREATE TABLE service.certification_standard (
    model         text        NOT NULL,
    version       int         NOT NULL,
    theory_pass   int         NOT NULL,
    practical_pass int        NOT NULL,
    valid_months  int         NOT NULL,
    why           text        NOT NULL,
    in_force_from timestamptz NOT NULL,
    created_by    text        NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

CREATE TABLE service.certification (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    engineer    text        NOT NULL REFERENCES service.engineer,
    model       text        NOT NULL,
    standard    int         NOT NULL,
    renews      bigint REFERENCES service.certification,
    applied_at  timestamptz NOT NULL,
    theory      int,
    practical   int,
    reviewer    text,
    reviewed_at timestamptz,
    issued_at   timestamptz,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    revoked_why text,
    reminded_at timestamptz,
    FOREIGN KEY (model, standard) REFERENCES service.certification_standard
);
CREATE INDEX certification_engineer ON service.certification (engineer, model, id);
CREATE INDEX certification_expiry ON service.certification (expires_at)
    WHERE expires_at IS NOT NULL AND revoked_at IS NULL AND reminded_at IS NULL;
