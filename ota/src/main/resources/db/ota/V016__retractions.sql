-- A device that was offered an update and no longer gets it may hold the download and wait for its time: at its next
-- connection it is told to let it go.
ALTER TABLE ota.deployment ADD COLUMN untold boolean NOT NULL DEFAULT false;
CREATE INDEX deployment_untold ON ota.deployment (device) WHERE untold;
