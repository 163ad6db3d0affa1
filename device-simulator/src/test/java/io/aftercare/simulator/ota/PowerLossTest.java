package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.Zstd;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Slot;
import io.aftercare.simulator.ota.DeviceMemory.Job;
import io.aftercare.simulator.ota.DeviceMemory.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power goes between any two effects of an update of two components, or in the middle of one, and comes back. Whatever
/// happens, the device starts, from bytes that were signed; the download goes on where it was; and the end is one and told.
class PowerLossTest {
    private static final Set<String> ENDS = Set.of("confirmed", "failed", "rolled_back");
    // after these the backend leaves the device alone, so it has to go on by itself
    private static final Set<String> AT_WORK = Set.of("verifying", "installing", "rebooting");
    private static final OtaSettings QUICK = new OtaSettings(false, 1_024, Duration.ZERO, Duration.ZERO,
            Duration.ofMillis(1));

    private static final byte[] MODEM = Signer.image("modem", 70_000);
    // what is on its way at once
    private static final int PORTION_BYTES = 10_000;

    @TempDir
    Path folder = Path.of("");

    private int worlds;

    /// One device, its power, and the backend's part of the talk.
    private final class World implements OtaAgent.Device {
        final Path home = folder.resolve("world-" + worlds++);
        final Map<String, byte[]> images;
        final byte[] offer;
        final Signer signer;
        final Cuts power;
        final List<String> heard = new CopyOnWriteArrayList<>();
        final BlockingQueue<String> over = new LinkedBlockingQueue<>();
        final AtomicLong fetched = new AtomicLong();
        final long needed;

        World(Signer signer, String head, LongPredicate cutAt, Random random) throws Exception {
            this(signer, Map.of("a.fw", Signer.image(head, 150_000), "b.fw", MODEM),
                    Signer.manifest("2.4.0", 240, Signer.image(head, 150_000), MODEM), 220_000, cutAt,
                    random);
        }

        /// @param needed bytes that have to be fetched without any cut
        World(Signer signer, Map<String, byte[]> images, ObjectNode manifest, long needed,
                LongPredicate cutAt, Random random) throws Exception {
            this.signer = signer;
            this.images = images;
            this.needed = needed;
            offer = signer.offer("r1", manifest, "/x").toString().getBytes(StandardCharsets.UTF_8);
            power = new Cuts(cutAt, random);
        }

        void fetch(Piece piece, PartFile file) throws IOException {
            byte[] image = Objects.requireNonNull(images.get(piece.name()));
            while (!file.isComplete()) {
                int count = (int) Math.min(PORTION_BYTES, file.size() - file.length());
                fetched.addAndGet(count);
                file.write(image, (int) file.length(), count);
            }
        }

        /// Lives until nothing is left to be done.
        void live() throws IOException, InterruptedException {
            for (int lives = 0; lives < 200; lives++) {
                power.restore();
                over.clear();
                if (liveOnce()) {
                    return;
                }
            }
            throw new AssertionError("it never ended; heard " + heard);
        }

        /// From power on until the power goes, or the device reboots, or all is done.
        private boolean liveOnce() throws IOException, InterruptedException {
            DeviceMemory memory = DeviceMemory.open(home, "2.3.1", power);
            OtaAgent agent = new OtaAgent(new OtaClient.Setup(new Credential("LP-1", "LP-2000", "s"),
                    "LP-2000", "B2", URI.create("http://127.0.0.1:1"), signer.trusted(), memory, QUICK,
                    Failures.none(), InstantSource.system(), new Random(1)),
                    (piece, file, _) -> fetch(piece, file), version -> {
                        throw new UpdateFailedException("network", "no root " + version);
                    }, this);
            try {
                assertSigned(memory, Bootloader.boot(memory));
                agent.started();
                if (!ended() && heard.stream().noneMatch(AT_WORK::contains)) {
                    agent.offered(offer);
                }
                boolean done = ended() && memory.content().report().equals(Report.NO_REPORT);
                if (!done) {
                    assertThat(over.poll(20, TimeUnit.SECONDS)).as("heard %s", heard).isNotNull();
                }
                return done;
            } catch (PowerCut e) {
                return false;
            } finally {
                agent.stopped();
            }
        }

        private void assertSigned(DeviceMemory memory, Image running) throws IOException {
            assertThat(memory.content().boot()).isInstanceOf(Committed.class);
            for (int place = 0; place < running.components().size(); place++) {
                byte[] found = Files.readAllBytes(memory.component(memory.content().boot().running(), place));
                assertThat(Arrays.equals(found, images.get(running.components().get(place).name()))).isTrue();
            }
        }

        boolean ended() {
            return heard.stream().anyMatch(ENDS::contains);
        }

        @Override
        public void report(String release, String state, int progress, String error, Runnable acknowledged) {
            power.effect();
            heard.add(state);
            power.effect();
            acknowledged.run();
            if (ENDS.contains(state)) {
                over.add(state);
            }
        }

        @Override
        public void reboot(String reason) {
            power.effect();
            over.add("reboot");
        }

        @Override
        public void powerCut(String reason) {
            over.add(reason);
        }

        @Override
        public boolean busy() {
            return false;
        }

        @Override
        public OptionalDouble battery() {
            return OptionalDouble.empty();
        }

        void assertEnd(String expected, String version) throws IOException {
            DeviceMemory memory = DeviceMemory.open(home, "2.3.1");
            assertThat(new TreeSet<>(heard.stream().filter(ENDS::contains).toList()))
                    .containsExactly(expected);
            assertThat(memory.running().version()).isEqualTo(version);
            assertThat(memory.content().counter()).isEqualTo(expected.equals("confirmed") ? 240 : 0);
            assertThat(memory.content().job()).isEqualTo(Job.NO_JOB);
            assertThat(memory.content().report()).isEqualTo(Report.NO_REPORT);
            assertThat(fetched.get()).as("bytes fetched with %d cuts", power.count())
                    .isLessThanOrEqualTo(
                            needed + power.count() * (long) (PartFile.BLOCK_BYTES + PORTION_BYTES));
        }
    }

    @Test
    void aCutAtAnyEffectCostsAtMostABlockAndEndsAsWithoutOne() throws Exception {
        Signer signer = new Signer();
        for (String[] image : new String[][]{{"{}", "confirmed", "2.4.0"},
                {"{\"selfCheck\":\"the fan does not turn\"}", "rolled_back", "2.3.1"},
                {"{\"starts\":false}", "rolled_back", "2.3.1"}}) {
            World undisturbed = new World(signer, image[0], _ -> false, new Random(1));
            undisturbed.live();
            undisturbed.assertEnd(image[1], image[2]);
            long effects = undisturbed.power.effects();
            assertThat(effects).isGreaterThan(30);
            long first = image[1].equals("confirmed") ? 1 : effects * 2 / 3; // what comes before is alike
            for (long cut = first; cut <= effects; cut++) {
                long here = cut;
                World world = new World(signer, image[0], effect -> effect == here, new Random(cut));
                world.live();
                assertThat(world.power.count()).as("cut at %d of %d", cut, effects).isEqualTo(1);
                world.assertEnd(image[1], image[2]);
            }
        }
    }

    @Test
    void aDeltaIsAsGoodAtItAsAWholeFile() throws Exception {
        Signer signer = new Signer();
        byte[] base = new byte[150_000];
        new Random(1).nextBytes(base);
        byte[] made = new byte[base.length];
        new Random(2).nextBytes(made);
        System.arraycopy(base, 0, made, 0, 70_000);
        byte[] patch = Zstd.patch(folder, base, made, "-3");
        ObjectNode manifest = Signer.manifest("2.4.0", 240, made, MODEM);
        ((ObjectNode) manifest.at("/artifacts/0")).putArray("deltas").addObject()
                .put("from", Signer.sha256(base)).put("name", "d.zst").put("size", patch.length)
                .put("sha256", Signer.sha256(patch)).put("format", "zstd-patch-from");
        Map<String, byte[]> images = Map.of("base", base, "a.fw", made, "b.fw", MODEM, "d.zst", patch);
        long effects = 1;
        for (long cut = 0; cut <= effects; cut++) {
            long here = cut;
            World world = new World(signer, images, manifest, patch.length + MODEM.length,
                    effect -> effect == here, new Random(cut));
            runs(world.home, base);
            world.live();
            world.assertEnd("confirmed", "2.4.0");
            effects = cut == 0 ? world.power.effects() : effects;
        }
        assertThat(effects).isGreaterThan(30);
    }

    /// A device that runs an image which a delta can be applied to.
    private static void runs(Path home, byte[] base) throws IOException {
        DeviceMemory memory = DeviceMemory.open(home, "2.3.1");
        Files.write(memory.component(Slot.A, 0), base);
        memory.change(now -> now.with(Map.of(Slot.A, new Image("", "2.3.1", 0, Map.of(), null, "",
                List.of(new Image.Component("base", Signer.sha256(base)))))));
    }

    @Test
    void howeverOftenThePowerGoesTheDeviceStartsAndTheEndIsOne() throws Exception {
        Signer signer = new Signer();
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            double rate = 0.02 + seed % 10 * 0.013;
            boolean good = seed % 3 != 0;
            World world = new World(signer, good ? "{}" : "{\"selfCheck\":\"no\"}",
                    _ -> random.nextDouble() < rate, random);
            world.live();
            // three cuts within one trial are what a watchdog takes for a bad firmware
            String end = world.heard.stream().filter(ENDS::contains).findFirst().orElseThrow();
            assertThat(end).as("seed %d", seed)
                    .isIn(good ? Set.of("confirmed", "rolled_back") : Set.of("rolled_back"));
            world.assertEnd(end, end.equals("confirmed") ? "2.4.0" : "2.3.1");
        }
    }
}
