package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.message.DesiredStore.Authorship;
import io.aftercare.ingest.message.DesiredStore.Current;
import io.aftercare.ingest.message.DesiredStore.Locks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// People's wishes for a device's state: each change is checked, makes a version, and is audited; so is each refusal.
/// Thread-safe; calls block.
final class Desired {
    private final Database database;
    private final InstantSource clock;

    Desired(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Who wants it, and what they say for it.
    ///
    /// @param version the one that they saw, null where they do not say
    record Wish(Principal who, @Nullable Integer version, String why, @Nullable String ticket) {}

    /// What is desired after a change.
    ///
    /// @param told what the device is to hear of it
    record Wanted(Shadow shadow, ObjectNode told) {}

    /// Merges a patch into the desired state (RFC 7396: null removes). One that changes nothing makes no version.
    Wanted change(Device device, Wish wish, ObjectNode patch) {
        ObjectNode detail = detail(wish);
        detail.set("patch", patch);
        return audited(device, wish.who(), "device.desire", detail, handle -> {
            Wanted after = put(handle, device, wish, null, before -> {
                ObjectNode merged = before.deepCopy();
                MessageStore.merge(merged, patch);
                return merged;
            });
            detail.put("version", after.shadow().version());
            return after;
        });
    }

    /// Wants again what an earlier version wanted: a new version with the old one's document.
    Wanted rollBack(Device device, Wish wish, int to) {
        ObjectNode detail = detail(wish).put("to", to);
        return audited(device, wish.who(), "device.desire.rollback", detail, handle -> {
            ObjectNode old = to == 0
                    ? Json.object()
                    : DesiredStore.document(handle, device, to).orElseThrow(() -> Problem.invalid("to",
                            "there is no version " + to + " among the newest " + DesiredStore.VERSIONS_MAX));
            Wanted after = put(handle, device, wish, to, _ -> old);
            detail.put("version", after.shadow().version());
            return after;
        });
    }

    /// Locks these members, and unlocks all others.
    Locks lock(Device device, Wish wish, Set<String> keys) {
        ObjectNode detail = detail(wish);
        keys.forEach(detail.putArray("keys")::add);
        return audited(device, wish.who(), "device.desire.lock", detail, handle -> {
            Locks before = DesiredStore.lock(handle, device).locks();
            DesiredRules.fresh(device, "locks of device", wish.version(), before.version());
            Locks after = new Locks(keys, before.version() + 1, wish.who().name(), wish.why());
            DesiredStore.lockKeys(handle, device, after);
            return after;
        });
    }

    private Wanted put(Handle handle, Device device, Wish wish, @Nullable Integer restores,
            UnaryOperator<ObjectNode> change) {
        ObjectNode reported = MessageStore.locked(handle, device);
        Current before = DesiredStore.lock(handle, device);
        DesiredRules.fresh(device, "desired state of device", wish.version(), before.version());
        ObjectNode after = change.apply(before.document());
        Set<String> keys = changed(before.document(), after);
        Map<String, Standing> standings = StandingStore.of(handle, device);
        if (keys.isEmpty()) {
            Shadow shadow = new Shadow(reported, before.document(), before.version());
            return new Wanted(shadow, shadow.told(Standing.unheard(standings, shadow)));
        }
        DesiredRules.check(wish, Configuration.of(handle, device.model()), before.locks(), keys, after);
        int version = before.version() + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        DesiredStore.append(handle, device, version, after, keys,
                new Authorship(wish.who().name(), wish.why(), wish.ticket(), restores), now);
        Shadow shadow = new Shadow(reported, after, version);
        Set<String> besides = Standing.unsettled(standings);
        besides.retainAll(keys);
        var _ = StandingStore.settle(handle, device, shadow, keys, now);
        besides.addAll(Standing.unheard(StandingStore.of(handle, device), shadow));
        return new Wanted(shadow, shadow.told(besides));
    }

    /// The members that are not the same in both.
    static Set<String> changed(ObjectNode one, ObjectNode other) {
        Set<String> changed = new TreeSet<>();
        one.fieldNames().forEachRemaining(changed::add);
        other.fieldNames().forEachRemaining(changed::add);
        changed.removeIf(key -> one.path(key).equals(other.path(key)));
        return changed;
    }

    private interface Deed<T> {
        T make(Handle handle);
    }

    private <T> T audited(Device device, Principal who, String deed, ObjectNode detail, Deed<T> work) {
        String object = "device/" + device.id();
        try {
            return database.inTransaction(handle -> {
                DesiredRules.region(who, device);
                T made = work.make(handle);
                Audit.append(handle, who, deed, object, detail);
                return made;
            });
        } catch (Problem refusal) {
            // What was refused may be large, or nothing that the database can hold.
            JsonNode patch = detail.remove("patch");
            if (patch != null) {
                detail.put("patchSha256", Sha256.hex(Json.text(patch)));
            }
            detail.put("refused", refusal.getMessage());
            database.useTransaction(
                    handle -> Audit.append(handle, who, deed + ".refuse", object, detail));
            throw refusal;
        }
    }

    private static ObjectNode detail(Wish wish) {
        return Json.object().put("why", wish.why()).put("ticket", wish.ticket());
    }

    List<DesiredStore.Version> versions(Device device, long before, int limit) {
        return database.jdbi()
                .withHandle(handle -> DesiredStore.versions(handle, device, before, limit));
    }

    /// What is desired now, empty where nothing ever was.
    Optional<Current> current(Device device) {
        return database.jdbi().withHandle(handle -> DesiredStore.find(handle, device, false));
    }

    /// How the device stands to each member, by name.
    Map<String, Standing> standings(Device device) {
        return database.jdbi().withHandle(handle -> StandingStore.of(handle, device));
    }
}
