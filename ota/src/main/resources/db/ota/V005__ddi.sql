-- What clients of hawkBit's DDI check a download by. Both are computed beside the SHA-256 while an artifact streams in; rows
-- from before that have null until somebody asks.
ALTER TABLE ota.artifact ADD COLUMN sha1 text, ADD COLUMN md5 text;
