package io.aftercare.fleet.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole HTTP interface: the operations of the OpenAPI document, the document itself at `/openapi.yaml`, and an answer
/// for whatever else is asked. Routes that no document describes (metrics, the console) are added to [#router].
///
/// Built on the thread that starts the backend, never on an event loop, because it waits for the document's own check.
public final class HttpApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Router router;

    /// @param operations with every operation of `document` bound, and no other
    public HttpApi(Vertx vertx, OpenApiDocument document, Operations operations, Authenticator authenticator,
            Idempotency idempotency) {
        RequestCheck check = new RequestCheck(vertx, document, operations.streamed());
        Gate gate = new Gate(check, authenticator, idempotency, threads);
        router = operations.router(vertx, check.contract(), gate);
        String yaml = document.yaml();
        router.get("/openapi.yaml").order(-1)
                .handler(context -> context.response().putHeader("Content-Type", "application/yaml")
                        .end(yaml));
        router.route().order(-2).handler(SecurityHeaders::add);
        Failures.answerOn(router);
    }

    /// The root router; more routes may be added until the server listens.
    public Router router() {
        return router;
    }

    /// Waits for the requests in work, ten seconds at most; the server has stopped listening before.
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some HTTP requests were still at work after {} s and are given up",
                        DRAIN_MAX.toSeconds());
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the router says where no operation answers, as problems.
    private static final class Failures {
        static void answerOn(Router router) {
            router.errorHandler(400, context -> send(context, Problem.badRequest(reason(context))));
            router.errorHandler(404, context -> send(context, Problem.of(404, "Not found",
                    "There is nothing at " + context.request().path()
                            + "; /openapi.yaml lists what there is")));
            router.errorHandler(405, context -> send(context, Problem.of(405, "Method not allowed",
                    context.request().path() + " does not take " + context.request().method()
                            + "; /openapi.yaml lists what it takes")));
            router.errorHandler(413, context -> send(context, Problem.of(413, "Too large",
                    "The body may have " + Operations.BODY_BYTES_MAX + " bytes")));
            router.errorHandler(414, context -> send(context, Problem.of(414, "Address too long",
                    "The request line is too long")));
            router.errorHandler(415, context -> send(context, Problem.of(415, "Unsupported media type",
                    "Send JSON, with Content-Type: application/json")));
            router.errorHandler(500, context -> {
                Throwable failure = context.failure() == null
                        ? new IllegalStateException("a route failed without a reason")
                        : context.failure();
                Gate.send(context.response(), Gate.problem(failure, context.request().path()));
            });
        }

        private static String reason(RoutingContext context) {
            Throwable failure = context.failure();
            return failure == null || failure.getMessage() == null
                    ? "The request cannot be understood"
                    : failure.getMessage();
        }

        private static void send(RoutingContext context, Problem problem) {
            HttpServerResponse response = context.response();
            Gate.drop(context);
            Gate.send(response, Gate.problem(problem, context.request().path()));
        }
    }
}
