-- Devices' starts, the newest five hundred of each. `asked_by` says who asked: `device` where it only says so itself.
CREATE TABLE remote.boot (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event     text        NOT NULL UNIQUE,
    device    text        NOT NULL,
    model     text        NOT NULL,
    firmware  text        NOT NULL,
    at        timestamptz NOT NULL,
    heard_at  timestamptz NOT NULL,
    reason    text        NOT NULL,
    cause     text        NOT NULL,
    requested boolean     NOT NULL,
    asked_by  text,
    count     bigint
);
CREATE INDEX boot_device ON remote.boot (device, id);
CREATE INDEX boot_recent ON remote.boot (device, heard_at);
CREATE INDEX boot_model ON remote.boot (model, at);
CREATE INDEX boot_time ON remote.boot (at);
