-- A word of two Chinese characters has no three neighbours, which the index of parts wants: such words are found by pairs. Customers
-- whose names are written in ASCII, most of an import, cost nothing here.
CREATE FUNCTION fleet.pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT substr(words, n, 2) FROM generate_series(1, length(words) - 1) n);
CREATE INDEX device_pairs ON fleet.device USING gin (fleet.pairs(lower(customer))) WHERE customer ~ '[^ -~]';

CREATE INDEX device_tags ON fleet.device USING gin (tags) WHERE tags <> '{}';
