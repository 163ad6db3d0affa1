-- A remote action on many devices. Its plan is fixed when it is asked for, and so is who is in it.
CREATE TABLE remote.fleet_action (
    id           text PRIMARY KEY,
    model        text        NOT NULL,
    action       text        NOT NULL,
    class        text        NOT NULL,
    params       jsonb       NOT NULL,
    target       text,                   -- as it was written; null where the devices were named
    ticket       text,
    ticket_device text,
    why          text        NOT NULL,
    plan         jsonb       NOT NULL,
    devices      int         NOT NULL,
    state        text        NOT NULL,
    reason       text        NOT NULL,
    stage         int         NOT NULL,
    stages        jsonb       NOT NULL,   -- how far each is
    requested_by text        NOT NULL,
    roles        text[]      NOT NULL,   -- of who asked, with region and outlet: the guards ask for them at each device
    region       text        NOT NULL,
    outlet       text        NOT NULL,
    decided_by   text,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    deadline     timestamptz NOT NULL,
    finished_at  timestamptz,
    version      int         NOT NULL DEFAULT 1
);
CREATE INDEX fleet_action_open ON remote.fleet_action (id) WHERE finished_at IS NULL;
CREATE INDEX fleet_action_of ON remote.fleet_action (requested_by, created_at);

-- A device's turn in it.
CREATE TABLE remote.fleet_turn (
    fleet_action text        NOT NULL REFERENCES remote.fleet_action ON DELETE CASCADE,
    place        int         NOT NULL,   -- who comes first
    device       text        NOT NULL,
    stage         int         NOT NULL,
    state        text        NOT NULL DEFAULT 'waiting',
    attempt      int         NOT NULL DEFAULT 0,
    action       text,                   -- of the last attempt
    reason       text,
    fault        text,                   -- that it raised between its success and the end of the soak
    due_at       timestamptz NOT NULL,
    asked_at     timestamptz,
    ended_at     timestamptz,
    recalled     boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (fleet_action, place),
    UNIQUE (fleet_action, device)
);
CREATE INDEX fleet_turn_count ON remote.fleet_turn (fleet_action, stage, state, (fault IS NOT NULL));
CREATE INDEX fleet_turn_due ON remote.fleet_turn (fleet_action, due_at, place) WHERE state = 'waiting';
CREATE INDEX fleet_turn_asked ON remote.fleet_turn (fleet_action, place) WHERE state = 'asked';
CREATE INDEX fleet_turn_pace ON remote.fleet_turn (fleet_action, asked_at);
CREATE INDEX fleet_turn_watched ON remote.fleet_turn (fleet_action, place) WHERE state = 'succeeded' AND fault IS NULL;
