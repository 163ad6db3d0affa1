package io.aftercare.simulator.house;

import io.aftercare.simulator.VersionOfJar;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `house`: see [House].
@Command(name = "house", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, description = {
        "Fills a backend that runs with a month of a small maker's after-sales work: people, customers, devices with their past,",
        "tickets, visits, parts, campaigns, reports. For trying the console, and for demonstrations. Only for a new backend."})
public final class HouseCommand implements Callable<Integer> {
    @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = "the backend's HTTP address (default ${DEFAULT-VALUE})")
    String url = "";

    @Option(names = "--mqtt", defaultValue = "127.0.0.1:1883", paramLabel = "HOST:PORT", description = "where devices connect (default ${DEFAULT-VALUE})")
    String mqtt = "";

    @Option(names = "--user", defaultValue = "admin", description = "who logs in; has to be an admin (default ${DEFAULT-VALUE})")
    String user = "";

    @Option(names = "--password", required = true, defaultValue = "${env:AFTERCARE_ADMIN_PASSWORD}", description = "the password (default: the environment's AFTERCARE_ADMIN_PASSWORD)")
    String password = "";

    @Option(names = "--people-password", defaultValue = "House-people-1", description = "of everybody in the house (default ${DEFAULT-VALUE})")
    String peoplePassword = "";

    @Option(names = "--small", description = "a past of two days in place of a month")
    boolean small;

    @Option(names = "--seed", defaultValue = "1", description = "makes the house repeatable (default ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--stay", defaultValue = "0", paramLabel = "SECONDS", description = "let the devices live on for so long (default ${DEFAULT-VALUE}: end when all is made)")
    long staySeconds;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        int colon = mqtt.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--mqtt must be HOST:PORT, not " + mqtt);
        }
        Broker broker = new Broker(mqtt.substring(0, colon), Integer.parseInt(mqtt.substring(colon + 1)));
        long begin = System.nanoTime();
        try (TemporaryFolder folder = TemporaryFolder.named("aftercare-house-");
                House house = new House(new House.Setup(url, broker, StaffApi.login(url, user, password),
                        peoplePassword, folder.path(), seed, small), line -> say(out, begin, line))) {
            house.build().forEach((what, count) -> say(out, begin, count + " " + what));
            say(out, begin, "people log in with " + peoplePassword);
            new CountDownLatch(1).await(staySeconds, TimeUnit.SECONDS);
        }
        return 0;
    }

    private static void say(PrintWriter out, long begin, String line) {
        out.println(String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - begin) / 1e9, line));
        out.flush();
    }
}
