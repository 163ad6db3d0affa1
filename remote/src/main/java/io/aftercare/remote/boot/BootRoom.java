package io.aftercare.remote.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.remote.Downlink;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Devices' starts, wired.
public final class BootRoom implements Room {
    private static final String BOOT = "boot";
    private static final Duration SUMMARY = Duration.ofDays(7);

    private final RemoteGround ground;
    private final RestartingActions restarting;
    private final AskedRestarts asked;

    public BootRoom(RemoteGround ground) {
        this.ground = ground;
        this.restarting = new RestartingActions(ground.database(), ground.devices(), ground.clock());
        this.asked = new AskedRestarts(ground.downlink(), restarting::restarts, ground.clock());
    }

    /// The way down to devices for those whose messages may restart one.
    public Downlink downlink() {
        return asked;
    }

    /// Which restarts were asked for.
    public AskedRestarts asked() {
        return asked;
    }

    @Override
    public void start() {
        Instant now = ground.now();
        ground.database().jdbi().useHandle(handle -> AskedBefore
                .of(handle, now.minus(AskedRestarts.PATIENCE), restarting::restarts).forEach(before -> asked
                        .expect(before.device(), "action " + before.action(), before.at(), 1)));
    }

    @Override
    public void deviceEvent(Handle transaction, String key, JsonNode event) {
        if (!event.path("code").asText().equals(BOOT)) {
            return;
        }
        Optional<Device> device = ground.devices().find(new DeviceId(event.path("device").asText()));
        if (device.isEmpty()) {
            return; // deleted meanwhile
        }
        Boot boot = Boot.read(device.get(), event, ground.now());
        if (BootStore.insert(transaction, key, boot)) {
            transaction.afterCommit(() -> DeviceEvents.tell(ground.events(), boot.device(),
                    device.get().outlet(),
                    Json.object().put("what", BOOT).put("requested", boot.requested())));
        }
    }

    /// Why a device is not to be restarted by this action now; empty where nothing speaks against it.
    public Optional<String> refusal(Handle handle, DeviceId device, String action) {
        return restarting.restarts(device, action)
                ? loop(handle, device).map(loop -> loop.refusal(device))
                : Optional.empty();
    }

    private Optional<BootLoop> loop(Handle handle, DeviceId device) {
        Instant now = ground.now();
        return BootLoop.of(BootStore.heardSince(handle, device.value(), now.minus(BootLoop.WITHIN)), now,
                BootLoop.BOOTS);
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listBoots", this::list).on("summariseBoots", this::summary);
    }

    private Response list(Request request) {
        DeviceId id = ground.devices().visible(request.path("id"), request.principal()).id();
        return ground.database().jdbi().withHandle(handle -> {
            Page<Boot> page = Page.of(
                    BootStore.ofDevice(handle, id.value(), request.cursorNumber().orElse(null),
                            request.limit() + 1),
                    request.limit(), boot -> Long.toString(boot.id()));
            ObjectNode body = (ObjectNode) Json.tree(page);
            loop(handle, id).ifPresent(loop -> body.set("loop", Json.tree(loop)));
            return Response.ok(body);
        });
    }

    private Response summary(Request request) {
        Instant to = request.queryTime("to").orElseGet(ground::now);
        Instant from = request.queryTime("from").orElse(to.minus(SUMMARY));
        return ground.database().jdbi()
                .withHandle(handle -> Response.ok(new Page<>(BootStore.summary(handle, request.principal(),
                        request.query("model").orElse(null), request.query("firmware").orElse(null), from,
                        to),
                        null)));
    }
}
