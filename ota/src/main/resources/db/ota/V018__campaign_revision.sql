-- Who approves a campaign approves what they have seen of it.
ALTER TABLE ota.campaign ADD COLUMN revision int NOT NULL DEFAULT 1;
