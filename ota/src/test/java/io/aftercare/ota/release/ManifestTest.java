package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final byte[] IMAGE = {1, 2, 3};

    @Test
    void aManifestIsReadWithAllItsFields() {
        ObjectNode node = manifest();
        node.putArray("hardware").add("B1").add("B2");
        node.putArray("fixes").add("FUSER_OVERHEAT");
        Manifest manifest = parse(node.put("minFrom", "1.0.0"));
        assertThat(manifest.product()).isEqualTo("LP-2000");
        assertThat(manifest.counter()).isEqualTo(7);
        assertThat(manifest.hardware()).containsExactly("B1", "B2");
        assertThat(manifest.fixes()).containsExactly("FUSER_OVERHEAT");
        assertThat(manifest.minFrom()).isEqualTo("1.0.0");
        assertThat(manifest.size()).isEqualTo(3);
        assertThat(manifest.revertTo()).isNull();
        assertThat(parse(node.put("revertTo", 6)).revertTo()).isEqualTo(6);
    }

    @Test
    void whatIsMissingWrongOrTooMuchIsNamed() {
        refuses(node -> node.remove("product"), "product");
        refuses(node -> node.put("product", ""), "product");
        refuses(node -> node.put("counter", 0), "counter");
        refuses(node -> node.put("counter", -1), "counter");
        refuses(node -> node.put("counter", 1.5), "counter");
        refuses(node -> node.put("counter", "7"), "counter");
        refuses(node -> node.put("counter", 1L << 53), "counter");
        refuses(node -> node.put("version", "../../etc"), "version");
        refuses(node -> node.put("version", "1\n2"), "version");
        refuses(node -> node.put("version", "one"), "version");
        refuses(node -> node.put("minFrom", "zzz"), "minFrom");
        refuses(node -> node.put("minFrom", "1.2.4"), "minFrom");
        refuses(node -> node.put("expires", "tomorrow"), "expires");
        refuses(node -> node.put("issued", "2090-01-01T00:00:00Z"), "expires before");
        refuses(node -> node.put("revertTo", 7), "revertTo");
        refuses(node -> node.put("revertTo", 0), "revertTo");
        refuses(node -> node.put("revertTo", "6"), "revertTo");
        refuses(node -> node.putArray("artifacts"), "artifacts");
        refuses(node -> node.put("hardware", "B1"), "hardware");
        refuses(node -> node.put("colour", "red"), "colour");
        refuses(node -> artifact(node).put("sha256", "abc"), "sha256");
        refuses(node -> artifact(node).put("size", 0), "size");
        refuses(node -> artifact(node).put("name", "a/b"), "name");
        refuses(node -> ((com.fasterxml.jackson.databind.node.ArrayNode) node.get("artifacts"))
                .add(artifact(node).deepCopy()), "twice");
    }

    @Test
    void deltasAreReadAsStrictlyAsArtifacts() {
        ObjectNode node = manifest();
        delta(node);
        Manifest manifest = parse(node);
        assertThat(manifest.deltas()).containsExactly(
                new Delta("1".repeat(64), "d.zst", 2, "2".repeat(64), Delta.ZSTD));
        assertThat(manifest.files()).extracting(Manifest.Component::name).containsExactly("fw.bin", "d.zst");
        assertThat(manifest.size()).as("of what is installed").isEqualTo(3);
        refuses(each -> delta(each).put("from", "abc"), "from of delta d.zst");
        refuses(each -> delta(each).put("sha256", "abc"), "sha256 of delta d.zst");
        refuses(each -> delta(each).put("name", "fw.bin"), "fw.bin twice");
        refuses(each -> delta(each).put("name", "../x"), "deltas.name");
        refuses(each -> delta(each).put("size", 0), "size");
        refuses(each -> delta(each).put("format", "bsdiff"), "zstd-patch-from");
        refuses(each -> delta(each).put("level", 3), "level");
        refuses(each -> delta(each).put("from", Firmware.sha256(IMAGE)), "very artifact");
        refuses(each -> {
            delta(each);
            delta(each).put("name", "e.zst");
        }, "from\" the same file");
        refuses(each -> artifact(each).put("deltas", "none"), "deltas");
    }

    private static ObjectNode delta(ObjectNode manifest) {
        return artifact(manifest).withArray("deltas").addObject().put("from", "1".repeat(64))
                .put("name", "d.zst").put("size", 2).put("sha256", "2".repeat(64))
                .put("format", "zstd-patch-from");
    }

    @Test
    void aNameGivenTwiceIsRefused() {
        String json = Json.text(manifest()).replace("\"counter\":7", "\"counter\":7,\"counter\":8");
        assertThatThrownBy(() -> Manifest.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class).hasMessageContaining("counter");
    }

    @Test
    void anExpiredManifestIsAFreezeAttack() {
        Manifest manifest = parse(manifest().put("expires", "2026-02-01T00:00:00Z"));
        manifest.checkTime(Instant.parse("2026-01-31T23:59:59Z"));
        assertThatThrownBy(() -> manifest.checkTime(Instant.parse("2026-02-01T00:00:00Z")))
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.EXPIRED));
    }

    private static void refuses(Consumer<ObjectNode> change, String named) {
        ObjectNode node = manifest();
        change.accept(node);
        assertThatThrownBy(() -> parse(node)).as(named).isInstanceOf(Refused.class)
                .hasMessageContaining(named);
    }

    private static ObjectNode artifact(ObjectNode manifest) {
        return (ObjectNode) manifest.get("artifacts").get(0);
    }

    private static ObjectNode manifest() {
        return Firmware.manifest("LP-2000", 7, "1.2.3", IMAGE);
    }

    private static Manifest parse(ObjectNode node) {
        return Manifest.parse(Json.text(node).getBytes(StandardCharsets.UTF_8));
    }
}
