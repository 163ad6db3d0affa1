package io.aftercare.fleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsIT {
    private static final Principal READER = new Principal("ana", Set.of(Role.PARTNER), "", "oslo");

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx, Clock.systemUTC());
    private final LiveReader reader = new LiveReader(vertx, events, READER);

    @AfterEach
    void close() {
        reader.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReaderWhoWasAwayGoesOnWhereItStopped() {
        String id;
        try (LiveReader.Stream first = open("")) {
            id = first.expect("hello").id();
            publish("one");
            LiveReader.Event one = first.expect("ticket.changed");
            assertThat(one.data()).isEqualTo("{\"id\":\"one\"}");
            id = one.id();
        }
        publish("two");
        publish("three");
        try (LiveReader.Stream again = open(id)) {
            assertThat(again.expect("ticket.changed").data()).contains("two");
            assertThat(again.expect("ticket.changed").data()).contains("three");
            String hello = again.expect("hello").id();
            publish("four");
            LiveReader.Event four = again.expect("ticket.changed");
            assertThat(four.data()).contains("four");
            assertThat(four.id()).isNotEqualTo(hello);
        }
    }

    @Test
    void aReaderWhoWasAwayTooLongOrBeforeTheRestartBeginsAnew() {
        String early;
        try (LiveReader.Stream first = open("")) {
            early = first.expect("hello").id();
        }
        for (int i = 0; i < 5000; i++) {
            publish("n" + i);
        }
        for (String id : new String[]{early, "other-5", "nonsense", "other-"}) {
            try (LiveReader.Stream again = open(id)) {
                again.expect("reset");
                again.expect("hello");
            }
        }
    }

    @Test
    void nobodyHearsWhatDoesNotConcernThem() {
        try (LiveReader.Stream oslo = open("")) {
            oslo.expect("hello");
            events.publish("ticket.changed", Json.object().put("id", "bergen's"),
                    principal -> principal.seesOutlet("bergen"));
            events.publish("ticket.changed", Json.object().put("id", "oslo's"),
                    principal -> principal.seesOutlet("oslo"));
            assertThat(oslo.expect("ticket.changed").data()).contains("oslo's");
        }
    }

    @Test
    void telemetryGoesToWhoWatchesThatDeviceAndTheWatchEndsWithTheStream() {
        assertThat(events.isWatched("SN-1")).isFalse();
        try (LiveReader.Stream watcher = open("", "?device=SN-1")) {
            watcher.expect("hello");
            assertThat(events.isWatched("SN-1")).isTrue();
            assertThat(events.isWatched("SN-2")).isFalse();
            events.telemetry("SN-2", Json.object().put("device", "SN-2"));
            events.telemetry("SN-1", Json.object().put("device", "SN-1"));
            assertThat(watcher.expect("telemetry").data()).contains("SN-1");
        }
        long end = System.nanoTime() + 20_000_000_000L;
        while (events.isWatched("SN-1") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(events.isWatched("SN-1")).isFalse();
    }

    @Test
    void aChangedDeviceIsToldToThoseWhoMaySeeIt() {
        try (Database database = TestDatabase.create(); LiveReader.Stream oslo = open("")) {
            oslo.expect("hello");
            Devices devices = new Devices(database);
            DeviceEvents.publish(devices, events);
            database.useTransaction(handle -> handle.execute("""
                    INSERT INTO fleet.product (model, name, document) VALUES ('LP', 'Printer', '{}');
                    INSERT INTO fleet.device (id, model, outlet, token_hash)
                    VALUES ('SN-1', 'LP', 'bergen', sha256('1')), ('SN-2', 'LP', 'oslo', sha256('2'))"""));
            devices.reported(new DeviceId("SN-1"), "1.0", null);
            devices.reported(new DeviceId("SN-2"), "1.0", null);
            assertThat(oslo.expect("device.changed").data()).isEqualTo("{\"id\":\"SN-2\"}");
        }
    }

    private void publish(String id) {
        events.publish("ticket.changed", Json.object().put("id", id));
    }

    private LiveReader.Stream open(String lastId) {
        return reader.open(lastId, "");
    }

    private LiveReader.Stream open(String lastId, String query) {
        return reader.open(lastId, query);
    }
}
