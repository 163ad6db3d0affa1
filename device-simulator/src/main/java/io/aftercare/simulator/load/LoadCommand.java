package io.aftercare.simulator.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.credentials.CredentialsFile;
import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.register.BackendOptions;
import io.aftercare.simulator.register.BackendOptions.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `load`: see [LoadGenerator].
@Command(name = "load", description = "Publishes telemetry as fast as the broker takes it, or at a rate, and measures it.")
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    BackendOptions backend = new BackendOptions();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    @Option(names = "--connections", defaultValue = "50", description = "devices, each its own connection (default ${DEFAULT-VALUE})")
    int connections;

    @Option(names = "--window", defaultValue = "50", description = "unacknowledged messages a connection (default ${DEFAULT-VALUE})")
    int window;

    @Option(names = "--rate", defaultValue = "0", description = "messages a second over all; 0: as fast as it goes (default)")
    double rate;

    @Option(names = "--duration", defaultValue = "0", paramLabel = "SECONDS", description = "stop sending after this long (default 10 without --messages)")
    double durationSeconds;

    @Option(names = "--messages", defaultValue = "0", description = "stop after this many in all")
    long messages;

    @Option(names = "--qos", defaultValue = "1", description = "0, 1 or 2 (default ${DEFAULT-VALUE})")
    int qos;

    @Option(names = "--metrics", defaultValue = "5", description = "values a message: a number, or names separated by commas (default ${DEFAULT-VALUE})")
    String metrics = "";

    @Option(names = "--version", defaultValue = "5", description = "MQTT version, 3.1.1 or 5 (default ${DEFAULT-VALUE})")
    String mqtt = "";

    @Option(names = "--topic", defaultValue = "devices/{id}/telemetry", description = "topic, {id} being the device (default ${DEFAULT-VALUE})")
    String topic = "";

    @Option(names = "--threads", defaultValue = "2", description = "event loops (default ${DEFAULT-VALUE})")
    int threads;

    @Option(names = "--user-prefix", defaultValue = "load-", description = "without --credentials: devices are this and a number (default ${DEFAULT-VALUE})")
    String userPrefix = "";

    @Option(names = "--token", defaultValue = "", description = "without --credentials: the password of all of them (none: no user name is sent)")
    String token = "";

    @Option(names = "--ledger", description = "append every message and its acknowledgement to this file")
    @Nullable
    Path ledger;

    @Option(names = "--resend", paramLabel = "LEDGER", description = "send the unacknowledged messages of a ledger again, and append their acknowledgements to it")
    @Nullable
    Path resend;

    @Option(names = "--json", description = "write the figures to this file")
    @Nullable
    Path json;

    @Option(names = "--watch-pid", defaultValue = "0", description = "report the CPU seconds of this process too (the broker's)")
    long watchedPid;

    @Option(names = "--quiet", description = "no line a second")
    boolean quiet;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadGenerator generator = new LoadGenerator(options());
        LoadReport report = quiet ? generator.run() : generator.run(this::eachSecond);
        out().print(report.text());
        out().flush();
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
        }
        return report.refused() + report.lost() + report.unacknowledged() > 0 ? 1 : 0;
    }

    private LoadOptions options() throws IOException, InterruptedException {
        double seconds = durationSeconds > 0 || messages > 0 || resend != null ? durationSeconds : 10;
        LoadOptions options = LoadOptions.of(backend.host, backend.port, devices())
                .version(MqttVersion.parse(mqtt), qos)
                .window(window).rate(rate).metrics(metricNames()).topic(topic).threads(threads)
                .watchedPid(watchedPid)
                .until(Duration.ofNanos((long) (seconds * 1e9)),
                        messages == 0 && resend != null ? Long.MAX_VALUE : messages);
        if (resend != null) {
            return options.resend(resend);
        }
        return ledger == null ? options : options.ledger(ledger);
    }

    private List<Credential> devices() throws IOException, InterruptedException {
        List<String> ids = resend == null
                ? IntStream.rangeClosed(1, connections).mapToObj(i -> userPrefix + i).toList()
                : LedgerContents.read(resend).devices().stream().map(LedgerContents.Device::id).toList();
        if (backend.register) {
            return backend.devices(ids.stream().map(id -> new Wanted(id, product())).toList());
        }
        if (backend.credentials == null) {
            return ids.stream().map(id -> new Credential(id, "", token)).toList();
        }
        List<Credential> all = CredentialsFile.read(backend.credentials);
        if (resend != null) {
            return all.stream().filter(each -> ids.contains(each.id())).toList();
        }
        if (all.size() < connections) {
            throw new IllegalArgumentException(backend.credentials + " holds " + all.size()
                    + " devices; --connections asks for " + connections);
        }
        return all.subList(0, connections);
    }

    private Product product() {
        return new Product("load", "Load generator", "",
                metricNames().stream().map(name -> new Product.Metric(name, "", 0, 1_000)).toList(),
                Actions.with());
    }

    private List<String> metricNames() {
        return metrics.matches("\\d{1,3}")
                ? LoadOptions.metricNames(Integer.parseInt(metrics))
                : List.of(metrics.split(","));
    }

    private void eachSecond(long sent, long acknowledged) {
        out().println(String.format(Locale.ROOT, "%,d sent, %,d acknowledged", sent, acknowledged));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    }
}
