package io.aftercare.fleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Reads live events over HTTP as somebody. Whoever waits for one that never comes is ended by the build's time limit.
public final class LiveReader implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    public LiveReader(Vertx vertx, Events events, Principal who) {
        Router router = Router.router(vertx);
        router.get("/events").handler(context -> events.serve(context, who));
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    /// From now on.
    public Stream open() {
        Stream stream = open("", "");
        stream.expect("hello");
        return stream;
    }

    /// @param lastId where the reader stopped; empty for one who comes anew
    Stream open(String lastId, String query) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/events" + query))
                .version(HttpClient.Version.HTTP_1_1);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var response = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()).join();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /// As it was sent.
    public record Event(String id, String type, String data) {}

    /// What comes, in its order.
    public record Stream(BufferedReader lines) implements AutoCloseable {
        /// The next event that is not a ping; it must be of this type.
        Event expect(String type) {
            Event event = next();
            while (event.type().equals("ping") || event.type().isEmpty()) {
                event = next();
            }
            assertThat(event.type()).isEqualTo(type);
            return event;
        }

        /// The data of the next event of this type; what comes before it is passed over.
        public JsonNode until(String type) {
            Event event = next();
            while (!event.type().equals(type)) {
                event = next();
            }
            return Json.parse(event.data());
        }

        private Event next() {
            String id = "";
            String type = "";
            String data = "";
            try {
                String line = lines.readLine();
                for (; line != null && !line.isEmpty(); line = lines.readLine()) {
                    id = line.startsWith("id: ") ? line.substring(4) : id;
                    type = line.startsWith("event: ") ? line.substring(7) : type;
                    data = line.startsWith("data: ") ? line.substring(6) : data;
                }
                if (line == null) {
                    throw new AssertionError("The stream is over");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Event(id, type, data);
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
