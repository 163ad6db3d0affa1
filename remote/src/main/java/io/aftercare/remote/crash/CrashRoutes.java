package io.aftercare.remote.crash;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.Action;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Crashes by HTTP.
final class CrashRoutes {
    private final RemoteGround ground;
    private final Crashes crashes;
    private final Dumps dumps;
    private final Runnable worked;

    /// @param worked is told that there is something to work out
    CrashRoutes(RemoteGround ground, Crashes crashes, Dumps dumps, Runnable worked) {
        this.ground = ground;
        this.crashes = crashes;
        this.dumps = dumps;
        this.worked = worked;
    }

    void bind(Operations operations) {
        operations.on("listCrashes", this::ofDevice).on("findCrashes", this::find)
                .on("getCrash", this::get).on("reprocessCrash", this::reprocess)
                .on("listCrashesOfGroup", this::ofGroup)
                .on("listMissingSymbols", this::missing).on("askForCrashDump", this::ask)
                .on("getCrashDump", this::dump).on("destroyCrashDump", this::destroy);
    }

    private Response ask(Request request) {
        Action action = dumps.ask(request.principal(), request.path("id"),
                request.body(Dumps.Question.class));
        return new Response(202, Json.object().put("action", action.id()).put("state", action.state().text()),
                Map.of("Location", "/api/v1/actions/" + action.id()));
    }

    private Response dump(Request request) throws IOException {
        String id = request.path("id");
        return new Response(200, Buffer.buffer(dumps.download(request.principal(), id)),
                Map.of("Content-Type", "application/octet-stream", "Content-Disposition",
                        "attachment; filename=\"" + id + ".dump\""));
    }

    private Response destroy(Request request) {
        dumps.destroy(request.principal(), request.path("id"), request.ifMatch(),
                request.query("reason").orElseThrow(() -> Problem.invalid("reason", "say why")));
        return Response.noContent();
    }

    private Response ofDevice(Request request) {
        List<Crash> rows = crashes.ofDevice(request.principal(), new DeviceId(request.path("id")),
                request.cursor(), request.limit() + 1);
        return page(rows, request.limit());
    }

    private Response ofGroup(Request request) {
        List<Crash> rows = crashes.ofGroup(request.principal(), request.path("id"), request.cursor(),
                request.limit() + 1);
        return page(rows, request.limit());
    }

    private Response find(Request request) {
        Lists.Wanted wanted = new Lists.Wanted(request.query("device").orElse(null),
                request.query("group").orElse(null), request.query("model").orElse(null),
                request.query("firmware").orElse(null), request.query("state").orElse(null));
        List<Crash> rows = crashes.list(request.principal(), wanted, request.cursor(), request.limit() + 1);
        return page(rows, request.limit());
    }

    private static Response page(List<Crash> rows, int limit) {
        return Response.ok(Page.of(rows.stream().map(CrashView::brief).toList(), limit,
                row -> row.path("id").asText()));
    }

    private Response get(Request request) {
        Principal who = request.principal();
        Crash crash = ground.database().inTransaction(handle -> {
            Crash found = crashes.find(handle, who, request.path("id"), false);
            Audit.append(handle, who, "crash.read", "crash/" + found.id(),
                    Json.object().put("device", found.device()));
            return found;
        });
        return Response.versioned(CrashView.whole(crash), crash.version());
    }

    private Response reprocess(Request request) {
        Principal who = request.principal();
        Crash crash = ground.database().inTransaction(handle -> {
            Crash found = crashes.find(handle, who, request.path("id"), true);
            CrashSql.newsOfCrash(handle, found.id(), ground.now());
            Audit.append(handle, who, "crash.reprocess", "crash/" + found.id(),
                    Json.object().put("device", found.device()));
            return CrashSql.find(handle, found.id(), false).orElseThrow();
        });
        worked.run();
        return Response.accepted(CrashView.brief(crash));
    }

    private Response missing(Request request) {
        return Response.ok(new CrashView.MissingPage(ground.database().jdbi().withHandle(
                handle -> CrashSql.missing(handle, request.query("product").orElse(null),
                        request.limit()))));
    }
}
