package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Remote shells by HTTP.
final class ShellRoutes {
    private final Shells shells;
    private final Terminals terminals;
    private final Recordings recordings;

    ShellRoutes(Shells shells, Terminals terminals, Recordings recordings) {
        this.shells = shells;
        this.terminals = terminals;
        this.recordings = recordings;
    }

    void bind(Operations operations) {
        operations.on("requestShell", this::request).on("listShells", this::list)
                .on("getShell", request -> shown(shells.find(request.principal(), request.path("id"))))
                .on("approveShell", request -> shown(shells.approve(request.principal(), request.path("id"),
                        request.ifMatchGiven())))
                .on("rejectShell", this::reject)
                .on("closeShell", request -> shown(shells.leave(request.principal(), request.path("id"))))
                .on("killShell", request -> shown(
                        shells.kill(request.principal(), request.path("id"), why(request))))
                .on("killAllShells", this::killAll).on("typeIntoShell", this::input)
                .on("resizeShell", this::resize).on("getShellRecording", this::recording)
                .on("verifyShellRecording", request -> Response
                        .ok(recordings.verify(shells.find(request.principal(), request.path("id")))));
    }

    private Response request(Request request) {
        Shell shell = shells.request(request.principal(), new DeviceId(request.path("id")),
                request.body(ShellWish.class));
        return new Response(202, shell, Map.of("Location", "/api/v1/shells/" + shell.id()))
                .withVersion(shell.version());
    }

    private Response list(Request request) {
        List<Shell> rows = shells.list(request.principal(), request.query("device").orElse(null),
                request.query("state").orElse(null), request.cursor(), request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), Shell::id));
    }

    /// Why something is ended.
    private record Why(@Nullable String reason) {}

    private static @Nullable String why(Request request) {
        return request.body().length == 0 ? null : request.body(Why.class).reason();
    }

    private Response reject(Request request) {
        String reason = String.valueOf(why(request));
        return shown(shells.reject(request.principal(), request.path("id"), reason, request.ifMatchGiven()));
    }

    private Response killAll(Request request) {
        ObjectNode answer = Json.object();
        answer.set("killed", Json.tree(shells.killAll(request.principal(), why(request))));
        return Response.ok(answer);
    }

    /// Keys, as text or as bytes.
    private record Keys(@Nullable String text, @Nullable String data) {
        byte[] bytes() {
            if (data != null) {
                return Base64.getDecoder().decode(data);
            }
            return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private Response input(Request request) {
        Keys keys = request.body(Keys.class);
        if ((keys.text() == null) == (keys.data() == null)) {
            throw Problem.invalid("text", "either text or data (base64) is needed");
        }
        byte[] bytes;
        try {
            bytes = keys.bytes();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("data", "base64 is needed");
        }
        return typed(request, here -> terminals.input(here, bytes));
    }

    private Response resize(Request request) {
        Size size = request.body(Size.class);
        return typed(request, here -> terminals.resize(here, size));
    }

    private Response typed(Request request, Predicate<LiveShell> deed) {
        Shell shell = shells.find(request.principal(), request.path("id"));
        if (!shell.requestedBy().equals(request.principal().name())) {
            throw Problem.forbidden("Only " + shell.requestedBy() + " types into this shell");
        }
        LiveShell here = terminals.find(shell.id()).orElseThrow(
                () -> Problem
                        .conflict("The shell " + shell.id() + " is " + shell.state().text() + ", not open"));
        if (!deed.test(here)) {
            throw Problem.conflict("The shell " + shell.id() + " is closed");
        }
        return Response.noContent();
    }

    private Response recording(Request request) {
        Shell shell = shells.find(request.principal(), request.path("id"));
        String cast = recordings.cast(request.principal(), shell);
        return Response.ok(Buffer.buffer(cast)).with("Content-Type", "application/x-asciicast")
                .with("Content-Disposition", "attachment; filename=\"" + shell.id() + ".cast\"");
    }

    private static Response shown(Shell shell) {
        return Response.versioned(shell, shell.version());
    }
}
