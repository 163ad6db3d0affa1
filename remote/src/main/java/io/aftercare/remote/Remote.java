package io.aftercare.remote;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.remote.action.ActionRoom;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.boost.BoostRoom;
import io.aftercare.remote.boot.AskedRestarts;
import io.aftercare.remote.boot.BootRoom;
import io.aftercare.remote.fleetaction.FleetActionRoom;
import io.aftercare.remote.log.LogRoom;
import io.aftercare.remote.selftest.SelfTestRoom;
import io.aftercare.remote.upload.UploadRoom;
import io.aftercare.remote.upload.Uploads;
import io.aftercare.remote.crash.CrashRoom;
import io.aftercare.remote.shell.ShellRoom;
import io.aftercare.remote.shell.Terminals;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Remote diagnostics, wired: each room by itself, and what one room tells another.
public final class Remote implements AutoCloseable {
    /// The rooms' parts of the OpenAPI document.
    public static final List<String> DOCUMENTS = List.of("remote/action", "remote/fleetaction",
            "remote/upload", "remote/boot",
            "remote/self-test", "remote/boost", "remote/crash",
            "remote/log", "remote/shell");

    private final ActionRoom actions;
    private final UploadRoom uploads;
    private final BootRoom boots;
    private final ShellRoom shells;
    private final FleetActionRoom fleetActions;
    private final List<Room> rooms;

    public Remote(RemoteGround ground) {
        this.boots = new BootRoom(ground);
        this.actions = new ActionRoom(ground.over(boots.downlink()));
        actions.actions().guard(boots::refusal);
        this.uploads = new UploadRoom(ground, ground.config().uploads());
        this.shells = new ShellRoom(ground, ground.config().shells(), actions.actions());
        this.fleetActions = new FleetActionRoom(ground, actions.actions());
        this.rooms = List.of(actions, fleetActions, uploads, boots,
                new LogRoom(ground, actions.actions(), uploads.uploads()),
                new SelfTestRoom(ground, actions.actions()),
                new BoostRoom(ground, actions.actions(), ground.config().boostsMax()),
                new CrashRoom(ground, uploads.uploads(), actions.actions(),
                        ground.config().crashes()),
                shells);
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
        relay.on("data.purge",
                (transaction, key, told) -> purge(transaction, key, told.path("ticket").asText(),
                        told.path("number").asText()));
    }

    /// Destroys what was taken off devices for a case that is over (R75), and says how much that was.
    private void purge(Handle transaction, String key, String ticket, String number) {
        Set<String> names = new HashSet<>(List.of(ticket, number));
        int purged = rooms.stream().mapToInt(room -> room.purge(transaction, names)).sum();
        if (purged > 0) {
            Outbox.append(transaction, "data.purged", key,
                    Json.object().put("ticket", ticket).put("purged", purged));
            Audit.append(transaction, Principal.SYSTEM, "remote.purge", "ticket/" + ticket,
                    Json.object().put("purged", purged));
        }
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

    /// The terminals that are open on devices.
    public Terminals terminals() {
        return shells.terminals();
    }

    public FleetActionRoom fleetActions() {
        return fleetActions;
    }

    @Override
    public void close() {
        rooms.reversed().forEach(Room::close);
    }
}
