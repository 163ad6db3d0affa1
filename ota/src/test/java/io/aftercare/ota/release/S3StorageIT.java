package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bucket of a service that speaks S3, where one is named: `AFTERCARE_TEST_S3_ENDPOINT`, `…_BUCKET`, `…_ACCESS_KEY`,
/// `…_SECRET_KEY`.
class S3StorageIT {
    private static final byte[] IMAGE = new byte[300_000];

    @TempDir
    Path folder;

    private S3Storage storage;

    @BeforeEach
    void connect() {
        String endpoint = System.getenv("AFTERCARE_TEST_S3_ENDPOINT");
        assumeTrue(endpoint != null, "set AFTERCARE_TEST_S3_ENDPOINT to try an object storage");
        storage = new S3Storage(S3Config.of("s3://" + named("BUCKET") + "/" + UUID.randomUUID(),
                Optional.of(URI.create(endpoint)), "us-east-1", named("ACCESS_KEY"), named("SECRET_KEY")));
        new Random(1).nextBytes(IMAGE);
    }

    private static String named(String name) {
        return Optional.ofNullable(System.getenv("AFTERCARE_TEST_S3_" + name)).orElse("test");
    }

    @AfterEach
    void disconnect() {
        if (storage != null) {
            storage.close();
        }
    }

    @Test
    void whatOneMachineKeepsAnotherFetchesWhenItIsAskedFor() throws IOException {
        Manifest.Component component = component();
        ArtifactStore one = new ArtifactStore(folder.resolve("one"), Optional.of(storage));
        assertThat(one.has(component.sha256())).isFalse();
        try (Incoming.Staged staged = one.incoming().stage(new ByteArrayInputStream(IMAGE), component)) {
            one.keep(staged);
        }
        assertThat(one.has(component.sha256())).isTrue();
        ArtifactStore other = new ArtifactStore(folder.resolve("other"), Optional.of(storage));
        assertThat(other.here(component)).isEmpty();
        try (var in = other.open(component.sha256())) {
            assertThat(in.readAllBytes()).isEqualTo(IMAGE);
        }
        assertThat(Files.readAllBytes(other.file(component))).isEqualTo(IMAGE);
        assertThat(other.here(component)).isPresent();
        other.delete(component.sha256());
        assertThat(storage.has(component.sha256())).isFalse();
        assertThatThrownBy(() -> storage.open(component.sha256())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNotTheSignedContentIsNotTakenFromTheBucket() throws IOException {
        Manifest.Component component = component();
        byte[] other = IMAGE.clone();
        other[299_999] ^= 1;
        storage.put(Files.write(folder.resolve("changed"), other), component.sha256());
        ArtifactStore store = new ArtifactStore(folder.resolve("store"), Optional.of(storage));
        assertThatThrownBy(() -> store.file(component)).isInstanceOf(IOException.class)
                .hasMessageContaining("sha256");
        assertThat(store.here(component)).isEmpty();
        try (var files = Files.list(folder.resolve("store/incoming"))) {
            assertThat(files).isEmpty();
        }
    }

    private static Manifest.Component component() {
        return new Manifest.Component("fw.bin", IMAGE.length, Firmware.sha256(IMAGE), List.of());
    }
}
