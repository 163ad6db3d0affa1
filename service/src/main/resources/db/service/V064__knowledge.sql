-- What the desk knows. An article is a chain of editions, of which at most one is published and at most one is being written.
CREATE TABLE service.article (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version    int         NOT NULL DEFAULT 1,
    revise_by  timestamptz NOT NULL,
    told_at    timestamptz,
    created_at timestamptz NOT NULL
);
CREATE TABLE service.article_edition (
    article      bigint      NOT NULL REFERENCES service.article,
    edition      int         NOT NULL,
    state        text        NOT NULL,
    zh_title     text        NOT NULL,
    zh_body      text        NOT NULL,
    en_title     text        NOT NULL,
    en_body      text        NOT NULL,
    codes        text[]      NOT NULL,
    models       text[]      NOT NULL,
    author       text        NOT NULL,
    written_at   timestamptz NOT NULL,
    reviewer     text,
    reviewed_at  timestamptz,
    published_at timestamptz,
    plain        text        NOT NULL,
    grams        text[]      NOT NULL,
    PRIMARY KEY (article, edition)
);
CREATE UNIQUE INDEX article_one_published ON service.article_edition (article) WHERE state = 'published';
CREATE UNIQUE INDEX article_one_draft ON service.article_edition (article) WHERE state IN ('draft', 'reviewed');
CREATE INDEX article_grams ON service.article_edition USING gin (grams);
CREATE INDEX article_codes ON service.article_edition USING gin (codes);

-- Which article was used for which case, and whether the case had to be reopened after that.
CREATE TABLE service.article_use (
    article  bigint      NOT NULL REFERENCES service.article,
    ticket   bigint      NOT NULL REFERENCES service.ticket,
    edition  int         NOT NULL,
    person   text        NOT NULL,
    at       timestamptz NOT NULL,
    reopened boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (article, ticket)
);
CREATE INDEX article_use_ticket ON service.article_use (ticket);

-- Answers that are written once. Every edition is kept; the newest counts.
CREATE TABLE service.canned_answer (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version   int         NOT NULL DEFAULT 1,
    key       text        NOT NULL UNIQUE,
    retired   boolean     NOT NULL DEFAULT false,
    revise_by timestamptz NOT NULL,
    told_at   timestamptz
);
CREATE TABLE service.canned_answer_edition (
    answer     bigint      NOT NULL REFERENCES service.canned_answer,
    edition    int         NOT NULL,
    zh         text        NOT NULL,
    en         text        NOT NULL,
    author     text        NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (answer, edition)
);

-- Standard procedures. An edition is in force when somebody other than its author has approved it.
CREATE TABLE service.runbook (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version   int         NOT NULL DEFAULT 1,
    name      text        NOT NULL UNIQUE,
    retired   boolean     NOT NULL DEFAULT false,
    revise_by timestamptz NOT NULL,
    told_at   timestamptz
);
CREATE TABLE service.runbook_edition (
    runbook     bigint      NOT NULL REFERENCES service.runbook,
    edition     int         NOT NULL,
    steps       jsonb       NOT NULL,
    author      text        NOT NULL,
    written_at  timestamptz NOT NULL,
    approver    text,
    approved_at timestamptz,
    PRIMARY KEY (runbook, edition)
);
-- A runbook that is gone through for a case, in the edition with which it began.
CREATE TABLE service.runbook_run (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket     bigint      NOT NULL REFERENCES service.ticket,
    runbook    bigint      NOT NULL,
    edition    int         NOT NULL,
    person     text        NOT NULL,
    started_at timestamptz NOT NULL,
    FOREIGN KEY (runbook, edition) REFERENCES service.runbook_edition
);
CREATE INDEX runbook_run_ticket ON service.runbook_run (ticket);
CREATE TABLE service.runbook_check (
    run    bigint      NOT NULL REFERENCES service.runbook_run,
    step   int         NOT NULL,
    -- done, failed or skipped
    result text        NOT NULL,
    note   text        NOT NULL,
    person text        NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (run, step)
);

-- What staff say about the program itself, and what is answered.
CREATE TABLE service.feedback (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text        NOT NULL,
    page        text        NOT NULL,
    text        text        NOT NULL,
    person      text        NOT NULL,
    at          timestamptz NOT NULL,
    answer      text,
    answered_by text,
    answered_at timestamptz
);
