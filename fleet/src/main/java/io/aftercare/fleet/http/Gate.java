package io.aftercare.fleet.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request passes: who is it and may they (before a byte of the body is read), does the request fit the OpenAPI
/// document, has it been made before (`Idempotency-Key`), and then the endpoint, on a virtual thread. At most
/// [#CONCURRENT_MAX] endpoints run at once and [#WAITING_MAX] requests wait for their turn; one more gets a 503.
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");
    private static final int CONCURRENT_MAX = 128;
    private static final int WAITING_MAX = 1024;
    private static final String PRINCIPAL = "aftercare.principal";
    private static final String BODY = "aftercare.body";

    private final RequestCheck check;
    private final Authenticator authenticator;
    private final Idempotency idempotency;
    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(CONCURRENT_MAX + WAITING_MAX);
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);

    Gate(RequestCheck check, Authenticator authenticator, Idempotency idempotency,
            ExecutorService virtualThreads) {
        this.check = check;
        this.authenticator = authenticator;
        this.idempotency = idempotency;
        this.threads = virtualThreads;
    }

    /// Lets the sender in or answers why not. An open operation is not asked: what it carries may be a proof of its own.
    void admit(RoutingContext context, Access access) {
        switch (access) {
            case Access.Open _ -> enter(context, Principal.NOBODY);
            case Access.Staff _ -> {
                Context loop = context.vertx().getOrCreateContext();
                context.request().pause();
                run(context, () -> {
                    Principal principal = authenticator.authenticate(credentials(context));
                    Operations.admit(access, principal);
                    loop.runOnContext(_ -> enter(context, principal));
                });
            }
        }
    }

    private static void enter(RoutingContext context, Principal principal) {
        context.put(PRINCIPAL, principal);
        context.next();
    }

    private static Principal principal(RoutingContext context) {
        Principal principal = context.get(PRINCIPAL);
        return principal == null ? Principal.NOBODY : principal;
    }

    void serve(RoutingContext context, String operationId, Endpoint endpoint) {
        answer(context, () -> {
            Buffer body = context.body().buffer() == null ? Buffer.buffer() : context.body().buffer();
            check.check(context, operationId, body);
            Request request = request(context, body.getBytes());
            return isWrite(context)
                    ? idempotency.once(request, operationId, endpoint)
                    : endpoint.handle(request);
        });
    }

    void read(RoutingContext context, String operationId, BodyEndpoint endpoint) {
        context.request().pause();
        BodyInput body = BodyInput.of(context.request(), context.vertx().getOrCreateContext());
        context.put(BODY, body);
        answer(context, () -> {
            check.check(context, operationId, null);
            Request request = request(context, new byte[0]);
            return isWrite(context)
                    ? idempotency.once(request, operationId, once -> endpoint.handle(once, body))
                    : endpoint.handle(request, body);
        });
    }

    void stream(RoutingContext context, StreamEndpoint endpoint) {
        context.request().pause();
        endpoint.handle(context, principal(context));
    }

    private void answer(RoutingContext context, Callable<Response> work) {
        Context loop = context.vertx().getOrCreateContext();
        if (!places.tryAcquire()) {
            refuse(context, "Too many requests wait already; try again in a moment");
            return;
        }
        run(context, () -> {
            permits.acquireUninterruptibly();
            try {
                Response response = work.call();
                loop.runOnContext(_ -> finish(context, response));
            } finally {
                permits.release();
                places.release();
            }
        });
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private void run(RoutingContext context, Step step) {
        Context loop = context.vertx().getOrCreateContext();
        try {
            threads.execute(() -> {
                try {
                    step.run();
                } catch (Throwable e) {
                    Response response = problem(e, context.request().path());
                    loop.runOnContext(_ -> finish(context, response));
                }
            });
        } catch (RejectedExecutionException e) {
            refuse(context, "This backend is stopping");
        }
    }

    private static void refuse(RoutingContext context, String why) {
        Response busy = problem(Problem.of(503, "Busy", why), context.request().path());
        finish(context, busy.with("Retry-After", "1"));
    }

    private static void finish(RoutingContext context, Response response) {
        drop(context);
        send(context.response(), response);
    }

    /// Lets what nobody read of the body pass by, so that the connection can be used again.
    static void drop(RoutingContext context) {
        if (context.request().isEnded()) {
            return;
        }
        BodyInput body = context.get(BODY);
        if (body != null) {
            body.abandon();
        }
        context.request().resume();
    }

    private static boolean isWrite(RoutingContext context) {
        HttpMethod method = context.request().method();
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    private static Request request(RoutingContext context, byte[] body) {
        return new Request(principal(context), context.pathParams(), context.queryParams(),
                context.request().headers(), body, address(context));
    }

    private static Authenticator.Credentials credentials(RoutingContext context) {
        return new Authenticator.Credentials(context.request().method(), context.request().headers(),
                address(context));
    }

    private static String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    /// The answer to a failure: a [Problem] as it stands, anything else as a 500 whose id is found in the log.
    public static Response problem(Throwable failure, @Nullable String path) {
        if (failure instanceof Problem problem) {
            return new Response(problem.status(), problem.body(), problem.status() == 401
                    ? Map.of("WWW-Authenticate", "Bearer realm=\"aftercare\"")
                    : Map.of());
        }
        if (isUnstorable(failure)) {
            return problem(
                    Problem.badRequest("The request has a text with a NUL character, which cannot be stored"),
                    path);
        }
        String id = UUID.randomUUID().toString();
        LOG.error("{} failed, correlation id {}", path, id, failure);
        Problem hidden = Problem.of(500, "Internal error", "Something broke here; the log knows it as " + id);
        return new Response(500, hidden.body().put("correlationId", id), Map.of());
    }

    // PostgreSQL takes every text but one with NUL: https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static boolean isUnstorable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && UNSTORABLE.contains(refused.getSQLState())) {
                return true;
            }
        }
        return false;
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
            to.end(switch (response.body()) {
                case Buffer raw -> raw;
                case JsonObject json -> json.toBuffer();
                case Object other -> Buffer.buffer(Json.mapper().writeValueAsBytes(other));
            });
        } catch (JsonProcessingException e) {
            LOG.error("An answer could not be written as JSON", e);
            to.setStatusCode(500).end();
        }
    }
}
