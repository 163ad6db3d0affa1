package io.aftercare.remote;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.remote.action.ActionRoom;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.boost.BoostRoom;
import io.aftercare.remote.boot.AskedRestarts;
import io.aftercare.remote.boot.BootRoom;
import io.aftercare.remote.selftest.SelfTestRoom;
import io.aftercare.remote.upload.UploadLimits;
import io.aftercare.remote.upload.UploadRoom;
import io.aftercare.remote.upload.Uploads;
import io.aftercare.remote.crash.CrashConfig;
import io.aftercare.remote.crash.CrashRoom;
import io.aftercare.remote.crash.symbol.Symbolizers;
import java.util.List;

/// Remote diagnostics, wired: each room by itself, and what one room tells another.
public final class Remote implements AutoCloseable {
    /// The rooms' parts of the OpenAPI document.
    public static final List<String> DOCUMENTS = List.of("remote/action", "remote/upload", "remote/boot",
            "remote/self-test", "remote/boost", "remote/crash");

    private final ActionRoom actions;
    private final UploadRoom uploads;
    private final BootRoom boots;
    private final List<Room> rooms;

    public Remote(RemoteGround ground) {
        this.boots = new BootRoom(ground);
        this.actions = new ActionRoom(ground.over(boots.downlink()));
        actions.actions().guard(boots::refusal);
        this.uploads = new UploadRoom(ground, UploadLimits.DEFAULTS);
        this.rooms = List.of(actions, uploads, boots,
                new SelfTestRoom(ground, actions.actions()),
                new BoostRoom(ground, actions.actions(), ground.config().boostsMax()),
                new CrashRoom(ground, uploads.uploads(), actions.actions(), CrashConfig.DEFAULTS,
                        Symbolizers.installed()));
    }

    public void bind(Operations operations) {
        rooms.forEach(room -> room.bind(operations));
    }

    /// Names the outbox topics that it receives; before the relay starts.
    public void subscribe(OutboxRelay relay) {
        rooms.forEach(room -> room.subscribe(relay));
        relay.on("device.event",
                (transaction, key, event) -> rooms
                        .forEach(room -> room.deviceEvent(transaction, key, event)));
    }

    /// Begins to act on what comes due; before the first device is let in.
    public void start() {
        rooms.forEach(Room::start);
    }

    public Actions actions() {
        return actions.actions();
    }

    public Uploads uploads() {
        return uploads.uploads();
    }

    /// Which restarts were asked for.
    public AskedRestarts askedRestarts() {
        return boots.asked();
    }

    @Override
    public void close() {
        rooms.reversed().forEach(Room::close);
    }
}
