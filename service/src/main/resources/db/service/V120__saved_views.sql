-- Lists as people like to see them.
CREATE TABLE service.saved_view (
    person     text        NOT NULL,
    name       text        NOT NULL,
    page       text        NOT NULL,
    query      text        NOT NULL,   -- what the page's address has behind the question mark
    title      text        NOT NULL,
    shared     boolean     NOT NULL,
    version    int         NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (person, name)
);
CREATE INDEX saved_view_shared ON service.saved_view (title, person) WHERE shared;
