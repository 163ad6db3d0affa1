-- The desired state as it was: who wanted what, when and why. `keys` are the members that changed; the newest hundred stay.
CREATE TABLE ingest.desired_version (
    device   int         NOT NULL,
    version  int         NOT NULL,
    at       timestamptz NOT NULL,
    author   text        NOT NULL,
    why      text        NOT NULL DEFAULT '',
    ticket   text,
    restores int,
    keys     text[]      NOT NULL,
    document jsonb       NOT NULL,
    PRIMARY KEY (device, version)
);
INSERT INTO ingest.desired_version (device, version, at, author, keys, document)
SELECT device, version, at, '', ARRAY(SELECT jsonb_object_keys(document)), document FROM ingest.desired_state WHERE version > 0;

-- How each wanted member stands with the device; what a device never reported since this table is here has no row.
CREATE TABLE ingest.desired_key (
    device    int         NOT NULL,
    key       text        NOT NULL,
    state     text        NOT NULL,
    version   int         NOT NULL,
    wanted_at timestamptz NOT NULL,
    since     timestamptz NOT NULL,
    PRIMARY KEY (device, key)
);
CREATE INDEX desired_key_pending ON ingest.desired_key (device, key) WHERE state = 'pending';
CREATE INDEX desired_key_drifted ON ingest.desired_key (device) WHERE state = 'drifted';

-- Since when the device is otherwise than desired, null where it is not; and what nobody may change for now.
ALTER TABLE ingest.desired_state
    ADD COLUMN differs_since timestamptz,
    ADD COLUMN locked        text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN locks_version int         NOT NULL DEFAULT 0,
    ADD COLUMN locks_author  text        NOT NULL DEFAULT '',
    ADD COLUMN locks_why     text        NOT NULL DEFAULT '';
CREATE INDEX desired_state_differs ON ingest.desired_state (differs_since, device) WHERE differs_since IS NOT NULL;
