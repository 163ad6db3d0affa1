package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `GET {base}`: what there is for a device, as links; at most one of `confirmationBase`, `cancelAction` and
/// `deploymentBase`.
final class Polls {
    private final Database database;
    private final DdiConfig config;
    private final Quiet quiet;
    private final InstantSource clock;

    Polls(Database database, DdiConfig config, Quiet quiet, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.quiet = quiet;
        this.clock = clock;
    }

    /// The answer, where it is known without asking the database; from any thread, never blocks.
    Optional<Reply> peek(Device device, String base) {
        var installed = quiet.installed(device.number());
        return installed.isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.tagged(document(base, null, installed.getAsInt(), false)));
    }

    Reply poll(Call call) {
        Device device = call.device();
        int stamp = quiet.stamp(device.number());
        ActionStore.Glance glance = database.jdbi()
                .withHandle(handle -> ActionStore.glance(handle, device.number()));
        if (!glance.busy() && glance.known()) {
            quiet.remember(device.number(), glance.installed(), stamp);
            return Reply.tagged(document(call.base(), null, glance.installed(), false));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(handle -> {
            DeviceNotes notes = DeviceNotes.of(handle, device.number());
            Action action = ActionStore.active(handle, device.number()).orElse(null);
            boolean asks = notes.attributesAt() == null
                    || ActionStore.said(handle, device.number()).isPresent();
            if (action == null && !asks) {
                handle.afterCommit(() -> quiet.remember(device.number(), glance.installed(), stamp));
            }
            String link = action == null ? null : link(handle, action, device, notes, now);
            return Reply.tagged(document(call.base(), link, glance.installed(), asks));
        });
    }

    /// The path of what is to be done, after the base; null for nothing now.
    private static @Nullable String link(Handle handle, Action action, Device device, DeviceNotes notes,
            Instant now) {
        String timezone = timezone(device);
        return switch (action.phase(now, timezone, notes.isAuto())) {
            case WITHHELD, ENDED -> null;
            case CANCEL -> "cancelAction/" + action.id();
            case CONFIRMATION -> "confirmationBase/" + address(handle, action, timezone, now);
            case DEPLOYMENT -> "deploymentBase/" + address(handle, action, timezone, now);
        };
    }

    private static String address(Handle handle, Action action, String timezone, Instant now) {
        int id = action.id() == 0 ? ActionStore.number(handle, action, now) : action.id();
        return id + "?c=" + action.check(id, now, timezone);
    }

    static String timezone(Device device) {
        return device.tags().getOrDefault("timezone", "");
    }

    private String document(String base, @Nullable String link, int installed, boolean asks) {
        ObjectNode document = Json.object();
        document.putObject("config").putObject("polling").put("sleep", config.sleep());
        ObjectNode links = document.putObject("_links");
        if (link != null) {
            links.putObject(link.substring(0, link.indexOf('/'))).put("href", base + "/" + link);
        }
        if (installed != 0) {
            links.putObject("installedBase").put("href", base + "/installedBase/" + installed);
        }
        if (asks) {
            links.putObject("configData").put("href", base + "/configData");
        }
        return Json.text(document);
    }
}
