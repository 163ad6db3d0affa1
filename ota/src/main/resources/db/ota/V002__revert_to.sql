-- The lowest counter that a device running the release may return to, as its makers signed; null: none.
ALTER TABLE ota.release ADD COLUMN revert_to bigint;
