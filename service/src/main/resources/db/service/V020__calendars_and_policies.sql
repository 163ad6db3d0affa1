-- Which time counts: every version for ever, because clocks count by the one that they started with.
CREATE TABLE service.calendar (
    id       text        NOT NULL,
    version  int         NOT NULL,
    document json        NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by text        NOT NULL,
    PRIMARY KEY (id, version)
);
-- What is promised: every version for ever.
CREATE TABLE service.sla_policy (
    id       text        NOT NULL,
    version  int         NOT NULL,
    document json        NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by text        NOT NULL,
    PRIMARY KEY (id, version)
);
-- The policy by whose newest version clocks start now; one row.
CREATE TABLE service.sla_in_force (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    policy text NOT NULL
);
CREATE TRIGGER calendar_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.calendar
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();
CREATE TRIGGER sla_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON service.sla_policy
    FOR EACH STATEMENT EXECUTE FUNCTION service.is_append_only();

INSERT INTO service.calendar (id, version, document, saved_at, saved_by) VALUES
('weekdays', 1, '{"name": "Monday to Friday", "zone": "UTC", "week": {
    "monday": ["09:00-18:00"], "tuesday": ["09:00-18:00"], "wednesday": ["09:00-18:00"], "thursday": ["09:00-18:00"],
    "friday": ["09:00-18:00"]}}', now(), 'system'),
-- Days off and make-up workdays of 2026: General Office of the State Council, 4 November 2025.
('cn', 1, '{"name": "China, office", "zone": "Asia/Shanghai", "holidays": "cn", "week": {
    "monday": ["09:00-12:00", "13:00-18:00"], "tuesday": ["09:00-12:00", "13:00-18:00"],
    "wednesday": ["09:00-12:00", "13:00-18:00"], "thursday": ["09:00-12:00", "13:00-18:00"],
    "friday": ["09:00-12:00", "13:00-18:00"]},
  "closed": ["2026-01-02", "2026-02-20", "2026-02-23", "2026-04-06", "2026-05-04", "2026-05-05", "2026-10-05", "2026-10-06",
    "2026-10-07"],
  "workdays": [{"date": "2026-01-04", "like": "friday"}, {"date": "2026-02-14", "like": "friday"},
    {"date": "2026-02-28", "like": "monday"}, {"date": "2026-05-09", "like": "tuesday"},
    {"date": "2026-09-20", "like": "tuesday"}, {"date": "2026-10-10", "like": "wednesday"}]}', now(), 'system');

-- The promises of the after-sales handbooks (R17, R20 to R24).
INSERT INTO service.sla_policy (id, version, document, saved_at, saved_by) VALUES
('handbook', 1, '{"name": "After-sales handbook", "calendars": {"*": "weekdays"}, "rules": [{"clocks": {
    "first-response": {"target": "PT24H"}, "contact": {"workingDays": 1}, "handling": {"target": "PT24H"},
    "assessment": {"target": "PT48H"}, "on-site": {"target": "PT48H"}, "inspection": {"workingDays": 3},
    "resolution": {"target": "PT48H"}}}],
  "escalation": [{"percent": 75, "to": "owner"}, {"percent": 100, "to": "coordinator"},
    {"percent": 150, "to": "admin"}]}', now(), 'system');
INSERT INTO service.sla_in_force (policy) VALUES ('handbook');

-- A type of clock may come again in a case: the second visit, the second return.
ALTER TABLE service.clock_event DROP CONSTRAINT clock_event_ticket_type_fkey;
ALTER TABLE service.clock DROP CONSTRAINT clock_pkey;
ALTER TABLE service.clock ADD COLUMN round int NOT NULL DEFAULT 1;
ALTER TABLE service.clock ADD PRIMARY KEY (ticket, type, round);
ALTER TABLE service.clock_event ADD COLUMN round int NOT NULL DEFAULT 1;
ALTER TABLE service.clock_event ADD FOREIGN KEY (ticket, type, round) REFERENCES service.clock;
-- Who hears of it when, told by the hours of which calendar; the moment to look at it next.
ALTER TABLE service.clock ADD COLUMN steps jsonb NOT NULL DEFAULT '[]';
ALTER TABLE service.clock ADD COLUMN office text NOT NULL DEFAULT 'always';
ALTER TABLE service.clock ADD COLUMN look_at timestamptz;
ALTER TABLE service.clock ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX clock_look ON service.clock (look_at) WHERE look_at IS NOT NULL;
