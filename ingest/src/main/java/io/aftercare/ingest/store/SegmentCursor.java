package io.aftercare.ingest.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Segments one after the other, each decoded when it is its turn. Not thread-safe.
final class SegmentCursor implements SampleCursor {
    private final Source source;
    private SampleBlock block = new SampleBlock(0);

    /// Gives the segments in their order.
    @FunctionalInterface
    interface Source {
        /// The next one, null after the last.
        byte @Nullable [] next() throws SQLException;
    }

    SegmentCursor(Source source) {
        this.source = source;
    }

    @Override
    public boolean next() throws SQLException {
        while (!block.next()) {
            byte[] bytes = source.next();
            if (bytes == null) {
                return false;
            }
            block = SegmentCodec.decode(bytes);
        }
        return true;
    }

    @Override
    public long micros() {
        return block.micros();
    }

    @Override
    public int present() {
        return block.present();
    }

    @Override
    public double value(int slot) {
        return block.value(slot);
    }
}
