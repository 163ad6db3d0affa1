package io.aftercare.benchmarks.peer;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Rows as five-metric messages leave them in `ingest.sample`, in the format of PostgreSQL's binary COPY, made as cheaply as
/// possible. Each device's times ascend by a millisecond, and a device comes with a few messages in a row, as a full window
/// brings them. Not thread-safe.
final class CopyRows {
    static final String COLUMNS = "device, ts, page, packet, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12,"
            + " v13, v14, v15";
    private static final int SLOTS = 16;
    private static final int MESSAGES_IN_A_ROW = 12;
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0,
            0, 0, 0, 0, 0, 0, 0};
    private static final int ROW_BYTES = 2 + 8 + 12 + 6 + 4 + BenchFleet.METRICS * 12
            + (SLOTS - BenchFleet.METRICS) * 4;
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final int firstDevice;
    private final int devices;
    private final long startMicros;
    private long made;

    CopyRows(int firstDevice, int devices, Instant from) {
        this.firstDevice = firstDevice;
        this.devices = devices;
        this.startMicros = ChronoUnit.MICROS.between(POSTGRES_EPOCH, from);
    }

    /// The next `count` rows, header and trailer included.
    byte[] next(int count) {
        ByteBuffer out = ByteBuffer.allocate(HEADER.length + count * ROW_BYTES + 2).put(HEADER);
        for (int i = 0; i < count; i++) {
            row(out);
        }
        return out.putShort((short) -1).array();
    }

    private void row(ByteBuffer out) {
        long turn = made / MESSAGES_IN_A_ROW;
        long device = firstDevice + turn % devices;
        long message = turn / devices * MESSAGES_IN_A_ROW + made % MESSAGES_IN_A_ROW;
        out.putShort((short) (4 + SLOTS)).putInt(4).putInt((int) device);
        out.putInt(8).putLong(startMicros + message * 1_000).putInt(2).putShort((short) 0).putInt(-1);
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slot < BenchFleet.METRICS) {
                out.putInt(8).putDouble(100 + (made * 31 + slot * 17L) % 90_000 / 100.0);
            } else {
                out.putInt(-1);
            }
        }
        made++;
    }
}
