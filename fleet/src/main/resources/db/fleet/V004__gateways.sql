-- Which device this one is connected through: a tree, kept free of circles by Gateways.
ALTER TABLE fleet.device ADD COLUMN gateway text REFERENCES fleet.device ON DELETE SET NULL;
CREATE INDEX device_gateway ON fleet.device (gateway, id) WHERE gateway IS NOT NULL;
