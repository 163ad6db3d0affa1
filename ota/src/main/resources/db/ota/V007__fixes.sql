-- What the desk was told of the fix of one device: a row for each device of a campaign whose case waits for it.
CREATE TABLE ota.fix (
    campaign   int         NOT NULL,
    device     int         NOT NULL,             -- fleet.device.number
    faults     text[]      NOT NULL,             -- those that it was scheduled for
    state      text        NOT NULL,             -- scheduled, withheld, installed, failed
    reason     text        NOT NULL DEFAULT '',
    told       int         NOT NULL,             -- how many messages the desk got; their number in the outbox
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (campaign, device)
);
CREATE INDEX fix_scheduled ON ota.fix (campaign) WHERE state = 'scheduled';
CREATE INDEX fix_device ON ota.fix (device);
