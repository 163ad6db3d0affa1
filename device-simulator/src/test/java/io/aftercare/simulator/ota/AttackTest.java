package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.ota.DeviceMemory.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole update client against a backend in an attacker's hands: each attack of the table in `docs/ota-trust.md` is
/// refused by its name, and the device runs on as before.
class AttackTest implements OtaAgent.Device {
    private static final byte[] IMAGE = Signer.image("{\"behaviour\":{\"good\":\"yes\"}}", 4_000);

    @TempDir
    Path folder = Path.of("");

    private final KeyHolders people = new KeyHolders();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private HostileServer server;
    private DeviceMemory memory;
    private OtaClient client;
    private volatile boolean rebooted;
    private int releases;
    private volatile Instant now = Instant.parse("2026-06-01T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new HostileServer();
        memory = DeviceMemory.open(folder, "2.3.0");
        client = client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// The device after a power cut: all that it knows is what it wrote down.
    private OtaClient client() throws IOException {
        TrustedKeys keys = new TrustedKeys(Map.of(), Optional.of(new Offer.Bytes(
                people.signedRoot(people.root(1, "x", "y", "z"), "a", "b"))));
        OtaSettings quick = new OtaSettings(false, 1_024, Duration.ZERO, Duration.ZERO, Duration.ofMillis(5));
        return new OtaClient(new OtaClient.Setup(new Credential("LP-1", "LP-2000", "token"), "LP-2000", "B2",
                server.base(), keys, memory, quick, Failures.none(), () -> now, new Random(1)), this,
                (_, _) -> {
                });
    }

    @Override
    public boolean busy() {
        return false;
    }

    @Override
    public void powerCut(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public OptionalDouble battery() {
        return OptionalDouble.empty();
    }

    @Override
    public void reboot(String reason) {
        rebooted = true;
    }

    @Override
    public void report(String release, String state, int progress, String error, Runnable acknowledged) {
        acknowledged.run();
        reports.add(error.isEmpty() ? state : state + ": " + error);
    }

    @Test
    void arbitrarySoftware() {
        ObjectNode offer = good();
        offer.set("envelope", people.signed(Dsse.MANIFEST_TYPE, manifest(240), "thief", "thief2"));
        refused("arbitrary software", offer);
        offer.set("envelope", people.signed(Dsse.ASSIGNMENT_TYPE, manifest(240), "x", "y"));
        refused("arbitrary software", offer);
        byte[] other = IMAGE.clone();
        other[3_000] ^= 1;
        server.put(path(), other);
        refused("arbitrary software", good());
    }

    @Test
    void wrongSoftware() {
        ObjectNode genuine = good();
        ObjectNode offer = genuine.deepCopy();
        offer.remove("assignment");
        refused("wrong software", offer);
        ObjectNode assignment = KeyHolders.assignment("LP-1", manifest(240));
        assign(offer, assignment, "thief");
        refused("wrong software", offer);
        assign(offer, assignment, "x"); // a release key alone chooses no device
        refused("wrong software", offer);
        assign(offer, assignment.deepCopy().put("device", "LP-2"), "online");
        refused("wrong software", offer);
        assign(offer, KeyHolders.assignment("LP-1", manifest(239)), "online");
        refused("wrong software", offer);
        now = Instant.parse("2026-06-02T00:00:00Z");
        refused("wrong software", genuine); // replayed a day later
    }

    @Test
    void rollback() throws IOException {
        install(manifest(240).put("revertTo", 230));
        refused("rollback", offer(manifest(239)));
        refused("rollback", offer(manifest(239)).put("revert", true)); // the assignment does not say so
        refused("rollback", reverting(manifest(229)).put("revert", false));
        refused("rollback", reverting(manifest(229))); // lower than the team has signed
        install(reverting(manifest(230)), 230);
        assertThat(memory.content().counter()).isEqualTo(240);
        refused("rollback", reverting(manifest(229))); // 230 was not signed to be taken back
        install(manifest(241));
    }

    @Test
    void freeze() throws IOException {
        refused("freeze", offer(manifest(240).put("expires", "2026-05-31T00:00:00Z")));
        now = Instant.parse("2026-08-01T00:00:00Z");
        ObjectNode july = manifest(240).put("expires", "2026-07-01T00:00:00Z");
        ObjectNode expired = offer(july);
        assign(expired, KeyHolders.assignment("LP-1", july).put("expires", "2026-09-01T00:00:00Z"), "online");
        refused("freeze", expired);
        now = Instant.parse("2026-06-01T00:00:00Z");
        client = client();
        refused("freeze", expired); // it has seen August: a clock set back makes nothing fresh again
        now = Instant.parse("2091-01-01T00:00:00Z");
        refused("freeze", good()); // the root's own time is over, and no newer one came
    }

    @Test
    void endlessData() {
        server.put(path(), IMAGE);
        server.sendWithoutEnd();
        refused("endless data", good());
    }

    @Test
    void mixAndMatch() throws IOException {
        refused("mix and match", good().put("sha256", "0".repeat(64)));
        refused("mix and match", good().put("version", "9.9.9"));
        ObjectNode two = manifest(240);
        byte[] second = Signer.image("second", 500);
        ((ArrayNode) two.get("artifacts")).addObject().put("name", "b.fw").put("size", 500).put("sha256",
                Signer.sha256(second));
        server.put(path(), IMAGE);
        server.put("/device/v1/LP-1/artifacts/" + Signer.sha256(second), Signer.image("other", 500));
        refused("arbitrary software", offer(two)); // one component of another release: neither is installed
        server.put("/device/v1/LP-1/artifacts/" + Signer.sha256(second), second);
        install(two);
    }

    @Test
    void incompatibleHardware() {
        ObjectNode other = manifest(240);
        other.putArray("hardware").add("B1");
        refused("incompatible hardware", offer(other));
        refused("incompatible hardware", offer(manifest(240).put("product", "LP-3000")));
        refused("incompatible hardware", offer(manifest(240).put("minFrom", "2.3.1")));
    }

    @Test
    void keyCompromise() throws IOException {
        ObjectNode offer = good();
        offer.set("envelope", people.signed(Dsse.MANIFEST_TYPE, manifest(240), "x", "x"));
        refused("key compromise", offer);
        // x and y are stolen: the next root names others, and a device hears of it with any offer
        ObjectNode next = people.root(2, "w", "z");
        ObjectNode stolen = good().put("rootVersion", 2);
        ObjectNode genuine = offer(manifest(240)).put("rootVersion", 2);
        genuine.set("envelope", people.signed(Dsse.MANIFEST_TYPE, manifest(240), "w", "z"));
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(next, "x", "y"));
        refused("arbitrary software", stolen); // release keys make no root
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(next, "a"));
        refused("key compromise", stolen); // nor does one root key
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(people.root(3, "w", "z"), "a", "b"));
        refused("rollback", stolen); // versions go up one by one
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(next, "a", "c"));
        refused("arbitrary software", stolen);
        client = client(); // the new root outlives a power cut
        refused("arbitrary software", good());
        install(genuine, 240);
    }

    @Test
    void fastForward() throws IOException {
        install(manifest(240));
        refused("fast-forward", offer(manifest(1_000_241)));
        install(manifest(1_000_240)); // by stolen keys, as far as the cap allows
        refused("rollback", offer(manifest(241)));
        ObjectNode next = people.root(2, "x", "y");
        next.putObject("counterReset").put("LP-2000", 240).put("LP-3000", 1);
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(next, "a", "b"));
        install(offer(manifest(241)).put("rootVersion", 2), 241);
        assertThat(memory.content().counter()).isEqualTo(241);
    }

    @Test
    void aRootThatIsPromisedAndNotDeliveredIsAskedForAgain() throws IOException {
        offered(good().put("rootVersion", 2));
        assertThat(reports.getLast()).startsWith("failed: ").contains("root version 2 cannot be had")
                .doesNotContain("refused");
        server.put("/device/v1/LP-1/roots/2", new byte[Root.BYTES_MAX + 10]);
        offered(good().put("rootVersion", 2));
        assertThat(reports.getLast()).contains("a root has at most");
        server.put("/device/v1/LP-1/roots/2", people.signedRoot(people.root(2, "x", "y"), "a", "b"));
        install(good().put("rootVersion", 2), 240);
    }

    private static ObjectNode manifest(long counter) {
        return Signer.manifest("2.4." + counter, counter, IMAGE);
    }

    private static String path() {
        return "/device/v1/LP-1/artifacts/" + Signer.sha256(IMAGE);
    }

    private ObjectNode good() {
        return offer(manifest(240));
    }

    private ObjectNode offer(ObjectNode manifest) {
        return people.offer(manifest, "LP-1");
    }

    private ObjectNode reverting(ObjectNode manifest) {
        ObjectNode offer = offer(manifest).put("revert", true);
        assign(offer, KeyHolders.assignment("LP-1", manifest).put("revert", true), "online");
        return offer;
    }

    private void assign(ObjectNode offer, ObjectNode assignment, String by) {
        offer.set("assignment", people.signed(Dsse.ASSIGNMENT_TYPE, assignment, by));
    }

    private void offered(ObjectNode offer) {
        reports.clear();
        // each a release of its own: the one before may not have put its tools away yet
        client.message("ota/offer", offer.deepCopy().put("release", "R" + ++releases).toString()
                .getBytes(StandardCharsets.UTF_8));
        Waiting.until("the end of the update", () -> !reports.isEmpty()
                && (reports.getLast().startsWith("failed") || reports.getLast().equals("rebooting")));
    }

    private void refused(String attack, ObjectNode offer) {
        Content before = memory.content();
        offered(offer);
        assertThat(reports.getLast()).contains("refused, " + attack + ": ");
        assertThat(rebooted).isFalse();
        assertThat(memory.content().images()).isEqualTo(before.images());
        assertThat(memory.content().boot()).isEqualTo(before.boot());
        assertThat(memory.content().counter()).isEqualTo(before.counter());
    }

    private void install(ObjectNode manifest) throws IOException {
        install(offer(manifest), manifest.path("counter").asLong());
    }

    private void install(ObjectNode offer, long counter) throws IOException {
        server.put(path(), IMAGE);
        offered(offer);
        assertThat(reports).endsWith("rebooting");
        Waiting.until("the reboot", () -> rebooted);
        rebooted = false;
        assertThat(Bootloader.boot(memory).counter()).isEqualTo(counter);
        client = client();
    }
}
