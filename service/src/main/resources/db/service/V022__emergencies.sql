-- What stands ready for each level of emergency.
CREATE TABLE service.emergency_level (
    level    int   PRIMARY KEY CHECK (level BETWEEN 1 AND 4),
    version  int   NOT NULL DEFAULT 1,
    document jsonb NOT NULL
);
INSERT INTO service.emergency_level (level, document) VALUES
(1, '{"level": 1, "version": 1, "name": "Major", "teams": [], "contacts": [], "budget": 0.00, "tell": ["coordinator", "quality", "admin"]}'),
(2, '{"level": 2, "version": 1, "name": "Large", "teams": [], "contacts": [], "budget": 0.00, "tell": ["coordinator", "quality"]}'),
(3, '{"level": 3, "version": 1, "name": "Considerable", "teams": [], "contacts": [], "budget": 0.00, "tell": ["coordinator"]}'),
(4, '{"level": 4, "version": 1, "name": "General", "teams": [], "contacts": [], "budget": 0.00, "tell": ["coordinator"]}');

CREATE TABLE service.drill (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int         NOT NULL DEFAULT 1,
    state        text        NOT NULL,
    plan         jsonb       NOT NULL,
    scheduled_at timestamptz NOT NULL,
    full_drill   boolean     NOT NULL,
    ran_at       timestamptz,
    ran_by       text,
    emergency    bigint,
    evaluation   jsonb,
    score        numeric(5,2),
    evaluated_at timestamptz
);
CREATE INDEX drill_scheduled ON service.drill (scheduled_at, id);
-- What was learned from the drills of a year.
CREATE TABLE service.drill_year (
    year    int PRIMARY KEY,
    version int         NOT NULL DEFAULT 1,
    text    text        NOT NULL,
    by      text        NOT NULL,
    at      timestamptz NOT NULL
);
-- Cases that a drill made: they count in no figure.
CREATE TABLE service.drill_case (
    ticket bigint PRIMARY KEY REFERENCES service.ticket,
    drill  bigint NOT NULL REFERENCES service.drill
);
CREATE INDEX drill_case_drill ON service.drill_case (drill);

CREATE TABLE service.emergency (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     int         NOT NULL DEFAULT 1,
    level       int         NOT NULL REFERENCES service.emergency_level,
    title       text        NOT NULL,
    description text        NOT NULL,
    state       text        NOT NULL,
    since       timestamptz NOT NULL,
    commander   text,
    incident    text,
    devices     text[]      NOT NULL,
    outcome     text,
    review      text,
    drill       bigint REFERENCES service.drill,
    opened_at   timestamptz NOT NULL,
    opened_by   text        NOT NULL,
    closed_at   timestamptz
);
ALTER TABLE service.drill ADD FOREIGN KEY (emergency) REFERENCES service.emergency;
-- What was said and decided, only ever added to.
CREATE TABLE service.emergency_log (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    emergency bigint      NOT NULL REFERENCES service.emergency,
    at        timestamptz NOT NULL,
    author    text        NOT NULL,
    kind      text        NOT NULL,
    text      text        NOT NULL
);
CREATE INDEX emergency_log_emergency ON service.emergency_log (emergency, id);
CREATE TRIGGER emergency_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.emergency_log
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();
-- What is to be done: in an emergency, or because a drill found something.
CREATE TABLE service.improvement (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version   int         NOT NULL DEFAULT 1,
    emergency bigint REFERENCES service.emergency,
    drill     bigint REFERENCES service.drill,
    text      text        NOT NULL,
    owner     text,
    due       date,
    opened_at timestamptz NOT NULL,
    done_at   timestamptz,
    result    text,
    CHECK (num_nonnulls(emergency, drill) = 1)
);
CREATE INDEX improvement_emergency ON service.improvement (emergency, id);
CREATE INDEX improvement_drill ON service.improvement (drill, id);
CREATE INDEX improvement_open ON service.improvement (due, id) WHERE done_at IS NULL;
