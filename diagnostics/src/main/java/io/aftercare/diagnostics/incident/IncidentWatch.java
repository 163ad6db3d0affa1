package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.incident.Sightings.Kind;
import io.aftercare.diagnostics.incident.Sightings.News;
import io.aftercare.diagnostics.incident.Suspicion.Cell;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Looks at what the gate told, a batch at a time and apart from the desk, which never waits for it: faults join incidents, many of
/// one firmware open one, and members' ends resolve it. A batch takes the same few statements whatever its size.
final class IncidentWatch implements AutoCloseable {
    private static final int BATCH_MAX = 2_000;
    private static final Duration EXPOSED_FRESH = Duration.ofMinutes(1);
    /// The numbers are tested again when an incident has grown by half.
    private static final double GROWTH = 1.5;

    private final Database database;
    private final InstantSource clock;
    private final IncidentConfig config;
    private final Runnable committed;
    private final BiConsumer<String, IncidentState> live;
    private final BackgroundLoop loop;
    /// By model; one for each product at most. The loop's alone.
    private final Map<String, Exposed> exposed = new HashMap<>();

    private record Exposed(List<Cell> cells, Instant at) {}

    /// @param live told after the commit which incident changed
    IncidentWatch(Database database, InstantSource clock, IncidentConfig config, Runnable committed,
            BiConsumer<String, IncidentState> live) {
        this.database = database;
        this.clock = clock;
        this.config = config;
        this.committed = committed;
        this.live = live;
        this.loop = new BackgroundLoop("incidents", config.interval(), this::round);
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /// Takes a batch of news; whether more is waiting.
    boolean round() {
        Map<String, IncidentState> touched = new TreeMap<>();
        int taken = database.inTransaction(handle -> {
            IncidentSql.lock(handle);
            List<News> news = Sightings.take(handle, BATCH_MAX);
            if (!news.isEmpty()) {
                take(handle, news, clock.instant().truncatedTo(ChronoUnit.MICROS), touched);
            }
            return news.size();
        });
        if (!touched.isEmpty()) {
            committed.run();
            touched.forEach(live);
        }
        return taken == BATCH_MAX;
    }

    private void take(Handle handle, List<News> news, Instant now, Map<String, IncidentState> touched) {
        Map<String, News> raises = new LinkedHashMap<>();
        Map<String, News> all = new LinkedHashMap<>();
        news.forEach(one -> {
            all.put(one.fault(), one);
            if (one.kind().equals("raised")) {
                raises.put(one.fault(), one);
            }
        });
        Sightings.forget(handle, raises.keySet(), now.minus(IncidentState.REOPENED_WITHIN));
        List<Kind> kinds = raises.isEmpty() ? List.of() : Sightings.note(handle, raises.values());
        Map<String, Boolean> changed = new TreeMap<>(IncidentSql.refresh(handle, all.keySet()));
        Sightings.fitting(handle, raises.keySet()).forEach((incident, faults) -> {
            joined(handle, incident, faults, "joined", now);
            changed.put(incident, true);
        });
        for (Kind kind : kinds) {
            open(handle, kind, now).ifPresent(incident -> changed.put(incident, true));
        }
        changed.forEach((incident, risen) -> touched.put(incident, settle(handle, incident, risen, now)));
    }

    static void joined(Handle handle, String id, Map<String, String> faults, String how,
            Instant now) {
        List<String> joined = IncidentSql.join(handle, id, faults, how, now);
        if (!joined.isEmpty()) {
            long note = IncidentSql.note(handle, id, now, "joined", "system",
                    joined.size() == 1 ? "1 fault joined" : joined.size() + " faults joined",
                    Json.object().put("faults", joined.size()));
            IncidentSql.tellMembers(handle, "incident.joined", IncidentSql.find(handle, id).orElseThrow(),
                    joined,
                    note);
        }
    }

    /// Opens an incident where enough devices have the fault.
    private Optional<String> open(Handle handle, Kind kind, Instant now) {
        Instant since = now.minus(config.window());
        List<Cell> fresh = Sightings.affected(handle, kind, since, true);
        if (fresh.stream().mapToInt(Cell::devices).sum() < config.devicesMin()) {
            return Optional.empty();
        }
        List<Cell> devices = exposed(handle, kind.model(), now);
        Suspicion suspicion = Suspicion.of(Sightings.affected(handle, kind, since, false), devices, 1);
        return scope(fresh, devices, suspicion).flatMap(scope -> {
            ObjectNode numbers = IncidentView.numbers(suspicion);
            String title = title(kind, scope.dimension(), scope.value());
            return IncidentSql
                    .insert(handle, kind.code(), kind.model(), scope.dimension(), scope.value(), title,
                            numbers, now)
                    .map(id -> {
                        opened(handle, id, kind, scope, suspicion, since, now);
                        return id;
                    });
        });
    }

    private record Scope(String dimension, String value) {}

    /// What the incident is about: the suspect, or the firmware of which enough devices have the fault.
    private Optional<Scope> scope(List<Cell> fresh, List<Cell> devices, Suspicion suspicion) {
        Optional<Scope> suspect = suspicion.suspect()
                .map(group -> new Scope(group.dimension(), group.value()));
        if (suspect.filter(scope -> isMany(fresh, devices, scope)).isPresent()) {
            return suspect;
        }
        return Suspicion.count(fresh, Cell::firmware).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> new Scope("firmware", entry.getKey()))
                .filter(scope -> isMany(fresh, devices, scope)).findFirst();
    }

    private boolean isMany(List<Cell> fresh, List<Cell> devices, Scope scope) {
        int hit = Suspicion.count(fresh, cell -> cell.of(scope.dimension())).getOrDefault(scope.value(), 0);
        int all = Suspicion.count(devices, cell -> cell.of(scope.dimension())).getOrDefault(scope.value(), 0);
        return hit >= config.devicesMin() && hit >= config.shareMin() * all;
    }

    private static String title(Kind kind, String dimension, String value) {
        return kind.code() + " on " + kind.model() + " with " + dimension + " "
                + (value.isEmpty() ? "unknown" : value);
    }

    private static void opened(Handle handle, String id, Kind kind, Scope scope, Suspicion suspicion,
            Instant since,
            Instant now) {
        long note = IncidentSql.note(handle, id, now, "opened", "system", suspicion.inWords(),
                IncidentView.finding(suspicion));
        IncidentSql.tell(handle, "incident.opened", IncidentSql.find(handle, id).orElseThrow(), note,
                told(suspicion));
        Map<String, String> members = new LinkedHashMap<>();
        Sightings.fresh(handle, kind, scope.dimension(), scope.value(), since)
                .forEach(it -> members.put(it, id));
        joined(handle, id, members, "opened", now);
    }

    private static ObjectNode told(Suspicion suspicion) {
        ObjectNode payload = Json.object().put("text", suspicion.inWords());
        suspicion.suspect()
                .ifPresent(group -> payload.putObject("suspect").put("dimension", group.dimension())
                        .put("value", group.value()));
        return payload;
    }

    private List<Cell> exposed(Handle handle, String model, Instant now) {
        Exposed known = exposed.get(model);
        if (known == null || !now.isBefore(known.at().plus(EXPOSED_FRESH))) {
            known = new Exposed(Sightings.exposed(handle, model), now);
            exposed.put(model, known);
        }
        return known.cells();
    }

    /// Counts the members, looks at the numbers where there are many more than at the last look, and moves the incident on.
    private IncidentState settle(Handle handle, String id, boolean risen, Instant now) {
        Incident incident = IncidentSql.count(handle, id);
        if (risen && incident.state().isLive() && incident.members() >= incident.lookedAt() * GROWTH) {
            look(handle, incident, now);
        }
        IncidentState next = incident.state()
                .next(new IncidentState.Event.Members(incident.openMembers(), risen),
                        incident.whenResolved(), now)
                .orElseThrow();
        return move(handle, incident, next, now);
    }

    private void look(Handle handle, Incident incident, Instant now) {
        if (incident.lookedAt() == 0) { // the members that it was opened with, whose numbers were looked at then
            IncidentSql.lookedAt(handle, incident.id(), incident.members());
            return;
        }
        Kind kind = new Kind(incident.code(), incident.model());
        Suspicion suspicion = Suspicion.of(
                Sightings.affected(handle, kind, incident.openedAt().minus(config.window()), false),
                exposed(handle, kind.model(), now), incident.looks() + 1);
        boolean named = suspicion.suspect().isPresent();
        boolean wasNamed = incident.suspicion().path("suspect").isObject();
        // what was named stays named
        IncidentSql.look(handle, incident.id(),
                named || !wasNamed ? IncidentView.numbers(suspicion) : incident.suspicion(),
                incident.members());
        String before = incident.suspicion().path("suspect").path("value").asText("");
        if (named && (!wasNamed || !before.equals(suspicion.suspect().get().value()))) {
            long note = IncidentSql.note(handle, incident.id(), now, "suspected", "system",
                    suspicion.inWords(), IncidentView.finding(suspicion));
            IncidentSql.tell(handle, "incident.suspected", incident, note, told(suspicion));
        }
    }

    /// Writes a state, with what others must hear of it; answers the state that it is in then.
    static IncidentState move(Handle handle, Incident incident, IncidentState next, Instant now) {
        if (next == incident.state() || !IncidentSql.move(handle, incident, next, now)) {
            return incident.state();
        }
        if (next == IncidentState.RESOLVED) {
            long note = IncidentSql.note(handle, incident.id(), now, "resolved", "system",
                    "No member has the fault any more", Json.object());
            IncidentSql.tell(handle, "incident.resolved", incident, note, Json.object());
        } else if (incident.state() == IncidentState.RESOLVED
                || incident.state() == IncidentState.MONITORING) {
            IncidentSql.note(handle, incident.id(), now, "reopened", "system",
                    "A member has the fault again", Json.object());
        }
        return next;
    }
}
