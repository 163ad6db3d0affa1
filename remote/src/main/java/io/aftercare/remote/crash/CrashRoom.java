package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.crash.symbol.SymbolRoutes;
import io.aftercare.remote.crash.symbol.Symbolizer;
import io.aftercare.remote.crash.symbol.Symbolizers;
import io.aftercare.remote.crash.symbol.Symbols;
import io.aftercare.remote.upload.Uploads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Crashes, wired.
public final class CrashRoom implements Room {
    private static final Duration WORK_EVERY = Duration.ofSeconds(2);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final RemoteGround ground;
    private final Crashes crashes;
    private final Dumps dumps;
    private final Symbols symbols;
    private final BackgroundLoop work;
    private final BackgroundLoop retention;
    private final BackgroundLoop sweep;

    public CrashRoom(RemoteGround ground, Uploads uploads, Actions actions, CrashConfig config) {
        this.ground = ground;
        this.crashes = new Crashes(ground, config, uploads::discard);
        this.dumps = new Dumps(ground, crashes, uploads, actions, config, this::wake);
        this.symbols = new Symbols(ground, config.symbols(), (handle, build) -> {
            CrashSql.news(handle, build, ground.now());
            handle.afterCommit(this::wake);
        });
        Path program = config.symbolizer();
        Symbolizer symbolizer = program == null ? Symbolizers.installed() : Symbolizers.at(program);
        CrashWork worker = new CrashWork(ground, symbols, symbolizer, dumps, crashes.groups());
        this.work = new BackgroundLoop("crash-work", WORK_EVERY, worker::round);
        this.retention = new BackgroundLoop("crash-retention", SWEEP_EVERY, crashes::forget);
        this.sweep = BackgroundLoop.every(SWEEP_EVERY, "symbol-sweep", symbols::sweep);
    }

    private void wake() {
        work.wake();
    }

    @Override
    public void bind(Operations operations) {
        new CrashRoutes(ground, crashes, dumps, this::wake).bind(operations);
        new GroupRoutes(ground, crashes.groups(), this::wake).bind(operations);
        new SymbolRoutes(symbols).bind(operations);
    }

    @Override
    public void deviceEvent(Handle transaction, String key, JsonNode event) {
        if (event.path("code").asText().equals("crash")) {
            crashes.told(transaction, key, event);
            transaction.afterCommit(this::wake);
        }
    }

    @Override
    public int purge(Handle transaction, Set<String> names) {
        return dumps.purge(transaction, names);
    }

    @Override
    public void start() {
        symbols.clear();
        work.start();
        retention.start();
        sweep.start();
    }

    @Override
    public void close() {
        sweep.close();
        retention.close();
        work.close();
    }
}
