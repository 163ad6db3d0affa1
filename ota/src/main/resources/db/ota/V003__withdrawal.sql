-- A release that turned out bad: nothing offers it any more, and its campaigns have ended.
ALTER TABLE ota.release
    ADD withdrawn_at  timestamptz,
    ADD withdrawn_by  text,
    ADD withdrawn_for text;
