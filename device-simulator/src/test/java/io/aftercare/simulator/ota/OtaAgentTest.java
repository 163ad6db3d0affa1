package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.ota.BootState.Slot;
import io.aftercare.simulator.ota.DeviceMemory.Job;
import io.aftercare.simulator.ota.DeviceMemory.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtaAgentTest implements OtaAgent.Device {
    @TempDir
    Path folder = Path.of("");

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<Runnable> unacknowledged = new CopyOnWriteArrayList<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private volatile OptionalDouble charge = OptionalDouble.empty();
    private volatile boolean inUse;
    private volatile boolean brokerAnswers = true;
    private volatile boolean rebooted;
    private volatile Runnable whenVerifying = () -> {
    };
    private volatile Instant now = Instant.parse("2026-06-01T00:00:00Z");

    @Override
    public boolean busy() {
        return inUse;
    }

    @Override
    public void reboot(String reason) {
        rebooted = true;
    }

    @Override
    public void report(String release, String state, int progress, String error, Runnable acknowledged) {
        if (state.equals("verifying")) {
            whenVerifying.run();
        }
        reports.add(state + (error.isEmpty() ? "" : ": " + error));
        if (brokerAnswers) {
            acknowledged.run();
        } else {
            unacknowledged.add(acknowledged);
        }
    }

    @Override
    public void powerCut(String reason) {
        reports.add(reason);
    }

    @Override
    public OptionalDouble battery() {
        return charge;
    }

    private OtaAgent agent(Signer signer, DeviceMemory memory, byte[]... images) {
        return agent(signer, memory, Failures.none(), images);
    }

    /// An agent whose network has these images, whatever is asked for.
    private OtaAgent agent(Signer signer, DeviceMemory memory, Failures failures, byte[]... images) {
        Download download = (piece, file, _) -> {
            fetched.add(piece.name());
            byte[] image = images[piece.name().charAt(0) - 'a'];
            file.write(image, (int) file.length(), (int) (piece.size() - file.length()));
        };
        OtaSettings quick = new OtaSettings(false, 1_024, Duration.ZERO, Duration.ZERO, Duration.ofMillis(5));
        OtaClient.Setup setup = new OtaClient.Setup(new Credential("LP-1", "LP-2000", "secret"), "LP-2000",
                "B2",
                URI.create("http://127.0.0.1:1"), signer.trusted(), memory, quick, failures,
                (InstantSource) () -> now, new Random(1));
        return new OtaAgent(setup, download, version -> {
            throw new UpdateFailedException("network", "no root " + version);
        }, this);
    }

    private void awaitReport(String beginning) {
        Waiting.until(beginning, () -> reports.stream().anyMatch(each -> each.startsWith(beginning)));
    }

    private static byte[] bytes(ObjectNode offer) {
        return offer.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aGoodOfferGoesThroughEveryStateAndIsConfirmedOnlyAfterTheReboot()
            throws IOException, GeneralSecurityException {
        Signer signer = new Signer();
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        byte[] image = Signer.image("{\"version\":\"2.4.0\",\"behaviour\":{\"fuserControl\":\"fixed\"}}",
                5_000);
        OtaAgent agent = agent(signer, memory, image);
        byte[] offer = bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x"));
        agent.offered(offer);
        Waiting.until("the reboot", () -> rebooted);
        assertThat(reports).containsExactly("accepted", "downloading", "downloaded", "verifying",
                "installing",
                "rebooting");
        brokerAnswers = false;
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.4.0");
        agent.started();
        assertThat(reports).endsWith("confirmed");
        assertThat(DeviceMemory.open(folder, "2.3.1").content().report().state()).isEqualTo("confirmed");
        unacknowledged.forEach(Runnable::run);
        assertThat(memory.content().report()).isEqualTo(Report.NO_REPORT);
        brokerAnswers = true;
        reports.clear();
        agent.offered(offer);
        Waiting.until("the answer to the same offer", () -> !reports.isEmpty());
        assertThat(reports).containsExactly("confirmed");
    }

    @Test
    void aDeviceInUseDefersUntilItIsFreeOrTheDeadlineHasPassed()
            throws IOException, GeneralSecurityException {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        ObjectNode offer = signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x").put("force", false)
                .put("deadline", "2026-06-01T02:00:00Z");
        inUse = true;
        agent(signer, DeviceMemory.open(folder, "2.3.1"), image).offered(bytes(offer));
        Waiting.until("deferred", () -> reports.contains("deferred"));
        assertThat(rebooted).isFalse();
        now = Instant.parse("2026-06-01T02:00:00Z");
        Waiting.until("the reboot", () -> rebooted);
    }

    @Test
    void nothingIsInstalledBeforeItsTimeHoweverForced() throws IOException, GeneralSecurityException {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        ObjectNode offer = signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x").put("installAfter",
                "2026-06-01T01:00:00Z");
        agent(signer, DeviceMemory.open(folder, "2.3.1"), image).offered(bytes(offer));
        Waiting.until("deferred", () -> reports.contains("deferred"));
        now = Instant.parse("2026-06-01T01:00:00Z");
        Waiting.until("the reboot", () -> rebooted);
    }

    @Test
    void aWaitingUpdateGivesWayToALaterReleaseAndLearnsOfNewTimes()
            throws IOException, GeneralSecurityException {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(signer, DeviceMemory.open(folder, "2.3.1"), image);
        ObjectNode never = signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x").put("installAfter",
                "9999-12-31T00:00:00Z");
        agent.offered(bytes(never));
        Waiting.until("downloaded", () -> reports.contains("downloaded"));
        assertThat(reports).startsWith("accepted", "deferred", "downloading");
        reports.clear();
        agent.offered(bytes(signer.offer("r2", Signer.manifest("2.5.0", 250, image), "/x").put("installAfter",
                "9999-12-31T00:00:00Z")));
        Waiting.until("the later one is downloaded", () -> reports.contains("downloaded"));
        assertThat(rebooted).isFalse();
        agent.offered(bytes(signer.offer("r2", Signer.manifest("2.5.0", 250, image), "/x")));
        Waiting.until("the reboot", () -> rebooted);
    }

    private static byte[] cancellation(String campaign, String release) {
        return ("{\"campaign\":\"" + campaign + "\",\"release\":\"" + release
                + "\",\"cancelled\":true,\"reason\":\"aborted\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anUpdateThatWaitsIsLetGoWithoutAWordWhenItsCampaignTakesItBack() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        OtaAgent agent = agent(signer, memory, image);
        inUse = true;
        agent.offered(
                bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x").put("force", false)));
        awaitReport("downloaded");
        agent.offered(cancellation("c2", "r1"));
        assertThat(memory.content().job()).as("another campaign's word").isNotEqualTo(Job.NO_JOB);
        reports.clear();
        agent.offered(cancellation("c1", "r1"));
        assertThat(memory.content().job()).isEqualTo(Job.NO_JOB);
        inUse = false;
        agent.offered(bytes(signer.offer("r2", Signer.manifest("2.5.0", 250, image), "/x")));
        Waiting.until("the reboot", () -> rebooted);
        assertThat(reports).as("of the other release alone").containsExactly("accepted", "downloading",
                "downloaded", "verifying", "installing", "rebooting");
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.5.0");
    }

    @Test
    void theSameReleaseMayComeAgainAfterItWasTakenBack() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(signer, DeviceMemory.open(folder, "2.3.1"), image);
        ObjectNode offer = signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x");
        agent.offered(bytes(offer.deepCopy().put("installAfter", "9999-12-31T00:00:00Z")));
        awaitReport("downloaded");
        agent.offered(cancellation("c1", "r1"));
        agent.offered(bytes(offer.put("campaign", "c2")));
        Waiting.until("the reboot", () -> rebooted);
        assertThat(fetched).as("what is there is not fetched again").hasSize(1);
    }

    @Test
    void whatIsTakenBackBeforeTheDeviceHasStartedIsNotGoneOnWith() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(signer, DeviceMemory.open(folder, "2.3.1"), image);
        agent.offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x").put("installAfter",
                "9999-12-31T00:00:00Z")));
        awaitReport("downloaded");
        agent.stopped();
        reports.clear();
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        OtaAgent next = agent(signer, memory, image);
        next.offered(cancellation("c1", "r1"));
        assertThat(memory.content().job()).isEqualTo(Job.NO_JOB);
        next.started();
        assertThat(reports).isEmpty();
    }

    @Test
    void whatIsVerifiedAlreadyIsNotTakenBackAnyMore() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(signer, DeviceMemory.open(folder, "2.3.1"), image);
        whenVerifying = () -> agent.offered(cancellation("c1", "r1"));
        agent.offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        Waiting.until("the reboot", () -> rebooted);
    }

    @Test
    void aRefusalIsReportedWithTheNameOfTheAttack() throws IOException, GeneralSecurityException {
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(new Signer(), DeviceMemory.open(folder, "2.3.1"), image);
        agent.offered(bytes(new Signer().offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        Waiting.until("the refusal", () -> !reports.isEmpty());
        assertThat(reports.getFirst()).startsWith("failed: refused, arbitrary software: wrong signature");
    }

    @Test
    void aFileThatIsNotTheSignedOneIsRefused() throws IOException, GeneralSecurityException {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        OtaAgent agent = agent(signer, DeviceMemory.open(folder, "2.3.1"), Signer.image("{ }", 100));
        agent.offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        awaitReport("failed: hash: refused, arbitrary software: the file a.fw has sha256");
        assertThat(fetched).as("once more, since transfers do get corrupted").hasSize(2);
        assertThat(rebooted).isFalse();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith(Installer.PART))).isEmpty();
        }
    }

    @Test
    void whatGoesWrongOnDemandHasItsCodeAndTheNextAttemptSucceeds() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100_000);
        byte[] offer = bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x"));
        for (String each : List.of("flash", "disk", "battery", "hashx2")) {
            reports.clear();
            rebooted = false;
            Failures failures = FailurePlan.parse(List.of(each), 1).of("LP-1");
            OtaAgent agent = agent(signer, DeviceMemory.open(folder.resolve(each), "2.3.1", failures),
                    failures, image);
            agent.offered(offer);
            awaitReport("failed: " + each.replace("x2", "") + ": ");
            agent.stopped();
            agent.started();
            agent.offered(offer);
            Waiting.until("the second attempt after " + each, () -> rebooted);
        }
    }

    @Test
    void anOfferThatCannotBeReadIsAnswered() throws Exception {
        agent(new Signer(), DeviceMemory.open(folder, "2.3.1"))
                .offered("{\"release\":\"r1\"}".getBytes(StandardCharsets.UTF_8));
        awaitReport("failed: offer: the offer has no sha256");
    }

    @Test
    void aCorruptedDownloadIsFetchedAgainAndNobodyNotices() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100_000);
        Failures failures = FailurePlan.parse(List.of("hash"), 1).of("LP-1");
        agent(signer, DeviceMemory.open(folder, "2.3.1", failures), failures, image)
                .offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        Waiting.until("the reboot", () -> rebooted);
        assertThat(fetched).hasSize(2);
    }

    @Test
    void aDeviceWithAnEmptyBatteryWritesNoFlash() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        charge = OptionalDouble.of(12);
        agent(signer, DeviceMemory.open(folder, "2.3.1"), image)
                .offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        awaitReport("failed: battery: 12 % are left, 20 %");
        assertThat(rebooted).isFalse();
    }

    @Test
    void aBoardOfAnotherRevisionRefuses() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100);
        Failures failures = FailurePlan.parse(List.of("hardware"), 1).of("LP-1");
        agent(signer, DeviceMemory.open(folder, "2.3.1"), failures, image)
                .offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        awaitReport("failed: refused, incompatible hardware");
    }

    @Test
    void theDownloadOfACampaignThatOnlyDownloadsIsKeptForTheOneThatInstalls() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{}", 100_000);
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        OtaAgent agent = agent(signer, memory, image);
        ObjectNode onlyDownload = signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")
                .put("force", false).put("installAfter", "9999-12-31T00:00:00Z");
        agent.offered(bytes(onlyDownload));
        awaitReport("downloaded");
        agent.stopped();
        assertThat(rebooted).isFalse();
        OtaAgent afterPowerCut = agent(signer, DeviceMemory.open(folder, "2.3.1"), image);
        reports.clear();
        afterPowerCut.started();
        awaitReport("downloaded");
        afterPowerCut.offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x")));
        Waiting.until("the reboot", () -> rebooted);
        assertThat(fetched).containsExactly("a.fw");
    }

    @Test
    void componentsGoTogetherAndOneThatHasNotChangedIsNotFetched() throws Exception {
        Signer signer = new Signer();
        byte[] main = Signer.image("{\"version\":\"2.4.0\",\"behaviour\":{\"fuserControl\":\"fixed\"}}",
                90_000);
        byte[] modem = Signer.image("modem", 70_000);
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        agent(signer, memory, main, modem)
                .offered(bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, main, modem), "/x")));
        Waiting.until("the reboot", () -> rebooted);
        assertThat(Bootloader.boot(memory).behaviour().is("fuserControl", "fixed")).isTrue();
        assertThat(memory.running().components()).extracting(Image.Component::name).containsExactly("a.fw",
                "b.fw");
        rebooted = false;
        fetched.clear();
        byte[] next = Signer.image("{\"version\":\"2.5.0\"}", 90_000);
        agent(signer, memory, next, modem)
                .offered(bytes(signer.offer("r2", Signer.manifest("2.5.0", 250, next, modem), "/x")));
        Waiting.until("the second reboot", () -> rebooted);
        assertThat(fetched).containsExactly("a.fw");
        Files.write(memory.component(Slot.A, 1), new byte[]{1});
        assertThat(Bootloader.boot(memory).version()).as("one component is bad, so none is taken")
                .isEqualTo("2.4.0");
    }

    @Test
    void aBadReleaseIsTakenBackFromTheOtherSlotOrFetchedWhereThatIsDamaged() throws Exception {
        Signer signer = new Signer();
        byte[] good = Signer.image("{\"version\":\"2.4.0\"}", 100_000);
        byte[] bad = Signer.image("{\"version\":\"2.5.0\",\"behaviour\":{\"fuserControl\":\"overshoot\"}}",
                100_000);
        ObjectNode goodManifest = Signer.manifest("2.4.0", 240, good);
        ObjectNode badManifest = Signer.manifest("2.5.0", 250, bad).put("revertTo", 240);
        byte[] back = bytes(signer.offer("r1", goodManifest, "/x").put("revert", true));
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        boots(agent(signer, memory, good), bytes(signer.offer("r1", goodManifest, "/x")), memory, "2.4.0");
        for (boolean damaged : new boolean[]{false, true}) {
            boots(agent(signer, memory, bad), bytes(signer.offer("r2", badManifest, "/x")), memory, "2.5.0");
            assertThat(memory.running().behaviour().is("fuserControl", "overshoot")).isTrue();
            if (damaged) {
                Files.write(memory.component(memory.content().boot().running().other(), 0),
                        new byte[100_000]);
            }
            fetched.clear();
            boots(agent(signer, memory, good), back, memory, "2.4.0");
            assertThat(fetched).hasSize(damaged ? 1 : 0);
            assertThat(memory.content().report()).isEqualTo(new Report("r1", "confirmed", ""));
            assertThat(memory.content().counter()).as("it never falls").isEqualTo(250);
        }
    }

    private void boots(OtaAgent agent, byte[] offer, DeviceMemory memory, String version) {
        rebooted = false;
        agent.offered(offer);
        Waiting.until("the reboot into " + version + ": " + reports, () -> rebooted);
        assertThat(Bootloader.boot(memory).version()).isEqualTo(version);
    }

    @Test
    void theFormerVersionIsStillInTheOtherSlotAndNotFetched() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{\"selfCheck\":\"no\"}", 100_000);
        byte[] offer = bytes(signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/x"));
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        for (int attempt = 1; attempt <= 2; attempt++) {
            rebooted = false;
            agent(signer, memory, image).offered(offer);
            Waiting.until("the reboot", () -> rebooted);
            assertThat(Bootloader.boot(memory).version()).isEqualTo("2.3.1");
        }
        assertThat(fetched).containsExactly("a.fw");
    }

    @Test
    void anImageSaysWhatItDoesAndWhetherItIsBad() throws IOException {
        Manifest manifest = Manifest.parse(
                Signer.manifest("2.4.0", 7, new byte[1]).toString().getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("i.fw");
        Files.write(file, Signer.image("{\"version\":\"2.4.0\",\"behaviour\":{\"a\":\"b\"}}", 100_000));
        assertThat(ImageFile.read(file, "r", manifest).switches()).containsEntry("a", "b");
        Files.write(file, Signer.image("{\"version\":\"2.3.9\"}", 10));
        assertThat(ImageFile.read(file, "r", manifest).fault()).contains("2.3.9");
        Files.write(file, Signer.image("{\"selfCheck\":\"fan does not turn\"}", 10));
        assertThat(ImageFile.read(file, "r", manifest).fault()).contains("fan does not turn");
        Files.write(file, new byte[]{0, 1, 2, 3});
        assertThat(ImageFile.read(file, "r", manifest).fault()).isEmpty();
    }
}
