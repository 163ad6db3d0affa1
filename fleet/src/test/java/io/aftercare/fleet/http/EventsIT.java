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
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsIT {
    private static final Principal READER = new Principal("ana", Set.of(Role.PARTNER), "", "oslo");

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx, Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void listen() {
        Router router = Router.router(vertx);
        router.get("/events").handler(context -> events.serve(context,
                READER));
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReaderWhoWasAwayGoesOnWhereItStopped() throws Exception {
        String id;
        try (Stream first = open("")) {
            id = first.expect("hello").id();
            publish("one");
            Event one = first.expect("ticket.changed");
            assertThat(one.data()).isEqualTo("{\"id\":\"one\"}");
            id = one.id();
        }
        publish("two");
        publish("three");
        try (Stream again = open(id)) {
            assertThat(again.expect("ticket.changed").data()).contains("two");
            assertThat(again.expect("ticket.changed").data()).contains("three");
            String hello = again.expect("hello").id();
            publish("four");
            Event four = again.expect("ticket.changed");
            assertThat(four.data()).contains("four");
            assertThat(four.id()).isNotEqualTo(hello);
        }
    }

    @Test
    void aReaderWhoWasAwayTooLongOrBeforeTheRestartBeginsAnew() throws Exception {
        String early;
        try (Stream first = open("")) {
            early = first.expect("hello").id();
        }
        for (int i = 0; i < 5000; i++) {
            publish("n" + i);
        }
        for (String id : new String[]{early, "other-5", "nonsense", "other-"}) {
            try (Stream again = open(id)) {
                again.expect("reset");
                again.expect("hello");
            }
        }
    }

    @Test
    void nobodyHearsWhatDoesNotConcernThem() throws Exception {
        try (Stream oslo = open("")) {
            oslo.expect("hello");
            events.publish("ticket.changed", Json.object().put("id", "bergen's"),
                    principal -> principal.seesOutlet("bergen"));
            events.publish("ticket.changed", Json.object().put("id", "oslo's"),
                    principal -> principal.seesOutlet("oslo"));
            assertThat(oslo.expect("ticket.changed").data()).contains("oslo's");
        }
    }

    @Test
    void telemetryGoesToWhoWatchesThatDeviceAndTheWatchEndsWithTheStream() throws Exception {
        assertThat(events.isWatched("SN-1")).isFalse();
        try (Stream watcher = open("", "?device=SN-1")) {
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
    void aChangedDeviceIsToldToThoseWhoMaySeeIt() throws Exception {
        try (Database database = TestDatabase.create(); Stream oslo = open("")) {
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

    private Stream open(String lastId) throws IOException, InterruptedException {
        return open(lastId, "");
    }

    private Stream open(String lastId, String query) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/events" + query))
                .version(HttpClient.Version.HTTP_1_1);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Event(String id, String type, String data) {}

    private record Stream(BufferedReader lines) implements AutoCloseable {
        /// The next event that is not a ping; it must be of this type.
        Event expect(String type) throws IOException {
            while (true) {
                Event event = next();
                if (!event.type().equals("ping") && !event.type().isEmpty()) {
                    assertThat(event.type()).isEqualTo(type);
                    return event;
                }
            }
        }

        private Event next() throws IOException {
            String id = "";
            String type = "";
            String data = "";
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                id = line.startsWith("id: ") ? line.substring(4) : id;
                type = line.startsWith("event: ") ? line.substring(7) : type;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
            return new Event(id, type, data);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
