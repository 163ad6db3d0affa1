-- How often a device crashed or started within the last hour: beyond a bound others are not told.
CREATE INDEX event_told ON ingest.event (device, code, received_at) WHERE code IN ('boot', 'crash');
