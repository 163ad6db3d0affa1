package io.aftercare.fleet.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request passes: who is it, may they, does the request fit the OpenAPI document, has it been made before
/// (`Idempotency-Key`), and then the endpoint, on a virtual thread. At most [#CONCURRENT_MAX] endpoints run at once, the
/// others wait without holding a thread of the system.
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int CONCURRENT_MAX = 128;
    /// The console's session cookie.
    public static final String COOKIE = "aftercare_session";

    private final OpenAPIContract contract;
    private final RequestValidator validator;
    private final RequestExtractor extractor = RequestExtractor.withBodyHandler();
    private final Authenticator authenticator;
    private final Idempotency idempotency;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);

    public Gate(Vertx vertx, OpenAPIContract contract, Authenticator authenticator,
            Idempotency idempotency, ExecutorService virtualThreads) {
        this.contract = contract;
        this.validator = RequestValidator.create(vertx, contract);
        this.authenticator = authenticator;
        this.idempotency = idempotency;
        this.threads = virtualThreads;
    }

    void serve(RoutingContext context, String operationId, Access access, Endpoint endpoint) {
        Context loop = context.vertx().getOrCreateContext();
        threads.execute(() -> {
            permits.acquireUninterruptibly();
            Response response;
            try {
                response = answer(context, operationId, access, endpoint);
            } catch (Throwable e) {
                response = problem(e, context.request().uri());
            } finally {
                permits.release();
            }
            Response sent = response;
            loop.runOnContext(_ -> send(context.response(), sent));
        });
    }

    void stream(RoutingContext context, Access access, StreamEndpoint endpoint) {
        Context loop = context.vertx().getOrCreateContext();
        context.request().pause();
        threads.execute(() -> {
            try {
                Principal principal = authenticator.authenticate(credentials(context));
                Operations.admit(access, principal);
                loop.runOnContext(_ -> endpoint.handle(context, principal));
            } catch (RuntimeException e) {
                Response response = problem(e, context.request().uri());
                loop.runOnContext(_ -> {
                    context.request().resume();
                    send(context.response(), response);
                });
            }
        });
    }

    private Response answer(RoutingContext context, String operationId, Access access, Endpoint endpoint)
            throws Exception {
        Principal principal = authenticator.authenticate(credentials(context));
        Operations.admit(access, principal);
        validate(context, operationId);
        Buffer body = context.body().buffer();
        Request request = new Request(principal, context.pathParams(), context.queryParams(),
                context.request().headers(), body == null ? new byte[0] : body.getBytes(), address(context));
        return idempotency.once(request, operationId, endpoint);
    }

    private void validate(RoutingContext context, String operationId) {
        try {
            ValidatableRequest extracted = extractor
                    .extractValidatableRequest(context, contract.operation(operationId))
                    .toCompletionStage().toCompletableFuture().join();
            validator.validate(extracted, operationId).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Violations.problem(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Authenticator.Credentials credentials(RoutingContext context) {
        Cookie cookie = context.request().getCookie(COOKIE);
        return new Authenticator.Credentials(context.request().method(), context.request().headers(),
                cookie == null ? null : cookie.getValue(), address(context));
    }

    private static String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    /// The answer to a failure: a [Problem] as it stands, anything else as a 500 whose id is found in the log.
    public static Response problem(Throwable failure, String path) {
        if (failure instanceof Problem problem) {
            return new Response(problem.status(), problem.body(), Map.of());
        }
        String id = UUID.randomUUID().toString();
        LOG.error("{} failed, correlation id {}", path, id, failure);
        Problem hidden = Problem.of(500, "Internal error", "Something broke here; the log knows it as " + id);
        return new Response(500, hidden.body().put("correlationId", id), Map.of());
    }

    /// Writes an answer; on the request's event loop.
    public static void send(HttpServerResponse to, Response response) {
        if (to.ended() || to.closed()) {
            return;
        }
        to.setStatusCode(response.status());
        response.headers().forEach(to::putHeader);
        if (response.body() == null) {
            to.end();
            return;
        }
        if (!to.headers().contains("Content-Type")) {
            to.putHeader("Content-Type",
                    response.status() >= 400 ? "application/problem+json" : "application/json");
        }
        try {
            to.end(response.body() instanceof JsonObject json
                    ? json.toBuffer()
                    : Buffer.buffer(Json.mapper().writeValueAsBytes(response.body())));
        } catch (JsonProcessingException e) {
            LOG.error("An answer could not be written as JSON", e);
            to.setStatusCode(500).end();
        }
    }
}
