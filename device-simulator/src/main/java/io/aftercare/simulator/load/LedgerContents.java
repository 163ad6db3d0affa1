package io.aftercare.simulator.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// A ledger read back: every device in the order of the file. A record cut short by a crash of the generator is left out.
public record LedgerContents(List<Device> devices) {

    /// Times are epoch milliseconds, ascending and without doubles: a message sent again is one message.
    public static final class Device {
        private final String id;
        private final long[] sent;
        private final long[] acknowledged;

        private Device(String id, long[] sent, long[] acknowledged) {
            this.id = id;
            this.sent = sent;
            this.acknowledged = acknowledged;
        }

        public String id() {
            return id;
        }

        /// Every message that was sent.
        public LongStream sent() {
            return LongStream.of(sent);
        }

        /// Those that the server has promised to keep.
        public LongStream acknowledged() {
            return LongStream.of(acknowledged);
        }

        public LongStream unacknowledged() {
            return sent().filter(ts -> Arrays.binarySearch(acknowledged, ts) < 0);
        }
    }

    public long sent() {
        return devices.stream().mapToLong(device -> device.sent.length).sum();
    }

    public long acknowledged() {
        return devices.stream().mapToLong(device -> device.acknowledged.length).sum();
    }

    /// Reads a whole ledger into memory, 16 bytes a message.
    ///
    /// @throws IllegalArgumentException where the file is no ledger
    public static LedgerContents read(Path path) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            if (!Ledger.MAGIC.equals(line(in))) {
                throw new IllegalArgumentException(
                        path + " is not a ledger: its first line must be " + Ledger.MAGIC);
            }
            List<String> ids = new ArrayList<>();
            for (String id = line(in); !id.isEmpty(); id = line(in)) {
                ids.add(id);
            }
            return records(in, ids);
        }
    }

    private static LedgerContents records(DataInputStream in, List<String> ids) throws IOException {
        List<LongStream.Builder> sent = new ArrayList<>();
        List<LongStream.Builder> acknowledged = new ArrayList<>();
        ids.forEach(id -> {
            sent.add(LongStream.builder());
            acknowledged.add(LongStream.builder());
        });
        byte[] entry = new byte[Long.BYTES];
        while (in.readNBytes(entry, 0, entry.length) == entry.length) {
            long bits = ByteBuffer.wrap(entry).getLong();
            int device = (int) (bits >>> Ledger.TS_BITS) & (Ledger.DEVICES_MAX - 1);
            long ts = bits & ((1L << Ledger.TS_BITS) - 1);
            (bits < 0 ? acknowledged : sent).get(device).add(ts);
        }
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            devices.add(new Device(ids.get(i), sorted(sent.get(i)), sorted(acknowledged.get(i))));
        }
        return new LedgerContents(devices);
    }

    private static long[] sorted(LongStream.Builder times) {
        return times.build().sorted().distinct().toArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || text.length() > 256) {
                throw new EOFException("the head of the ledger is cut short: "
                        + text.toString().getBytes(StandardCharsets.US_ASCII).length + " characters");
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
