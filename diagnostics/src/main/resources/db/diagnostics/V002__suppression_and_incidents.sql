-- How bad the fault was when it happened.
ALTER TABLE diagnostics.fault_event ADD COLUMN severity text;

-- What is said of a fault besides its own course. The lanes own the rest of the row and never write these.
ALTER TABLE diagnostics.fault
    ADD COLUMN acknowledged_at  timestamptz,
    ADD COLUMN acknowledged_by  text,
    ADD COLUMN acknowledge_note text,
    ADD COLUMN incident         text;   -- the one that it is a member of

-- When nobody is to be called: for some devices, or for all that fit. Never without an end.
CREATE TABLE diagnostics.suppression (
    id         text PRIMARY KEY,
    kind       text        NOT NULL,    -- suppression, maintenance
    devices    text[],                  -- null for any
    code       text,
    model      text,
    region     text,
    firmware   text,
    from_at    timestamptz NOT NULL,
    until_at   timestamptz NOT NULL,    -- moved forward when it is ended early
    reason     text        NOT NULL,
    author     text        NOT NULL,
    created_at timestamptz NOT NULL,
    ended_by   text
);
CREATE INDEX suppression_devices ON diagnostics.suppression USING gin (devices);
CREATE INDEX suppression_general ON diagnostics.suppression (until_at) WHERE devices IS NULL;
CREATE INDEX suppression_newest ON diagnostics.suppression (created_at DESC, id DESC);

-- A fault that the desk was not told of, or not to be bothered with for now (FaultGate).
CREATE TABLE diagnostics.fault_hold (
    fault   text PRIMARY KEY,
    kind    text        NOT NULL,       -- suppression, maintenance, dependency, waiting
    cause   text        NOT NULL,       -- id of the suppression or of the fault that explains it, empty while waiting
    reason  text        NOT NULL,
    since   timestamptz NOT NULL,
    look_at timestamptz NOT NULL,       -- when it is decided anew
    topic   text,                       -- what the desk is told then; null where it knows
    payload jsonb
);
CREATE INDEX fault_hold_due ON diagnostics.fault_hold (look_at);
CREATE INDEX fault_hold_cause ON diagnostics.fault_hold (cause);

-- What people and the gate did about a fault, only ever added to.
CREATE TABLE diagnostics.fault_note (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fault text        NOT NULL,
    at    timestamptz NOT NULL,
    kind  text        NOT NULL,
    actor text        NOT NULL,
    text  text        NOT NULL
);
CREATE INDEX fault_note_of_fault ON diagnostics.fault_note (fault, id);

-- What the incidents still have to hear: written by the gate, taken in order by IncidentWatch.
CREATE TABLE diagnostics.incident_news (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fault text        NOT NULL,
    kind  text        NOT NULL,         -- raised, cleared
    at    timestamptz NOT NULL          -- event time
);

-- The last raise of each fault, with what the device was then: what incidents count.
CREATE TABLE diagnostics.sighting (
    fault    text PRIMARY KEY,
    device   text        NOT NULL,
    code     text        NOT NULL,
    model    text        NOT NULL,
    firmware text        NOT NULL,
    batch    text        NOT NULL,
    hardware text        NOT NULL,
    region   text        NOT NULL,
    at       timestamptz NOT NULL,
    open     boolean     NOT NULL
);
CREATE INDEX sighting_recent ON diagnostics.sighting (code, model, at);
CREATE INDEX sighting_age ON diagnostics.sighting (at);

-- Many devices with one fault, as one thing.
CREATE TABLE diagnostics.incident (
    number       int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           text GENERATED ALWAYS AS ('I' || number) STORED UNIQUE,
    code         text        NOT NULL,
    model        text        NOT NULL,
    dimension    text        NOT NULL,  -- firmware, batch, hardware, region: later faults of the value join
    value        text        NOT NULL,
    state        text        NOT NULL,  -- open, monitoring, resolved, merged
    title        text        NOT NULL,
    owner        text,
    suspicion    jsonb       NOT NULL,
    looks        int         NOT NULL,  -- how often the numbers were tested
    looked_at    int         NOT NULL,  -- members at the last look
    members      int         NOT NULL,
    open_members int         NOT NULL,
    opened_at    timestamptz NOT NULL,
    resolved_at  timestamptz,
    merged_into  text,
    version      int         NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX incident_one ON diagnostics.incident (code, model, dimension, value)
    WHERE state IN ('open', 'monitoring');
CREATE INDEX incident_scope ON diagnostics.incident (code, model) WHERE state <> 'resolved';

CREATE TABLE diagnostics.incident_member (
    incident  text        NOT NULL,
    fault     text        NOT NULL,
    device    text        NOT NULL,
    origin    text        NOT NULL,     -- the incident that it first belonged to, for taking a merge back
    how       text        NOT NULL,     -- opened, joined, by a person's name
    open      boolean     NOT NULL,
    joined_at timestamptz NOT NULL,
    left_at   timestamptz,
    PRIMARY KEY (incident, fault)
);
CREATE UNIQUE INDEX incident_member_one ON diagnostics.incident_member (fault) WHERE left_at IS NULL;

CREATE TABLE diagnostics.incident_event (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident text        NOT NULL,
    at       timestamptz NOT NULL,
    kind     text        NOT NULL,
    actor    text        NOT NULL,
    text     text        NOT NULL
);
CREATE INDEX incident_event_of ON diagnostics.incident_event (incident, id);
