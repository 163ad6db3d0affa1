package io.aftercare.remote.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.remote.upload.Receiver.End;
import io.aftercare.remote.upload.Receiver.Received;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
    @TempDir
    Path folder = Path.of("");
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> safe = new ArrayList<>();
    private KeptFiles files = new KeptFiles(folder);
    private Receiver receiver = new Receiver(files, UploadLimits.DEFAULTS, nanos::get);

    @BeforeEach
    void prepare() {
        files = new KeptFiles(folder.resolve("uploads"));
        receiver = new Receiver(files, UploadLimits.DEFAULTS, nanos::get);
    }

    @Test
    void aSenderWhoDripsIsCutOffAfterTheGraceAndWhatCameIsKept() throws Exception {
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };
        Received received = receiver.receive("u1", drip, 0, 1_000_000L, 1_000_000, safe::add);
        assertThat(received).isEqualTo(new Received(61, End.SLOW));
        assertThat(safe).containsExactly(61L);
        assertThat(files.size("u1")).isEqualTo(61);
    }

    @Test
    void whatIsSafeIsToldOnTheWay() throws Exception {
        byte[] much = new byte[9 << 20];
        Received received = receiver.receive("u1", new ByteArrayInputStream(much), 0, null, much.length,
                safe::add);
        assertThat(received).isEqualTo(new Received(much.length, End.WHOLE));
        assertThat(safe).containsExactly(4L << 20, 8L << 20, 9L << 20);
    }

    @Test
    void noByteMoreThanWantedIsWritten() throws Exception {
        Received received = receiver.receive("u1", new ByteArrayInputStream(new byte[101]), 0, null, 100,
                safe::add);
        assertThat(received).isEqualTo(new Received(100, End.TOO_MUCH));
        assertThat(files.size("u1")).isEqualTo(100);
    }

    @Test
    void whatLiesBehindTheSafePartIsOverwritten() throws Exception {
        byte[] whole = {1, 2, 3, 4, 5, 6};
        InputStream torn = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == 3) {
                    throw new IOException("the connection was lost");
                }
                return whole[at++];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        assertThat(receiver.receive("u1", torn, 0, 6L, 6, safe::add)).isEqualTo(new Received(3, End.CUT));
        // as after a crash before the third byte was noted
        var rest = new ByteArrayInputStream(Arrays.copyOfRange(whole, 2, 6));
        assertThat(receiver.receive("u1", rest, 2, 4L, 6, safe::add)).isEqualTo(new Received(6, End.WHOLE));
        try (InputStream kept = files.read("u1")) {
            assertThat(kept.readAllBytes()).isEqualTo(whole);
        }
    }
}
