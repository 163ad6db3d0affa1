-- What becomes of samples once their day is over, on plain PostgreSQL (TimescaleDB has ways of its own for all of this).
-- The path of a row: ingest.sample → (its whole day at once, where that is large) ingest.frozen → ingest.segment, with
-- what it comes to in ingest.rollup. Whoever reads takes all three together; where a moment is in more than one, the
-- segment is believed, then the frozen row, then the sample.

-- Days that are being packed: no longer written, not yet gone. Its partitions come from ingest.sample by DETACH and ATTACH.
DO $$
DECLARE
    columns text := (SELECT string_agg('v' || slot || ' float8', ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
BEGIN
    EXECUTE 'CREATE TABLE ingest.frozen (ts timestamptz NOT NULL, device int NOT NULL, page smallint NOT NULL, '
        || 'packet int, ' || columns || ', PRIMARY KEY (device, page, ts)) PARTITION BY RANGE (ts)';
END $$;

-- At most 8,192 samples of a device, page and day (UTC), by column, as SegmentCodec writes and ingest.samples reads them.
CREATE TABLE ingest.segment (
    device    int         NOT NULL,
    page      smallint    NOT NULL,
    day       date        NOT NULL,
    part      int         NOT NULL, -- 0, 1, 2 … in the order of time
    -- From when its retention counts: its day, or a later one on which something was added to it.
    kept_from date        NOT NULL,
    rows      int         NOT NULL,
    data      bytea       NOT NULL,
    PRIMARY KEY (device, page, day, part)
);
CREATE INDEX segment_kept ON ingest.segment (kept_from);

-- What the samples in segments come to, by minute (level 1), hour (2) and day (3); always written with the segments.
CREATE TABLE ingest.rollup (
    device    int         NOT NULL,
    page      smallint    NOT NULL,
    level     smallint    NOT NULL,
    day       date        NOT NULL,
    kept_from date        NOT NULL,
    cells     bytea       NOT NULL,
    PRIMARY KEY (device, page, level, day)
);
CREATE INDEX rollup_kept ON ingest.rollup (level, kept_from);

-- The same in SQL, for people and Grafana. Each reader takes a position (from 0) and answers the one behind what it read.
CREATE FUNCTION ingest.read_longs(data bytea, count int, INOUT at int, OUT vals bigint[]) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    way int := get_byte(data, at);
    byte int;
    number bigint;
    shift int;
    value bigint := 0;
    lowest bigint := 0;
    step bigint := 0;
    remaining bigint := 0;
    i int := 0;
BEGIN
    at := at + 1;
    vals := array_fill(0::bigint, ARRAY[count]);
    -- Round 0 reads the head of the ways that have one: 0 one value for all, 3 the least value.
    WHILE i <= count LOOP
        IF (CASE way WHEN 0 THEN i = 0 WHEN 4 THEN i > 0 AND remaining = 0 WHEN 3 THEN true ELSE i > 0 END) THEN
            number := 0;
            shift := 0;
            LOOP
                byte := get_byte(data, at);
                at := at + 1;
                number := number | ((byte & 127)::bigint << shift);
                EXIT WHEN byte < 128;
                shift := shift + 7;
            END LOOP;
            IF way <> 3 OR i = 0 THEN
                -- zigzag; >> keeps the sign, so the highest bit is taken out
                number := ((number >> 1) & 9223372036854775807) # -(number & 1);
            END IF;
            CASE way
                WHEN 0 THEN value := number;
                WHEN 1 THEN value := value + number;
                WHEN 2 THEN
                    step := CASE WHEN i <= 2 THEN number ELSE step + number END;
                    value := value + step;
                WHEN 3 THEN
                    IF i = 0 THEN lowest := number; ELSE value := lowest + number; END IF;
                WHEN 4 THEN
                    value := value + number;
                    shift := 0;
                    LOOP
                        byte := get_byte(data, at);
                        at := at + 1;
                        remaining := remaining | ((byte & 127)::bigint << shift);
                        EXIT WHEN byte < 128;
                        shift := shift + 7;
                    END LOOP;
            END CASE;
        END IF;
        IF i > 0 THEN
            vals[i] := value;
            remaining := greatest(0, remaining - 1);
        END IF;
        i := i + 1;
    END LOOP;
END $$;

CREATE FUNCTION ingest.double_of(bits bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN bits >> 63 <> 0 THEN -1::float8 ELSE 1::float8 END
        * CASE ((bits >> 52) & 2047)
            WHEN 2047 THEN CASE WHEN bits & 4503599627370495 = 0 THEN 'Infinity'::float8 ELSE 'NaN'::float8 END
            WHEN 0 THEN CASE WHEN bits & 4503599627370495 = 0 THEN 0::float8
                ELSE (bits & 4503599627370495)::float8 * 2::float8 ^ -1074 END
            ELSE CASE WHEN ((bits >> 52) & 2047) < 53
                THEN ((bits & 4503599627370495) | 4503599627370496)::float8 * 2::float8 ^ -1021
                    * 2::float8 ^ (((bits >> 52) & 2047)::int - 54)
                ELSE ((bits & 4503599627370495) | 4503599627370496)::float8 * 2::float8 ^ (((bits >> 52) & 2047)::int - 1075)
                END
        END
$$;

CREATE FUNCTION ingest.read_doubles(data bytea, count int, INOUT at int, OUT vals float8[]) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    decimals int := get_byte(data, at);
    longs bigint[];
    bits bigint := 0;
    planes int;
BEGIN
    at := at + 1;
    vals := array_fill(0::float8, ARRAY[count]);
    IF decimals < 255 THEN
        SELECT r.at, r.vals INTO at, longs FROM ingest.read_longs(data, count, at) r;
        FOR i IN 1 .. count LOOP
            vals[i] := longs[i]::float8 / (10 ^ decimals)::float8;
        END LOOP;
        RETURN;
    END IF;
    FOR i IN 0 .. 7 LOOP
        bits := (bits << 8) | get_byte(data, at + i);
    END LOOP;
    planes := get_byte(data, at + 8);
    at := at + 9;
    longs := array_fill(bits, ARRAY[count]);
    FOR plane IN 0 .. 7 LOOP
        IF planes & (1 << plane) <> 0 THEN
            FOR i IN 2 .. count LOOP
                longs[i] := (longs[i] & ~(255::bigint << (plane * 8))) | (get_byte(data, at)::bigint << (plane * 8));
                at := at + 1;
            END LOOP;
        END IF;
    END LOOP;
    FOR i IN 1 .. count LOOP
        vals[i] := ingest.double_of(longs[i]);
    END LOOP;
END $$;

DO $$
DECLARE
    columns text := (SELECT string_agg('v' || slot || ' float8', ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
    arrays text := (SELECT string_agg('slots[' || slot || ' * n + i]', ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
    firsts text := (SELECT string_agg(format('(array_agg(v%1$s ORDER BY place) FILTER (WHERE v%1$s IS NOT NULL))[1]', slot),
        ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
    names text := (SELECT string_agg('v' || slot, ', ' ORDER BY slot) FROM generate_series(0, 15) slot);
BEGIN
    EXECUTE 'CREATE FUNCTION ingest.read_segment(packed bytea) RETURNS TABLE (ts timestamptz, ' || columns || $f$)
    LANGUAGE plpgsql IMMUTABLE AS $g$
    DECLARE
        data bytea := packed || ''::bytea; -- unpacked by PostgreSQL once, not at each byte
        n int := 0;
        at int := 1;
        byte int;
        shift int := 0;
        unit bigint;
        times bigint[];
        used int;
        present bool[];
        filled int;
        doubles float8[];
        slots float8[];
    BEGIN
        IF get_byte(data, 0) <> 1 THEN
            RAISE EXCEPTION 'A segment is of version %; this function reads 1', get_byte(data, 0);
        END IF;
        LOOP
            byte := get_byte(data, at);
            at := at + 1;
            n := n | ((byte & 127) << shift);
            EXIT WHEN byte < 128;
            shift := shift + 7;
        END LOOP;
        unit := 1000 ^ get_byte(data, at);
        SELECT r.at, r.vals INTO at, times FROM ingest.read_longs(data, n, at + 1) r;
        used := get_byte(data, at) << 8 | get_byte(data, at + 1);
        at := at + 2;
        slots := array_fill(NULL::float8, ARRAY[16 * n]);
        FOR slot IN 0 .. 15 LOOP
            CONTINUE WHEN used & (1 << slot) = 0;
            at := at + 1;
            filled := n;
            present := array_fill(true, ARRAY[n]);
            IF get_byte(data, at - 1) = 0 THEN
                filled := 0;
                FOR i IN 0 .. n - 1 LOOP
                    present[i + 1] := get_byte(data, at + i / 8) & (1 << (i % 8)) <> 0;
                    filled := filled + present[i + 1]::int;
                END LOOP;
                at := at + (n + 7) / 8;
            END IF;
            SELECT r.at, r.vals INTO at, doubles FROM ingest.read_doubles(data, filled, at) r;
            filled := 0;
            FOR i IN 1 .. n LOOP
                IF present[i] THEN
                    filled := filled + 1;
                    slots[slot * n + i] := doubles[filled];
                END IF;
            END LOOP;
        END LOOP;
        RETURN QUERY SELECT 'epoch'::timestamptz + times[i] * unit * interval '1 microsecond', $f$ || arrays || $f$
            FROM generate_series(1, n) i;
    END $g$ $f$;

    -- All of a device's samples in a range, wherever they lie.
    EXECUTE 'CREATE FUNCTION ingest.samples(device int, since timestamptz, until timestamptz) RETURNS TABLE (page smallint, ts timestamptz, '
        || columns || $f$) LANGUAGE sql STABLE AS $g$
        SELECT page, ts, $f$ || firsts || ' FROM (SELECT 1 AS place, g.page, r.* FROM ingest.segment g, ingest.read_segment(g.data) r '
        || $f$ WHERE g.device = $1 AND g.day BETWEEN ($2 AT TIME ZONE 'UTC')::date AND ($3 AT TIME ZONE 'UTC')::date
            UNION ALL SELECT 2, f.page, f.ts, $f$ || names || ' FROM ingest.frozen f WHERE f.device = $1 AND f.ts >= $2 AND f.ts < $3'
        || ' UNION ALL SELECT 3, s.page, s.ts, ' || names || ' FROM ingest.sample s WHERE s.device = $1 AND s.ts >= $2 AND s.ts < $3'
        || ') everything WHERE ts >= $2 AND ts < $3 GROUP BY page, ts ORDER BY ts, page $g$';
END $$;
