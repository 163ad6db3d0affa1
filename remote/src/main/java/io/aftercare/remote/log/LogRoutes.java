package io.aftercare.remote.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.remote.RemoteGround;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Logs by HTTP. Each look at the lines of one, and each download, is in the audit; nothing of it may be kept on the way.
final class LogRoutes {
    private static final Map<String, String> UNKEPT = Map.of("Cache-Control", "private, no-store");

    private final RemoteGround ground;
    private final Logs logs;

    LogRoutes(RemoteGround ground, Logs logs) {
        this.ground = ground;
        this.logs = logs;
    }

    void bind(Operations operations) {
        operations.on("askForLog", this::ask).on("listLogs", this::list).on("getLog", this::get)
                .on("readLog", this::lines).on("downloadLog", this::content).on("purgeLog", this::purge);
    }

    private Response ask(Request request) {
        DeviceLog log = logs.ask(request.principal(), new DeviceId(request.path("id")),
                request.body(Logs.Asking.class));
        return new Response(202, log, Map.of("Location", "/api/v1/logs/" + log.id()));
    }

    private Response list(Request request) {
        List<DeviceLog> rows = ground.database().jdbi().withHandle(handle -> logs.ofDevice(handle,
                request.principal(), new DeviceId(request.path("id")), request.cursor(),
                request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), DeviceLog::id));
    }

    private Response get(Request request) {
        return Response.ok(ground.database().jdbi()
                .withHandle(handle -> logs.find(handle, request.principal(), request.path("id"), false)));
    }

    private Response lines(Request request) throws IOException {
        LogSearch search = LogSearch.of(request);
        DeviceLog log = looked(request, "log.read", Json.object().put("q",
                request.query("q").map(Sha256::hex).orElse(null)));
        try (BufferedReader file = file(log)) {
            Page<LogSearch.Line> page = Page.of(search.in(file), search.limit(),
                    line -> Integer.toString(line.n()));
            return new Response(200, page, UNKEPT);
        }
    }

    /// The whole of it as text. At most [Logs#BYTES_MAX] and what names of kinds add.
    private Response content(Request request) throws IOException {
        DeviceLog log = looked(request, "log.download", Json.object());
        StringBuilder text = new StringBuilder();
        try (BufferedReader file = file(log)) {
            for (String json = file.readLine(); json != null; json = file.readLine()) {
                KeptLine line = Json.convert(Json.parse(json), KeptLine.class);
                if (line.at() != null) {
                    text.append(LogSearch.at(line)).append(' ');
                }
                text.append(line.level() == null ? "" : line.level() + " ").append(line.text()).append('\n');
            }
        }
        return new Response(200, Buffer.buffer(text.toString()), UNKEPT)
                .with("Content-Type", "text/plain; charset=utf-8").with("X-Content-Type-Options", "nosniff")
                .with("Content-Disposition", "attachment; filename=\"" + log.id() + ".log\"")
                .with("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private Response purge(Request request) {
        ground.database().useTransaction(handle -> {
            DeviceLog log = logs.find(handle, request.principal(), request.path("id"), true);
            if (log.state().after(LogEvent.PURGE).isPresent()) {
                logs.purge(handle, log);
                audit(handle, request, log, "log.purge", Json.object());
            }
        });
        return Response.noContent();
    }

    /// @throws Problem 409 where there is nothing to be read (yet, or any more)
    private DeviceLog looked(Request request, String deed, ObjectNode detail) {
        return ground.database().inTransaction(handle -> {
            DeviceLog log = logs.find(handle, request.principal(), request.path("id"), false);
            if (log.state() != LogState.READY) {
                throw Problem.conflict("The log is " + log.state().text()
                        + (log.error() == null ? "" : ": " + log.error()));
            }
            audit(handle, request, log, deed, detail);
            return log;
        });
    }

    private static void audit(Handle handle, Request request, DeviceLog log, String deed, ObjectNode detail) {
        detail.put("device", log.device()).put("ticket", log.ticket())
                .put("why", request.query("why").orElse(log.why()));
        Audit.append(handle, new Audit.Entry(request.principal(), deed, "log/" + log.id(), detail,
                request.address()));
    }

    private BufferedReader file(DeviceLog log) throws IOException {
        try {
            return new BufferedReader(new InputStreamReader(logs.lines(log), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw Problem.of(503, "Not here",
                    "The file of log " + log.id()
                            + " is not on this machine's disk; restore the data directory");
        }
    }
}
