package io.aftercare.simulator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.VersionOfJar;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceAgent;
import io.aftercare.simulator.device.PlainDevice;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Metric;
import io.aftercare.simulator.register.BackendOptions;
import io.aftercare.simulator.register.BackendOptions.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `replay`: see [Replay].
@Command(name = "replay", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, description = "Plays a CSV file (header; first column the time, the others metrics by name) as one device.")
public final class ReplayCommand implements Callable<Integer> {
    private static final Duration DRAIN = Duration.ofMinutes(2);

    @Mixin
    BackendOptions backend = new BackendOptions();

    @Option(names = "--csv", required = true, description = "the recording")
    Path csv = Path.of("");

    @Option(names = "--device", defaultValue = "", description = "the device's id (default: the first of --credentials, or replay-1)")
    String device = "";

    @Option(names = "--model", defaultValue = "replay", description = "with --register: its product (default ${DEFAULT-VALUE})")
    String model = "";

    @Option(names = "--speed", defaultValue = "1", description = "1 as recorded, 10 ten times as fast, 0 as fast as it goes (default ${DEFAULT-VALUE})")
    double speed;

    @Option(names = "--shift-to-now", description = "samples carry the moment they are sent; with --speed 0 the last one carries now")
    boolean shiftToNow;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(speed >= 0 && Double.isFinite(speed))) {
            throw new IllegalArgumentException("--speed must be at least 0, not " + speed);
        }
        Product product = product();
        Credential who = who(product);
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (PlainDevice player = new PlainDevice(
                new PlainDevice.Backend(new Broker(backend.host, backend.port), URI.create(backend.http)),
                who, product,
                new Body(csv, product), Duration.ofHours(1), InstantSource.system())) {
            player.start("replay of " + csv.getFileName());
            Replay replay = new Replay(player.link(), speed, shiftToNow, InstantSource.system(),
                    err::println);
            replay.play(csv);
            boolean acknowledged = replay.drain(DRAIN);
            out.println(who.id() + ": " + replay.rows() + " rows sent, " + replay.badLines()
                    + " bad lines skipped"
                    + (acknowledged
                            ? ", all acknowledged"
                            : ", " + player.link().waiting() + " not acknowledged"));
            return acknowledged ? 0 : 1;
        }
    }

    private Product product() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
            List<Metric> metrics = Replay.header(csv, reader).metrics().stream()
                    .map(name -> new Metric(name, "", -1e12, 1e12)).toList();
            return new Product(model, model + " (recorded)", "", metrics, Actions.with());
        }
    }

    private Credential who(Product product) throws IOException, InterruptedException {
        String wanted = device.isEmpty() ? "replay-1" : device;
        List<Credential> all = backend.devices(List.of(new Wanted(wanted, product)));
        return all.stream().filter(each -> device.isEmpty() || each.id().equals(device)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "device " + device + " is not in " + backend.credentials));
    }

    private record Body(Path file, Product product) implements DeviceAgent.Body {
        @Override
        public SequencedMap<String, Object> state() {
            return new LinkedHashMap<>(
                    Map.of("firmware", "recording", "source", file.getFileName().toString()));
        }

        @Override
        public SequencedMap<String, Object> readings() {
            return new LinkedHashMap<>();
        }

        @Override
        public Outcome perform(String action, JsonNode params) {
            return DeviceAgent.unknown(action, product);
        }

        @Override
        public boolean restart(String reason) {
            return false;
        }
    }
}
