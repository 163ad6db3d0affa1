-- Which device first sent a metric, by its number, so that each may bring a bounded number of them. NULL: the product
-- declares it, or it is from before this was noted. No reference: the place stays when the device goes.
ALTER TABLE fleet.metric ADD COLUMN device int;
