-- By which duplicates a fault came to the case where it is, the oldest first; empty where it is at home.
ALTER TABLE service.ticket_fault ADD COLUMN came_by bigint[] NOT NULL DEFAULT '{}';
