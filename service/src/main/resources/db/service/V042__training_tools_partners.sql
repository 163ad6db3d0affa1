-- How often people are trained, and what is done about overdue tools: one row, changed by people.
CREATE TABLE service.engineer_setting (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    version  int   NOT NULL,
    document jsonb NOT NULL
);

-- When each engineer's next training is due, and for which due day they have been reminded.
ALTER TABLE service.engineer ADD COLUMN training_due date, ADD COLUMN training_reminded date;
CREATE INDEX engineer_training_due ON service.engineer (training_due);

CREATE TABLE service.training_plan (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    year       int         NOT NULL,
    quarter    int         NOT NULL CHECK (quarter BETWEEN 1 AND 4),
    topic      text        NOT NULL,
    audience   text        NOT NULL,
    state      text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX training_plan_year ON service.training_plan (year, quarter, id);

-- The training file of each person, only ever added to.
CREATE TABLE service.training_record (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    engineer   text        NOT NULL REFERENCES service.engineer,
    plan       bigint REFERENCES service.training_plan,
    topic      text        NOT NULL,
    held_on    date        NOT NULL,
    hours      numeric(5, 1) NOT NULL,
    trainer    text        NOT NULL,
    note       text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX training_record_engineer ON service.training_record (engineer, held_on, id);
CREATE TRIGGER training_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.training_record
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

CREATE TABLE service.tool (
    serial          text PRIMARY KEY,
    version         int         NOT NULL DEFAULT 1,
    name            text        NOT NULL,
    holder          text,
    calibration_due date,                 -- null for what is not calibrated
    maintenance_due date,
    retired         boolean     NOT NULL DEFAULT false,
    reminded        date,                 -- the due day that was reminded of
    created_at      timestamptz NOT NULL
);
CREATE INDEX tool_due ON service.tool (least(calibration_due, maintenance_due)) WHERE NOT retired;

-- What happened to a tool, only ever added to.
CREATE TABLE service.tool_event (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tool text        NOT NULL REFERENCES service.tool,
    kind text        NOT NULL,
    at   timestamptz NOT NULL,
    done_on date     NOT NULL,
    actor text       NOT NULL,
    text text        NOT NULL,
    next_due date
);
CREATE INDEX tool_event_tool ON service.tool_event (tool, id);
CREATE TRIGGER tool_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.tool_event
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

-- Firms that repair for us: one contract for each outlet.
CREATE TABLE service.partner (
    outlet         text PRIMARY KEY,
    version        int         NOT NULL DEFAULT 1,
    name           text        NOT NULL,
    region         text        NOT NULL,
    contract_from  date        NOT NULL,
    contract_until date        NOT NULL,
    chosen_because text        NOT NULL,
    created_at     timestamptz NOT NULL,
    CHECK (contract_from < contract_until)
);

CREATE TABLE service.partner_appraisal (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    outlet text        NOT NULL REFERENCES service.partner,
    period text        NOT NULL,
    score  int         NOT NULL CHECK (score BETWEEN 0 AND 100),
    note   text        NOT NULL,
    actor  text        NOT NULL,
    at     timestamptz NOT NULL,
    UNIQUE (outlet, period)
);
