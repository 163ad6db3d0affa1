package io.aftercare.remote.crash;

import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.crash.symbol.BuildId;
import io.aftercare.remote.crash.symbol.SymbolFile;
import io.aftercare.remote.crash.symbol.Symbolizer;
import io.aftercare.remote.crash.symbol.Symbols;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works out one crash after the other: what is to be done stands in the database, and counts only if nothing was learned of the crash
/// meanwhile. One thread's own.
final class CrashWork {
    private static final Logger LOG = LoggerFactory.getLogger(CrashWork.class);
    private static final int AT_ONCE_MAX = 50;
    static final int ATTEMPTS_MAX = 5;
    private static final int ERROR_MAX = 500;
    private static final Duration RETRY_FIRST = Duration.ofSeconds(10);
    // It may be installed any time.
    private static final Duration PROGRAM_EVERY = Duration.ofMinutes(10);

    private final RemoteGround ground;
    private final Symbols symbols;
    private final Lookup lookup;
    private final Dumps dumps;
    private final Groups groups;

    CrashWork(RemoteGround ground, Symbols symbols, Symbolizer symbolizer, Dumps dumps, Groups groups) {
        this.ground = ground;
        this.groups = groups;
        this.dumps = dumps;
        this.symbols = symbols;
        this.lookup = new Lookup(symbolizer, symbols::path);
    }

    /// @return whether there may be more
    boolean round() {
        List<Crash> due = ground.database().jdbi()
                .withHandle(handle -> CrashSql.due(handle, ground.now(), AT_ONCE_MAX));
        due.forEach(this::workOut);
        return due.size() == AT_ONCE_MAX;
    }

    /// What came of it.
    private record Outcome(CrashEvent event, List<Named> threads, List<String> missing,
            @Nullable String error) {}

    private void workOut(Crash before) {
        Crash crash = before;
        Outcome outcome;
        try {
            if (before.dump().kind() == DumpKind.UNREAD) {
                dumps.look(before);
                Optional<Crash> now = ground.database().jdbi()
                        .withHandle(handle -> CrashSql.find(handle, before.id(), false));
                if (now.isEmpty() || now.get().dump().kind() == DumpKind.UNREAD) {
                    return; // gone, or another dump came: its own turn comes
                }
                crash = now.get();
            }
            outcome = outcome(crash);
        } catch (Symbolizer.Missing e) {
            outcome = new Outcome(CrashEvent.NO_PROGRAM, crash.threads(), crash.missing(), e.getMessage());
        } catch (IOException e) {
            outcome = broken(crash, e);
        }
        settle(crash, outcome);
    }

    private void settle(Crash crash, Outcome outcome) {
        CrashState state = crash.state().after(outcome.event()).orElseThrow();
        Instant due = switch (outcome.event()) {
            case BREAK -> ground.now().plus(RETRY_FIRST.multipliedBy(1L << (2 * crash.attempts())));
            case NO_PROGRAM -> ground.now().plus(PROGRAM_EVERY);
            default -> null;
        };
        boolean counted = ground.database().inTransaction(handle -> {
            boolean still = CrashSql.settle(handle, crash, state, outcome.threads(), outcome.missing(),
                    outcome.error(), due);
            if (still) {
                Names.of(crash, outcome.threads())
                        .ifPresent(names -> GroupSql.named(handle, crash.group(), names.title(),
                                names.key()));
            }
            return still;
        });
        if (counted) {
            groups.unite(crash.group());
            Counter.builder("aftercare.remote.crash.lookups")
                    .description("Crashes that were worked out, by what came of it")
                    .tag("outcome", state.text()).register(ground.meters()).increment();
            ground.devices().find(new DeviceId(crash.device())).ifPresent(device -> DeviceEvents.tell(
                    ground.events(), crash.device(), device.outlet(),
                    Json.object().put("what", "crash").put("crash", crash.id())));
        }
    }

    private Outcome outcome(Crash crash) throws IOException {
        Report report = crash.report();
        List<BuildId> builds = report.builds().stream().map(BuildId::new).toList();
        Map<BuildId, SymbolFile> known = ground.database().jdbi()
                .withHandle(handle -> symbols.of(handle, builds));
        Lookup.Result result = lookup.names(report, known);
        CrashEvent event = builds.isEmpty()
                ? CrashEvent.NOTHING
                : result.missing().isEmpty() ? CrashEvent.NAMED : CrashEvent.UNNAMED;
        return new Outcome(event, result.threads(), result.missing(), null);
    }

    private static Outcome broken(Crash crash, IOException e) {
        LOG.warn("Crash {} could not be worked out, attempt {}", crash.id(), crash.attempts() + 1, e);
        CrashEvent event = crash.attempts() + 1 >= ATTEMPTS_MAX ? CrashEvent.GIVE_UP : CrashEvent.BREAK;
        return new Outcome(event, crash.threads(), crash.missing(),
                ReportReader.text(String.valueOf(e.getMessage()), ERROR_MAX));
    }
}
