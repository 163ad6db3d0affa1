-- What a client of hawkBit's DDI knows as an action: one attempt of a campaign at a device. Made when the device first sees it.
CREATE TABLE ota.ddi_action (
    id        int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device    int         NOT NULL,
    campaign  int         NOT NULL,
    attempt   int         NOT NULL,
    opened_at timestamptz NOT NULL,
    ended     text,                           -- finished, error, canceled: by the device's last word; null before it
    ended_at  timestamptz,
    kept      boolean     NOT NULL DEFAULT false,  -- the device would not be cancelled
    statuses  int         NOT NULL DEFAULT 0,
    UNIQUE (device, campaign, attempt)
);

-- What the device told of an action, in its own words.
CREATE TABLE ota.ddi_status (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action   int         NOT NULL REFERENCES ota.ddi_action,
    at       timestamptz NOT NULL,
    messages text[]      NOT NULL
);
CREATE INDEX ddi_status_action ON ota.ddi_status (action, id);

CREATE TABLE ota.ddi_device (
    device         int PRIMARY KEY,               -- fleet.device.number
    attributes     jsonb NOT NULL DEFAULT '{}',   -- as the device sent them
    attributes_at  timestamptz,
    auto_at        timestamptz,                   -- since when it confirms without asking anybody
    auto_initiator text,
    auto_remark    text
);
