package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDigestsIT {
    // "abc": FIPS 180-2, appendix A.1, and RFC 1321, appendix A.5
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);
    private static final Digests EXPECTED = new Digests("a9993e364706816aba3e25717850c26c9cd0d89d",
            "900150983cd24fb0d6963f7d28e17f72");

    @TempDir
    Path folder;

    @Test
    void theyAreComputedOnTheWayInAndFilledInForWhatWasThereBefore() throws IOException {
        try (Database database = TestDatabase.create("ota")) {
            ArtifactStore store = new ArtifactStore(folder);
            String sha256 = Firmware.sha256(ABC);
            try (Incoming.Staged staged = store.incoming().stage(new ByteArrayInputStream(ABC),
                    new Manifest.Component("a.bin", 3, sha256))) {
                assertThat(staged.digests()).isEqualTo(EXPECTED);
                store.keep(staged);
            }
            database.useTransaction(handle -> handle.execute(
                    """
                            INSERT INTO ota.release (product, counter, version, min_from, hardware, fixes, envelope,
                                signed_by, issued_at, expires_at, uploaded_by, uploaded_at)
                            VALUES ('P', 1, '1', '', '{}', '{}', '', 'k', now(), now(), 'ann', now());
                            INSERT INTO ota.artifact (release, place, name, size, sha256) VALUES (1, 0, 'a.bin', 3, '%s')
                            """
                            .formatted(sha256)));
            assertThat(new ArtifactDigests(database, store).of(sha256)).isEqualTo(EXPECTED);
            // the second look needs no file
            Files.delete(store.path(sha256));
            assertThat(new ArtifactDigests(database, store).of(sha256)).isEqualTo(EXPECTED);
        }
    }
}
