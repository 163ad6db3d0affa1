-- What customers think of a case that was solved. Once for each case.
CREATE TABLE service.survey (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket          bigint      NOT NULL UNIQUE REFERENCES service.ticket,
    customer        text REFERENCES service.customer,
    -- sent, answered or expired
    state           text        NOT NULL,
    sent_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    -- web, phone or on-site
    way             text,
    answered_at     timestamptz,
    -- Who took the answer down, null where the customer did.
    recorded_by     text,
    speed           int,
    attitude        int,
    effect          int,
    resolution      int,
    parts           int,
    professionalism int,
    comment         text,
    -- As it was when the survey was sent, for the rankings.
    engineer        text,
    outlet          text        NOT NULL,
    region          text        NOT NULL,
    model           text        NOT NULL
);
CREATE INDEX survey_due ON service.survey (expires_at) WHERE state = 'sent';
CREATE INDEX survey_answered ON service.survey (answered_at) WHERE state = 'answered';
CREATE INDEX survey_customer ON service.survey (customer) WHERE customer IS NOT NULL;

-- What is made better because somebody said so: raised, analysed, improving, verified.
CREATE TABLE service.service_improvement (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version      int         NOT NULL DEFAULT 1,
    state        text        NOT NULL,
    source       text        NOT NULL,
    reference    text,
    ticket       bigint REFERENCES service.ticket,
    text         text        NOT NULL,
    analysis     text,
    measure      text,
    owner        text,
    due          timestamptz,
    verification text,
    raised_by    text        NOT NULL,
    raised_at    timestamptz NOT NULL,
    verified_at  timestamptz
);
CREATE INDEX service_improvement_state ON service.service_improvement (state, id);
CREATE UNIQUE INDEX service_improvement_reference ON service.service_improvement (source, reference) WHERE reference IS NOT NULL;
