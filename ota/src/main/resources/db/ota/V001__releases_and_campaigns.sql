-- Public halves of the keys that may sign releases. The private halves never come here.
CREATE TABLE ota.signing_key (
    name        text PRIMARY KEY,
    public_key  text        NOT NULL,
    fingerprint text        NOT NULL UNIQUE,
    added_by    text        NOT NULL,
    added_at    timestamptz NOT NULL,
    revoked_at  timestamptz
);

CREATE TABLE ota.release (
    number      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text GENERATED ALWAYS AS ('R' || number) STORED UNIQUE,
    product     text        NOT NULL,
    counter     bigint      NOT NULL,
    version     text        NOT NULL,
    min_from    text        NOT NULL,
    hardware    text[]      NOT NULL,
    fixes       text[]      NOT NULL,
    envelope    bytea       NOT NULL,  -- as it was signed, byte for byte
    signed_by   text        NOT NULL,
    issued_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    uploaded_by text        NOT NULL,
    uploaded_at timestamptz NOT NULL,
    UNIQUE (product, counter),
    UNIQUE (product, version)
);

CREATE TABLE ota.artifact (
    release int    NOT NULL REFERENCES ota.release,
    place   int    NOT NULL,
    name    text   NOT NULL,
    size    bigint NOT NULL,
    sha256  text   NOT NULL,
    PRIMARY KEY (release, place)
);
CREATE INDEX artifact_sha256 ON ota.artifact (sha256);

CREATE TABLE ota.campaign (
    number      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text GENERATED ALWAYS AS ('C' || number) STORED UNIQUE,
    name        text        NOT NULL,
    release     int         NOT NULL REFERENCES ota.release,
    target      text        NOT NULL,
    plan        jsonb       NOT NULL,
    state       text        NOT NULL,
    reason      text        NOT NULL DEFAULT '',
    author      text        NOT NULL,
    proposed    boolean     NOT NULL DEFAULT false,
    approved_by text,
    approved_at timestamptz,
    stage       int         NOT NULL DEFAULT 0,  -- the one that is open
    stages      jsonb       NOT NULL,            -- of each: state and times
    matched     int         NOT NULL,
    counts      jsonb       NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    finished_at timestamptz,
    swept_at    timestamptz
);
CREATE INDEX campaign_release ON ota.campaign (release);
CREATE INDEX campaign_running ON ota.campaign (number) WHERE state = 'running';

-- One device in one campaign. A million rows are made in one statement, so a row is small and checks nothing else.
CREATE TABLE ota.deployment (
    campaign    int         NOT NULL,
    device      int         NOT NULL,             -- fleet.device.number
    stage       int         NOT NULL,
    state       text        NOT NULL DEFAULT 'pending',
    outcome     text,                             -- null while open; success, failure, none
    attempts    int         NOT NULL DEFAULT 0,
    progress    int         NOT NULL DEFAULT 0,
    said_done   boolean     NOT NULL DEFAULT false,
    fix         boolean     NOT NULL DEFAULT false,
    error       text        NOT NULL DEFAULT '',
    offered_at  timestamptz,
    changed_at  timestamptz NOT NULL,
    due_at      timestamptz,                      -- when to look again without word of the device
    PRIMARY KEY (campaign, device)
);
CREATE INDEX deployment_waiting ON ota.deployment (campaign, stage, due_at) WHERE state = 'pending' AND outcome IS NULL;
CREATE INDEX deployment_overdue ON ota.deployment (due_at) WHERE state <> 'pending' AND outcome IS NULL;
CREATE INDEX deployment_offered ON ota.deployment (campaign, offered_at) WHERE offered_at IS NOT NULL;
-- Two campaigns never work on one device at once.
CREATE UNIQUE INDEX deployment_one_at_work ON ota.deployment (device) WHERE state <> 'pending' AND outcome IS NULL;
CREATE INDEX deployment_device ON ota.deployment (device, campaign);

CREATE TABLE ota.transition (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign int         NOT NULL,
    device   int         NOT NULL,
    at       timestamptz NOT NULL,
    state    text        NOT NULL,
    reason   text        NOT NULL
);
CREATE INDEX transition_device ON ota.transition (device, id);

-- Text that sorts (COLLATE "C") as versions do by semver 2.0, with one to four numbers; null for what is no version.
-- io.aftercare.ota.release.Version says the same in Java.
-- Its regular expressions capture nothing, because that is forty times slower.
CREATE FUNCTION ota.version_key(version text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text;
    dash  int;
    core  text;
    early text;
    key   text;
    part  text;
BEGIN
    -- nearly all that there are, in a quarter of the time
    IF version ~ '^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$' THEN
        RETURN lpad(split_part(version, '.', 1), 9, '0') || lpad(split_part(version, '.', 2), 9, '0')
            || lpad(split_part(version, '.', 3), 9, '0') || '000000000~';
    END IF;
    plain := split_part(ltrim(version, 'v'), '+', 1);
    dash := strpos(plain, '-');
    core := CASE dash WHEN 0 THEN plain ELSE left(plain, dash - 1) END;
    early := substr(plain, dash + 1);
    IF version !~ '^v?[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]*)?$'
            OR dash > 0 AND length(early) > 64 THEN
        RETURN NULL;
    END IF;
    key := lpad(split_part(core, '.', 1), 9, '0') || lpad(split_part(core, '.', 2), 9, '0')
        || lpad(split_part(core, '.', 3), 9, '0') || lpad(split_part(core, '.', 4), 9, '0');
    IF dash = 0 THEN
        RETURN key || '~';
    END IF;
    FOREACH part IN ARRAY string_to_array(early, '.') LOOP
        key := key || CASE WHEN part ~ '^[0-9]{1,18}$' THEN '!0' || lpad(part, 18, '0') ELSE '!1' || part END;
    END LOOP;
    RETURN key;
END $$;
