-- Since when, and why, a case waits for somebody to be sent: {since, why}; null where it does not.
ALTER TABLE service.ticket ADD COLUMN dispatch jsonb;
CREATE INDEX ticket_dispatch ON service.ticket (id) WHERE dispatch IS NOT NULL;
-- Open cases by the fault behind them, for the release that fixes it.
CREATE INDEX ticket_open_code ON service.ticket (fault_code)
    WHERE fault_code IS NOT NULL AND state NOT IN ('resolved', 'verified', 'closed', 'cancelled');
