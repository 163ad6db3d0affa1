package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.Refused.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RootTest {
    private final Ceremony people = new Ceremony();

    @Test
    void twoOfThreeSignAReleaseAndOneAloneDoesNot() {
        Root root = root(first());
        assertThat(root.checkRelease(manifest("x", "y"))).containsExactly("x", "y");
        assertThat(root.checkRelease(manifest("z", "a", "x"))).containsExactly("x", "z");
        assertThat(refusal(() -> root.checkRelease(manifest("x"))).reason()).isEqualTo(Reason.TOO_FEW);
        assertThat(refusal(() -> root.checkRelease(manifest("x", "x"))).reason()).isEqualTo(Reason.TOO_FEW);
        assertThat(refusal(() -> root.checkRelease(manifest("a", "b"))).reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(refusal(() -> root.checkRelease(envelope(people.signRoot(first(), "x", "y")))).reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void aNameOfAKeyIsNotBelieved() {
        String lies = people.signManifest(Firmware.manifest("P", 1, "1.0", new byte[1]), "thief", "thief2")
                .replace("\"thief\"", "\"x\"").replace("\"thief2\"", "\"y\"");
        assertThat(refusal(() -> root(first()).checkRelease(envelope(lies))).reason())
                .isEqualTo(Reason.TAMPERED);
        String unnamed = people.signManifest(Firmware.manifest("P", 1, "1.0", new byte[1]), "x", "y")
                .replace("\"x\"", "\"\"").replace("\"y\"", "\"whoever\"");
        assertThat(root(first()).checkRelease(envelope(unnamed))).containsExactly("x", "y");
    }

    @Test
    void theNextRootNeedsTheOldAndTheNewKeys() {
        Root old = root(first());
        ObjectNode next = people.root(2, List.of("b", "c", "d"), 2, List.of("x", "y", "z"), 2,
                people.key("online").getPublic());
        successor(old, next, "b", "c");
        successor(old, next, "a", "b", "c");
        refusesSuccessor(Reason.TOO_FEW, old, next, "b", "d"); // one of the old
        refusesSuccessor(Reason.TOO_FEW, old, next, "a", "b"); // one of the new
        refusesSuccessor(Reason.WRONG_KEY, old, next, "x", "y", "online");
        refusesSuccessor(Reason.OUT_OF_ORDER, old, next.deepCopy().put("version", 3), "b", "c");
        refusesSuccessor(Reason.OUT_OF_ORDER, old, first(), "a", "b");
    }

    @Test
    void whatIsWrongInADocumentIsNamed() {
        refuses(root -> root.remove("version"), "version");
        refuses(root -> root.put("version", 0), "version");
        refuses(root -> root.put("colour", "red"), "colour");
        refuses(root -> root.put("expires", "2025-01-01T00:00:00Z"), "expires");
        refuses(root -> keys(root).put("a", "nonsense"), "PEM");
        refuses(root -> keys(root).put("with space", Ed25519.pem(people.key("w").getPublic())), "key id");
        refuses(root -> keys(root).set("twin", keys(root).get("a")), "two ids");
        refuses(root -> role(root, "root").put("threshold", 0), "threshold");
        refuses(root -> role(root, "root").put("threshold", 4), "wants 4");
        refuses(root -> role(root, "assignment").remove("keyids"), "keyids");
        refuses(root -> ((ArrayNode) role(root, "release").get("keyids")).add("nobody"), "nobody");
        refuses(root -> ((ArrayNode) role(root, "release").get("keyids")).add("x"), "twice");
        refuses(root -> ((ArrayNode) role(root, "release").get("keyids")).add("server"), "no other role");
        refuses(root -> ((ObjectNode) root.get("roles")).remove("release"), "release");
        refuses(root -> ((ObjectNode) root.get("roles")).putObject("snapshot"), "snapshot");
        refuses(root -> root.putObject("counterReset").put("P", -1), "P");
        assertThatThrownBy(() -> root(first()).checkTime(Instant.parse("2090-01-01T00:00:00Z")))
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.ROOT_EXPIRED));
    }

    /// Beside the plainest model there is: count the holders who are in the role.
    @Test
    void anySetOfSignersIsEnoughExactlyWhenEnoughOfThemAreInTheRole() {
        List<String> everybody = List.of("a", "b", "c", "x", "y", "z", "thief");
        Root root = root(first());
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> signers = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                signers.add(everybody.get(random.nextInt(everybody.size())));
            }
            Set<String> counting = signers.stream().filter(List.of("x", "y", "z")::contains)
                    .collect(Collectors.toSet());
            Envelope envelope = manifest(signers.toArray(String[]::new));
            if (counting.size() >= 2) {
                assertThat(root.checkRelease(envelope)).as("seed %d", seed).isEqualTo(counting);
            } else {
                assertThat(refusal(() -> root.checkRelease(envelope))).as("seed %d", seed).isNotNull();
            }
        }
    }

    private ObjectNode first() {
        return people.root(1, List.of("a", "b", "c"), 2, List.of("x", "y", "z"), 2,
                people.key("online").getPublic());
    }

    private void successor(Root old, ObjectNode next, String... signers) {
        old.checkSuccessor(root(next), envelope(people.signRoot(next, signers)));
    }

    private void refusesSuccessor(Reason reason, Root old, ObjectNode next, String... signers) {
        assertThat(refusal(() -> successor(old, next, signers)).reason()).isEqualTo(reason);
    }

    private void refuses(Consumer<ObjectNode> change, String named) {
        ObjectNode document = first();
        change.accept(document);
        assertThat(refusal(() -> root(document))).as(named).hasMessageContaining(named);
    }

    private static ObjectNode keys(ObjectNode root) {
        return (ObjectNode) root.get("keys");
    }

    private static ObjectNode role(ObjectNode root, String name) {
        return (ObjectNode) root.path("roles").get(name);
    }

    private static Refused refusal(Runnable check) {
        return catchThrowableOfType(Refused.class, check::run);
    }

    private static Root root(ObjectNode document) {
        return Root.parse(Json.text(document).getBytes(StandardCharsets.UTF_8));
    }

    private Envelope manifest(String... signers) {
        return envelope(people.signManifest(Firmware.manifest("P", 1, "1.0", new byte[1]), signers));
    }

    private static Envelope envelope(String json) {
        return Envelope.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
