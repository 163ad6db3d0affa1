package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/// Looks once a minute for wishes that devices never took: one that was heard of [#PATIENCE] after the wish, and still is
/// otherwise, has drifted. One that sleeps keeps its wish pending. Goes through what is pending [#ROWS_MAX] rows at a time, so
/// that a fleet that is switched off costs no more than that. Thread-safe.
public final class DriftWatch implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int ROWS_MAX = 5000;
    private static final int COUNTED_MAX = 1_000_000;

    private final Database database;
    private final Events events;
    private final InstantSource clock;
    private final AtomicLong drifted = new AtomicLong();
    private final BackgroundLoop loop;
    private Place place = Place.FIRST;

    private record Place(int device, String key) {
        static final Place FIRST = new Place(0, "");
    }

    private record Pending(Place place, Whose whose, boolean ignored) {}

    private record Whose(String device, String outlet) {}

    public DriftWatch(Database database, Events events, MeterRegistry registry, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.loop = new BackgroundLoop("drift-watch", EVERY, this::round);
        Gauge.builder("aftercare.device.drifted", drifted, AtomicLong::get)
                .description("Devices that do not follow their desired state").register(registry);
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    static void tell(Events events, String device, String outlet, List<String> keys) {
        ObjectNode news = Json.object().put("what", "drift");
        keys.forEach(news.putArray("keys")::add);
        DeviceEvents.tell(events, device, outlet, news);
    }

    /// @return whether more is left to look at
    synchronized boolean round() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Pending> some = database.inTransaction(handle -> {
            List<Pending> looked = look(handle, now);
            note(handle, looked.stream().filter(Pending::ignored).toList(), now);
            return looked;
        });
        Map<Whose, List<String>> ignored = new LinkedHashMap<>();
        some.stream().filter(Pending::ignored).forEach(one -> ignored
                .computeIfAbsent(one.whose(), _ -> new ArrayList<>()).add(one.place().key()));
        ignored.forEach((whose, keys) -> tell(events, whose.device(), whose.outlet(), keys));
        boolean more = some.size() == ROWS_MAX;
        place = more ? some.getLast().place() : Place.FIRST;
        if (!more) {
            drifted.set(count());
        }
        return more;
    }

    private List<Pending> look(Handle handle, Instant now) {
        return handle
                .createQuery(
                        """
                                SELECT k.device, k.key, d.id, d.outlet,
                                    k.wanted_at < :late AND coalesce(d.last_seen, '-infinity') > k.wanted_at + :patience * interval '1 s'
                                FROM ingest.desired_key k JOIN fleet.device d ON d.number = k.device
                                WHERE k.state = 'pending' AND (k.device, k.key) > (:device, :key)
                                ORDER BY k.device, k.key LIMIT :limit""")
                .bind("late", now.minus(PATIENCE))
                .bind("patience", PATIENCE.toSeconds()).bind("device", place.device())
                .bind("key", place.key()).bind("limit", ROWS_MAX)
                .map((row, _) -> new Pending(new Place(row.getInt(1), row.getString(2)),
                        new Whose(row.getString(3), row.getString(4)), row.getBoolean(5)))
                .list();
    }

    // A report or a wish that came meanwhile has locked the row of the device: its word counts, not this one.
    private static void note(Handle handle, List<Pending> ignored, Instant now) {
        KeyState next = KeyState.PENDING.after(KeyState.KeyEvent.IGNORED);
        handle.createQuery(
                "SELECT device FROM ingest.desired_state WHERE device = ANY(:devices) ORDER BY device FOR UPDATE")
                .bindArray("devices", Integer.class,
                        ignored.stream().map(one -> one.place().device()).distinct().toList())
                .mapTo(Integer.class).list();
        for (Pending one : ignored) {
            handle.createUpdate("""
                    UPDATE ingest.desired_key SET state = :next, since = :now
                    WHERE device = :device AND key = :key AND state = 'pending' AND wanted_at < :late""")
                    .bind("next", next.text()).bind("now", now).bind("device", one.place().device())
                    .bind("key", one.place().key()).bind("late", now.minus(PATIENCE)).execute();
        }
    }

    private long count() {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM (SELECT DISTINCT device FROM ingest.desired_key
                    WHERE state = 'drifted' LIMIT :limit) few""").bind("limit", COUNTED_MAX)
                .mapTo(Long.class).one());
    }
}
