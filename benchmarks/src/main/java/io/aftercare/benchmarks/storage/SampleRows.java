package io.aftercare.benchmarks.storage;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows of `ingest.sample` as they are loaded past the backend, by binary COPY. Not thread-safe.
public final class SampleRows implements AutoCloseable {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0,
            0, 0, 0, 0, 0, 0, 0};
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ROW_BYTES_MAX = 64 + 16 * 12;

    private final CopyIn copy;
    private final int columns;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /// @param slots how many metrics a row has, at most sixteen
    public SampleRows(Connection connection, int slots) throws SQLException {
        StringBuilder names = new StringBuilder("device, ts, page");
        for (int slot = 0; slot < slots; slot++) {
            names.append(", v").append(slot);
        }
        this.columns = 3 + slots;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY ingest.sample (" + names + ") FROM STDIN (FORMAT binary)");
        buffer.put(HEADER);
    }

    /// Microseconds as PostgreSQL counts them.
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(POSTGRES_EPOCH, instant);
    }

    /// @param micros as [#micros] counts
    public void add(int device, long micros, double[] values) throws SQLException {
        if (buffer.remaining() < ROW_BYTES_MAX) {
            flush();
        }
        buffer.putShort((short) columns).putInt(4).putInt(device).putInt(8).putLong(micros).putInt(2)
                .putShort((short) 0);
        for (int slot = 0; slot < columns - 3; slot++) {
            buffer.putInt(8).putDouble(values[slot]);
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }
}
