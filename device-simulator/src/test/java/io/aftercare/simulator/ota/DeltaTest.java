package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device makes its new firmware from the one that it runs and a small patch; and when that does not do, from the whole.
class DeltaTest {
    @TempDir
    Path folder = Path.of("");

    private final Map<String, byte[]> served = new HashMap<>();
    private final List<String> fetched = new ArrayList<>();
    private final byte[] old = firmware(4 << 20);
    private final byte[] made = changed(old, 0.02);
    private DeviceMemory memory;

    private static byte[] firmware(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /// A firmware built anew: runs of 4 KiB here and there are different.
    private static byte[] changed(byte[] old, double share) {
        byte[] made = old.clone();
        Random random = new Random(2);
        for (int changed = 0; changed < old.length * share; changed += 4_096) {
            byte[] run = new byte[4_096];
            random.nextBytes(run);
            System.arraycopy(run, 0, made, random.nextInt(old.length - run.length), run.length);
        }
        return made;
    }

    @BeforeEach
    void installTheOldOne() throws Exception {
        memory = DeviceMemory.open(folder.resolve("device"), "1.0");
        served.put("a.fw", old);
        install(manifest("2.4.0", 240, old));
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.4.0");
        fetched.clear();
        served.put("a.fw", made);
    }

    private static ObjectNode manifest(String version, long counter, byte[] image) {
        return Signer.manifest(version, counter, image);
    }

    private ObjectNode withDelta(byte[] base, byte[] patch) {
        ObjectNode manifest = manifest("2.5.0", 250, made);
        ((ObjectNode) manifest.at("/artifacts/0")).putArray("deltas").addObject()
                .put("from", Signer.sha256(base)).put("name", "d.zst").put("size", patch.length)
                .put("sha256", Signer.sha256(patch)).put("format", "zstd-patch-from");
        served.put("d.zst", patch);
        return manifest;
    }

    private byte[] patch(String level) throws Exception {
        return Zstd.patch(folder, old, made, level);
    }

    private void install(ObjectNode json) throws Exception {
        Signer signer = new Signer();
        Manifest manifest = Manifest.parse(json.toString().getBytes(StandardCharsets.UTF_8));
        Offer offer = Offer
                .parse(signer.offer("R7", json, "/x").toString().getBytes(StandardCharsets.UTF_8));
        Installer installer = new Installer("LP-1", memory, (piece, file, _) -> serve(piece, file),
                Failures.none());
        installer.fetch(offer, manifest, _ -> {
        });
        installer.verify(manifest);
        installer.install(offer, manifest);
    }

    private void serve(Piece piece, PartFile file) throws IOException {
        fetched.add(piece.unit() + " " + piece.name());
        byte[] bytes = Objects.requireNonNull(served.get(piece.name()));
        file.write(bytes, (int) file.length(), (int) (file.size() - file.length()));
    }

    private void assertMade() throws IOException {
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.5.0");
        assertThat(Files.readAllBytes(memory.component(memory.content().boot().running(), 0)))
                .isEqualTo(made);
    }

    @Test
    void fourMegabytesWithTwoPercentChangedComeAsAFewKilobytes() throws Exception {
        byte[] patch = patch("-19");
        install(withDelta(old, patch));
        assertThat(fetched).containsExactly("R7.d1 d.zst");
        assertMade();
        assertThat(patch.length).isLessThan(made.length / 20);
        System.out.printf("delta: %,d bytes instead of %,d, %.1f %% saved%n", patch.length, made.length,
                100 - patch.length * 100.0 / made.length);
    }

    @Test
    void aDeltaToSomethingElseIsLeftAlone() throws Exception {
        install(withDelta(made, patch("-1")));
        assertThat(fetched).containsExactly("R7 a.fw");
        assertMade();
    }

    @Test
    void aDeltaThatDoesNotDoCostsOnlyItself() throws Exception {
        byte[] patch = patch("-1");
        byte[] broken = patch.clone();
        broken[broken.length / 2] ^= 1;
        install(withDelta(old, broken));
        assertThat(fetched).as("zstd finds out").containsExactly("R7.d1 d.zst", "R7 a.fw");
        assertMade();
    }

    @Test
    void aDeltaThatIsNotTheSignedOneIsNotApplied() throws Exception {
        ObjectNode manifest = withDelta(old, patch("-1"));
        served.put("d.zst", new byte[served.getOrDefault("d.zst", new byte[0]).length]);
        install(manifest);
        assertThat(fetched).containsExactly("R7.d1 d.zst", "R7 a.fw");
        assertMade();
    }

    @Test
    void aDeltaThatMakesSomethingElseOrTooMuchIsNotKept() throws Exception {
        byte[] tooMuch = Zstd.patch(folder, old, new byte[made.length + 1], "-1");
        install(withDelta(old, tooMuch));
        assertThat(fetched).containsExactly("R7.d1 d.zst", "R7 a.fw");
        assertMade();
    }
}
