package io.aftercare.simulator.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// What was sent and what was acknowledged, appended to a file while a run goes on, so that a test can kill the server
/// and then ask the database for every message.
///
/// Format: the line `AFTERCARE-LEDGER 1`, one line a device id, an empty line; then big-endian 64-bit records. Bit 63
/// of a record is 0 for "sent" and 1 for "acknowledged", bits 62 to 43 are the device's place in the list, bits 42 to 0
/// the message's `ts` in epoch milliseconds, which is unique for its device.
///
/// [#append] is thread-safe; a [Recorder] belongs to one connection and gathers its records in memory.
final class Ledger implements Closeable {
    static final String MAGIC = "AFTERCARE-LEDGER 1";
    static final int TS_BITS = 43;
    static final int DEVICES_MAX = 1 << 20;
    static final long ACKNOWLEDGED = 1L << 63;
    private static final int GATHERED = 512;

    private final FileChannel file;

    private Ledger(FileChannel file) {
        this.file = file;
    }

    static Ledger create(Path path, List<String> devices) throws IOException {
        if (devices.size() > DEVICES_MAX) {
            throw new IllegalArgumentException("a ledger holds at most " + DEVICES_MAX + " devices");
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        String header = MAGIC + "\n" + String.join("\n", devices) + "\n\n";
        Ledger ledger = new Ledger(file);
        ledger.append(ByteBuffer.wrap(header.getBytes(StandardCharsets.US_ASCII)));
        return ledger;
    }

    /// Goes on writing where an earlier run stopped.
    static Ledger reopen(Path path) throws IOException {
        return new Ledger(FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    Recorder recorder(int device) {
        return new Recorder(device);
    }

    private synchronized void append(ByteBuffer records) {
        try {
            while (records.hasRemaining()) {
                file.write(records);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Not thread-safe; call [#flush] at the end.
    final class Recorder {
        private final long device;
        private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED * Long.BYTES);

        private Recorder(int device) {
            this.device = (long) device << TS_BITS;
        }

        void sent(long ts) {
            put(device | ts);
        }

        void acknowledged(long ts) {
            put(ACKNOWLEDGED | device | ts);
        }

        private void put(long entry) {
            if (!gathered.hasRemaining()) {
                flush();
            }
            gathered.putLong(entry);
        }

        void flush() {
            append(gathered.flip());
            gathered.clear();
        }
    }
}
