package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.message.DesiredStore.Current;
import io.aftercare.ingest.message.DesiredStore.Locks;
import io.aftercare.ingest.message.DesiredStore.Version;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `…/devices/{id}/state`, all below `…/desired`, and `…/devices/drift`.
public final class DesiredRoutes {
    private final Devices devices;
    private final MessageStore store;
    private final StateTeller teller;
    private final Desired desired;
    private final DriftList drift;
    private final InstantSource clock;

    public DesiredRoutes(Database database, Devices devices, MessageStore store, StateTeller teller,
            InstantSource clock) {
        this.devices = devices;
        this.store = store;
        this.teller = teller;
        this.desired = new Desired(database, clock);
        this.drift = new DriftList(database);
        this.clock = clock;
    }

    public void bind(Operations operations) {
        operations.on("getDeviceState", this::state).on("changeDesiredState", this::change)
                .on("listDesiredVersions", this::versions).on("rollBackDesiredState", this::rollBack)
                .on("getDesiredLocks", this::locks).on("lockDesiredState", this::lock)
                .on("listDrift", this::drift);
    }

    private Device device(Request request) {
        return devices.visible(request.path("id"), request.principal());
    }

    private Response state(Request request) {
        Device device = device(request);
        Shadow shadow = store.shadow(device);
        return Response.versioned(view(device, shadow), shadow.version());
    }

    private ObjectNode view(Device device, Shadow shadow) {
        ObjectNode body = Json.object().put("version", shadow.version());
        body.set("reported", shadow.reported());
        body.set("desired", shadow.desired());
        body.set("delta", shadow.delta());
        body.put("acknowledged", shadow.acknowledged());
        body.set("keys", Json.tree(desired.standings(device)));
        ArrayNode locked = body.putArray("locked");
        desired.current(device)
                .ifPresent(known -> known.locks().keys().stream().sorted().forEach(locked::add));
        return body;
    }

    private Response change(Request request) {
        Device device = device(request);
        if (!(request.json() instanceof ObjectNode patch)) {
            throw Problem.badRequest("The body is not a JSON object");
        }
        return told(device, desired.change(device, wish(request, request.query("why").orElse(""),
                request.query("ticket").orElse(null)), patch));
    }

    private Response told(Device device, Desired.Wanted after) {
        boolean sent = teller.tell(device, after.told());
        return Response.versioned(view(device, after.shadow()).put("sent", sent), after.shadow().version());
    }

    private static Desired.Wish wish(Request request, String why, @Nullable String ticket) {
        return new Desired.Wish(request.principal(), request.ifMatchGiven().orElse(null), why, ticket);
    }

    /// Which version to go back to.
    private record Back(int to, @Nullable String why, @Nullable String ticket) {}

    private Response rollBack(Request request) {
        Device device = device(request);
        Back back = request.body(Back.class);
        return told(device, desired.rollBack(device,
                wish(request, back.why() == null ? "" : back.why(), back.ticket()), back.to()));
    }

    private Response versions(Request request) {
        List<Version> rows = desired.versions(device(request), request.cursorNumber().orElse(Long.MAX_VALUE),
                request.limit() + 1);
        Page<Version> page = Page.of(rows, request.limit(), version -> Integer.toString(version.version()));
        return Response.ok(new Page<>(page.items().stream().map(DesiredRoutes::shown).toList(), page.next()));
    }

    private static ObjectNode shown(Version version) {
        ObjectNode shown = Json.object().put("version", version.version()).put("at", version.at().toString())
                .put("by", version.by().author()).put("why", version.by().why())
                .put("ticket", version.by().ticket()).put("restores", version.by().restores());
        ArrayNode changes = shown.putArray("changes");
        for (String key : version.keys()) {
            ObjectNode change = changes.addObject().put("key", key);
            set(change, "from", version.before(), key);
            set(change, "to", version.document(), key);
        }
        shown.set("desired", version.document());
        return shown;
    }

    private static void set(ObjectNode change, String field, @Nullable ObjectNode document, String key) {
        JsonNode value = document == null ? null : document.get(key);
        if (value != null) {
            change.set(field, value);
        }
    }

    private Response locks(Request request) {
        Locks locks = desired.current(device(request)).map(Current::locks)
                .orElseGet(() -> new Locks(Set.of(), 0, "", ""));
        return Response.versioned(shown(locks), locks.version());
    }

    /// What nobody may change, and why.
    private record Lock(Set<String> keys, @Nullable String why) {}

    private Response lock(Request request) {
        Device device = device(request);
        Lock lock = request.body(Lock.class);
        Locks after = desired.lock(device, new Desired.Wish(request.principal(), request.ifMatch(),
                lock.why() == null ? "" : lock.why(), null), lock.keys());
        return Response.versioned(shown(after), after.version());
    }

    private static ObjectNode shown(Locks locks) {
        ObjectNode shown = Json.object().put("version", locks.version());
        locks.keys().stream().sorted().forEach(shown.putArray("keys")::add);
        return shown.put("by", locks.author()).put("why", locks.why());
    }

    private Response drift(Request request) {
        Instant before = clock.instant().minus(age(request.query("olderThan").orElse("PT0S")));
        return Response.ok(drift.page(request.principal(), request.query("model").orElse(null), before,
                request.cursor(), request.limit()));
    }

    private static Duration age(String text) {
        try {
            Duration age = Duration.parse(text);
            if (!age.isNegative() && age.toDays() <= 3650) {
                return age;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("olderThan", "an ISO 8601 span of time such as PT1H, not " + text);
        }
        throw Problem.invalid("olderThan", "from PT0S to P3650D");
    }
}
