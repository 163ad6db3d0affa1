-- What devices send by HTTP. Its bytes are a file by this id; a row whose content is gone stays for a while.
CREATE TABLE remote.upload (
    id          text PRIMARY KEY,
    device      text        NOT NULL,
    name        text        NOT NULL,            -- by which the device knows it
    purpose     text        NOT NULL,
    reference   text        NOT NULL,            -- by which whoever expects it knows it
    state       text        NOT NULL,
    bytes_max   bigint      NOT NULL,
    total       bigint,                          -- as the device says
    received    bigint      NOT NULL DEFAULT 0,  -- safe on the disk
    claimed     bigint      NOT NULL DEFAULT 0,  -- room on the disk that it has, or will have
    sha256      text,
    attempts    int         NOT NULL DEFAULT 0,  -- with a wrong hash
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    UNIQUE (device, name)
);
CREATE INDEX upload_room ON remote.upload (device, claimed) WHERE claimed > 0;
CREATE INDEX upload_open ON remote.upload (expires_at) WHERE state IN ('expected', 'receiving');
CREATE INDEX upload_ended ON remote.upload (ended_at) WHERE ended_at IS NOT NULL;
