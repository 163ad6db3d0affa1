-- A remote action: asked for by a person, carried out by the device. Installations that had it under diagnostics keep theirs.
DO $$
BEGIN
    IF to_regclass('diagnostics.action') IS NOT NULL THEN
        ALTER TABLE diagnostics.action SET SCHEMA remote;
    ELSE
        CREATE TABLE remote.action (
            id           text PRIMARY KEY,
            device       text        NOT NULL,
            name         text        NOT NULL,
            class        text        NOT NULL,   -- A read-only, B reversible, C disruptive, D dangerous
            params       jsonb       NOT NULL,
            ticket       text,
            state        text        NOT NULL,
            reason       text,
            requested_by text        NOT NULL,
            decided_by   text,
            timeout_seconds int      NOT NULL,
            created_at   timestamptz NOT NULL,
            expires_at   timestamptz NOT NULL,   -- not sent after this
            sent_at      timestamptz,
            due_at       timestamptz,            -- when the clock loop looks at it next
            finished_at  timestamptz,
            output       jsonb,
            error        text,
            late_result  jsonb,                  -- what came after it had ended
            version      int         NOT NULL DEFAULT 1
        );
        CREATE INDEX action_of_device ON remote.action (device, created_at DESC, id DESC);
        CREATE INDEX action_due ON remote.action (due_at) WHERE due_at IS NOT NULL;
    END IF;
END
$$;
