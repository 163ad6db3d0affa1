package io.aftercare.ingest.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/devices/{id}/quarantine` and `/api/v1/quarantine`. Replays and removals are audited.
public final class QuarantineRoutes {
    private static final int PREVIEW_CHARS_MAX = 4096;
    private static final int BULK_MAX = 1000;
    /// Messages in memory at once, of 64 KiB each at most.
    private static final int PAGE = 50;

    private final Database database;
    private final Devices devices;
    private final KeptMessages kept;
    private final Replay replay;

    private record Item(long id, Instant at, Instant lastSeen, long count, String topic, String format,
            String code, String reason, int size, String payload, String base64, boolean whole) {
        static Item of(Kept kept) {
            String text = new String(kept.payload(), StandardCharsets.UTF_8);
            return new Item(kept.id(), kept.at(), kept.last(), kept.count(), kept.topic(),
                    kept.format().name().toLowerCase(Locale.ROOT).replace('_', '-'), kept.code(),
                    kept.reason(), kept.size(),
                    text.length() > PREVIEW_CHARS_MAX ? text.substring(0, PREVIEW_CHARS_MAX) : text,
                    Base64.getEncoder().encodeToString(kept.payload()), kept.isWhole());
        }
    }

    private record Bulk(String code, @Nullable String model, long after) {}

    public QuarantineRoutes(Database database, Devices devices, Replay replay) {
        this.database = database;
        this.devices = devices;
        this.kept = new KeptMessages(database);
        this.replay = replay;
    }

    public void bind(Operations operations) {
        operations.on("listQuarantine", this::list).on("countQuarantine", this::count)
                .on("replayQuarantined", this::replayOne).on("replayQuarantine", this::replayMany)
                .on("removeQuarantined", this::remove);
    }

    private Response list(Request request) {
        Device device = device(request);
        List<Item> items = kept.of(device, request.cursorNumber().orElse(null), request.limit() + 1).stream()
                .map(Item::of).toList();
        return Response.ok(Page.of(items, request.limit(), item -> Long.toString(item.id())));
    }

    private Response count(Request request) {
        Principal reader = request.principal();
        String outlet = reader.has(Role.PARTNER) ? reader.outlet() : null;
        return Response.ok(new Page<>(
                kept.heaps(request.query("model").orElse(null), outlet, request.limit()), null));
    }

    private Response replayOne(Request request) {
        Device device = device(request);
        Kept message = message(request, device);
        return switch (replay.again(device, message)) {
            case Replay.Outcome.Stored _ -> {
                boolean gone = settle(request.principal(), device, message);
                yield Response
                        .ok(Json.object().put("id", message.id()).put("stored", true).put("removed", gone));
            }
            case Replay.Outcome.StillBad bad ->
                throw Problem.of(422, "Not understood", "It cannot be read yet: " + bad.reason());
            case Replay.Outcome.Unfinished _ -> throw Problem.of(503, "Busy",
                    "The database takes long; ask again, a message that is replayed twice is stored once");
        };
    }

    private boolean settle(Principal actor, Device device, Kept message) {
        return database.inTransaction(handle -> {
            boolean gone = kept.remove(handle, message);
            Audit.append(handle, actor, "quarantine.replay", "device/" + device.id(),
                    Json.object().put("id", message.id()).put("code", message.code())
                            .put("topic", message.topic()).put("count", message.count()));
            return gone;
        });
    }

    private Response replayMany(Request request) {
        Bulk bulk = request.body(Bulk.class);
        Tally tally = new Tally(bulk.after());
        List<Kept> messages = List.of();
        do {
            messages = kept.like(bulk.code(), bulk.model(), tally.last, PAGE);
            messages.stream().takeWhile(_ -> !tally.isUnfinished).forEach(message -> replay(message, tally));
        } while (messages.size() == PAGE && tally.count() < BULK_MAX && !tally.isUnfinished);
        ObjectNode detail = Json.object().put("code", bulk.code()).put("stored", tally.stored)
                .put("bad", tally.bad);
        detail.put("model", bulk.model());
        database.useTransaction(handle -> Audit.append(handle, request.principal(), "quarantine.replay",
                "quarantine", detail));
        ObjectNode answer = Json.object().put("stored", tally.stored).put("bad", tally.bad);
        if (messages.size() == PAGE || tally.isUnfinished) {
            answer.put("next", tally.last);
        }
        return Response.ok(answer);
    }

    /// What has become of many.
    private static final class Tally {
        private int stored;
        private int bad;
        private long last;
        /// Whether the database was too slow for one: the others would wait as long, each by itself.
        private boolean isUnfinished;

        Tally(long after) {
            last = after;
        }

        int count() {
            return stored + bad;
        }
    }

    private void replay(Kept message, Tally tally) {
        Replay.Outcome outcome = owner(message).map(device -> replay.again(device, message))
                .orElseGet(() -> new Replay.Outcome.StillBad("its device is gone"));
        switch (outcome) {
            case Replay.Outcome.Stored _ -> {
                database.useTransaction(handle -> kept.remove(handle, message));
                tally.stored++;
            }
            case Replay.Outcome.StillBad _ -> tally.bad++;
            case Replay.Outcome.Unfinished _ -> {
                tally.isUnfinished = true;
                return;
            }
        }
        tally.last = message.id();
    }

    private Optional<Device> owner(Kept message) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM fleet.device WHERE number = :number")
                        .bind("number", message.device()).mapTo(String.class).findOne())
                .map(DeviceId::new).flatMap(devices::find);
    }

    private Response remove(Request request) {
        Device device = device(request);
        Kept message = message(request, device);
        database.useTransaction(handle -> {
            if (!kept.remove(handle, device, message.id())) {
                throw Problem.notFound("message in quarantine", Long.toString(message.id()));
            }
            JsonNode detail = Json.object().put("id", message.id()).put("code", message.code())
                    .put("count", message.count());
            Audit.append(handle, request.principal(), "quarantine.remove", "device/" + device.id(), detail);
        });
        return Response.noContent();
    }

    private Kept message(Request request, Device device) {
        String id = request.path("message");
        return kept.find(device, Long.parseLong(id))
                .orElseThrow(() -> Problem.notFound("message in quarantine of " + device.id(), id));
    }

    private Device device(Request request) {
        return devices.visible(request.path("id"), request.principal());
    }
}
