package io.aftercare.fleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpApiIT {
    private static final String THING = "/api/v1/things/1";
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static Database database;
    private static TestApi api;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Operations operations = new Operations().on("makeThing", HttpApiIT::make).on("breakThing", _ -> {
            throw new IllegalStateException("the secret of the inside");
        }).onStream("events", (context, _) -> context.response().end()).onBody("upload", HttpApiIT::upload);
        api = new TestApi(Vertx.vertx(), List.of("trial"), operations, HttpApiIT::authenticate,
                new Idempotency(database));
    }

    @AfterAll
    static void stop() {
        api.close();
        database.close();
    }

    private static Principal authenticate(Authenticator.Credentials credentials) {
        String user = credentials.headers().get("X-User");
        if (user == null) {
            return Principal.NOBODY;
        }
        return new Principal(user, Set.of(Role.parse(user).orElse(Role.ENGINEER)), "", "");
    }

    private static Response make(Request request) throws InterruptedException {
        if (request.query("word").filter("slow"::equals).isPresent()) {
            SLOW.await();
        }
        if (request.query("word").filter("refused"::equals).isPresent()) {
            MADE.incrementAndGet();
            throw Problem.conflict("not now");
        }
        return Response.created(THING, Map.of("number", MADE.incrementAndGet(), "token", "shown-once",
                "word", request.query("word").orElse(""), "bytes", request.body().length));
    }

    private static Response upload(Request request, InputStream body) throws Exception {
        long bytes = 0;
        byte[] buffer = new byte[8192];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes += read;
        }
        return Response.ok(Map.of("bytes", bytes));
    }

    @Test
    void whoIsNotLoggedInOrMayNotIsToldBeforeTheBodyIsLookedAt() throws Exception {
        Answer nobody = api.send("POST", THING, "not json");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"aftercare\"");
        problem(nobody, 401);
        Answer agent = api.send("POST", THING, "not json", "X-User", "agent");
        problem(agent, 403);
        assertThat(agent.text()).contains("engineer");
    }

    @Test
    void whatDoesNotFitNamesEachFieldAtFault() throws Exception {
        Answer answer = engineer("POST", THING,
                "{\"name\":\"far too long a name\",\"typo\":1,\"parts\":[{\"weight\":1},{}]}");
        problem(answer, 400);
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains("name",
                "parts[1].weight");
        assertThat(answer.text()).contains("typo");
        Answer missing = engineer("POST", THING, "{}");
        assertThat(missing.json().path("errors").path(0).path("field").asText()).isEqualTo("name");
        Answer parameter = engineer("POST", THING + "?size=0", "{\"name\":\"a\"}");
        problem(parameter, 400);
        assertThat(parameter.json().path("errors").path(0).path("field").asText()).as(parameter.text())
                .isEqualTo("size");
        problem(engineer("POST", THING + "?size=many", "{\"name\":\"a\"}"), 400);
        problem(engineer("POST", THING, "{\"name\":"), 400);
        problem(engineer("POST", THING, null), 400);
    }

    @Test
    void aTextThatLooksLikeANumberOrHasAPercentSignStaysAText() throws Exception {
        for (String word : List.of("9.9", "12", "1e3", "true", "null", "100%", "a+b", "\"quoted\"", "a\\b",
                "")) {
            String path = THING + "?word="
                    + URLEncoder.encode(word, StandardCharsets.UTF_8);
            Answer answer = engineer("POST", path, "{\"name\":\"a\"}");
            assertThat(answer.status()).as(word + " " + answer.text()).isEqualTo(201);
            assertThat(answer.json().path("word").asText()).isEqualTo(word);
        }
    }

    @Test
    void unknownPlacesMethodsAndMediaTypesAreProblemsToo() throws Exception {
        problem(engineer("GET", "/api/v1/nothing", null), 404);
        problem(engineer("DELETE", THING, null), 405);
        problem(engineer("POST", THING, "name=a", "Content-Type", "application/x-www-form-urlencoded"), 415);
        problem(engineer("POST", THING, "<name/>", "Content-Type", "text/xml"), 415);
        problem(engineer("POST", THING, "{\"name\":\"" + "x".repeat(1 << 20) + "\"}"), 413);
    }

    @Test
    void aMediaTypeThatOnlyTheEndpointKnowsReachesIt() throws Exception {
        Answer yaml = engineer("POST", THING, "name: a", "Content-Type", "application/yaml");
        assertThat(yaml.status()).as(yaml.text()).isEqualTo(201);
        assertThat(yaml.json().path("bytes").asInt()).isEqualTo(7);
        assertThat(api.send("GET", "/openapi.yaml", null).text()).contains("application/yaml",
                "openapi: \"3.1.0\"");
    }

    @Test
    void aBugIsA500ThatTellsNothingOfTheInside() throws Exception {
        Answer answer = engineer("GET", THING, null);
        problem(answer, 500);
        assertThat(answer.text()).doesNotContain("secret").contains("correlationId");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        for (Answer answer : List.of(engineer("GET", THING, null), api.send("GET", "/nothing", null))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        assertThat(engineer("GET", THING, null).header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aWriteSentAgainWithItsKeyAnswersAsTheFirstTimeAndKeepsNoSecretInTheClear() throws Exception {
        Answer first = engineer("POST", THING, "{\"name\":\"a\"}", "Idempotency-Key", "key-1");
        Answer again = engineer("POST", THING, "{\"name\":\"a\"}", "Idempotency-Key", "key-1");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(THING);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        problem(engineer("POST", THING, "{\"name\":\"b\"}", "Idempotency-Key", "key-1"), 422);
        problem(engineer("POST", THING + "?size=2", "{\"name\":\"a\"}", "Idempotency-Key", "key-1"), 422);
        Answer other = api.send("POST", THING, "{\"name\":\"a\"}", "X-User", "other", "Idempotency-Key",
                "key-1");
        assertThat(other.json().path("number")).isNotEqualTo(first.json().path("number"));
        String kept = database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT string_agg(encode(answer, 'escape') || encode(key_hash, 'escape'), ' ') FROM fleet.idempotency")
                .mapTo(String.class).one());
        assertThat(kept).doesNotContain("shown-once").doesNotContain("key-1");
    }

    @Test
    void aFailedWriteMayBeTriedAgainWithItsKey() throws Exception {
        int before = MADE.get();
        problem(engineer("POST", THING + "?word=refused", "{\"name\":\"a\"}", "Idempotency-Key", "key-2"),
                409);
        problem(engineer("POST", THING + "?word=refused", "{\"name\":\"a\"}", "Idempotency-Key", "key-2"),
                409);
        assertThat(MADE.get() - before).isEqualTo(2);
    }

    @Test
    void ofManyAtOnceWithOneKeyExactlyOneIsDone() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(() -> engineer("POST", THING + "?word=slow", "{\"name\":\"a\"}", "Idempotency-Key",
                    "key-3"));
        }
        int before = MADE.get();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = calls.stream().map(threads::submit).toList();
            long refused = 0;
            while (refused < 15) { // all but the one that works, which waits for this thread
                refused = answers.stream().filter(Future::isDone).count();
                Thread.onSpinWait();
            }
            SLOW.countDown();
            int created = 0;
            for (Future<Answer> answer : answers) {
                created += answer.get(30, TimeUnit.SECONDS).status() == 201 ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        }
        assertThat(MADE.get() - before).isEqualTo(1);
    }

    @Test
    void aLongBodyIsReadPieceByPiece() throws Exception {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 7);
        HttpRequest request = HttpRequest.newBuilder(api.uri("/api/v1/upload"))
                .PUT(HttpRequest.BodyPublishers
                        .ofByteArrays(() -> Stream.generate(() -> piece).limit(48)
                                .iterator()))
                .build();
        HttpResponse<String> response = api.client().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("{\"bytes\":" + 48L * (1 << 20) + "}");
        assertThat(api.send("PUT", "/api/v1/upload", null).text()).isEqualTo("{\"bytes\":0}");
    }

    private static Answer engineer(String method, String path, @Nullable String body,
            String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "X-User";
        all[headers.length + 1] = "engineer";
        return api.send(method, path, body, all);
    }

    private static void problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotEmpty();
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
    }
}
