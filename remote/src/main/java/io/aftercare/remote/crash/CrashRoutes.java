package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.aftercare.remote.crash.symbol.BuildId;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Crashes and their groups by HTTP.
final class CrashRoutes {
    private static final int FIRMWARES_MAX = 50;
    private static final int ALIKE_MAX = 50;

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
        operations.on("listCrashes", this::ofDevice).on("getCrash", this::get)
                .on("reprocessCrash", this::reprocess).on("listCrashGroups", this::groups)
                .on("getCrashGroup", this::group).on("listCrashesOfGroup", this::ofGroup)
                .on("reprocessCrashGroup", this::reprocessGroup)
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

    private Response groups(Request request) {
        GroupSql.Wanted wanted = new GroupSql.Wanted(request.query("product").orElse(null),
                request.query("buildId").map(CrashRoutes::build).orElse(null),
                request.query("device").orElse(null));
        GroupSql.Mark after = mark(request.cursor());
        List<Group> rows = ground.database().jdbi()
                .withHandle(handle -> GroupSql.list(handle, wanted, request.principal().region(), after,
                        request.limit() + 1));
        Page<Group> page = Page.of(rows, request.limit(), row -> row.lastSeen() + "/" + row.id());
        return Response.ok(new Page<>(page.items().stream().map(CrashView::group).toList(), page.next()));
    }

    private static String build(String text) {
        return BuildId.parse(text).orElseThrow(() -> Problem.invalid("buildId",
                "a build id has 8 to 64 hexadecimal digits")).hex();
    }

    private static GroupSql.@Nullable Mark mark(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        int slash = cursor.indexOf('/');
        try {
            return new GroupSql.Mark(Instant.parse(cursor.substring(0, Math.max(slash, 0))),
                    cursor.substring(slash + 1));
        } catch (DateTimeException e) {
            throw Problem.invalid("cursor", "send the next of the page before, as it was given");
        }
    }

    private Response group(Request request) {
        Principal who = request.principal();
        ObjectNode shown = ground.database().jdbi().withHandle(handle -> {
            Group group = Crashes.group(handle, who, request.path("id"));
            ObjectNode view = CrashView.group(group);
            view.set("firmwares", Json.tree(GroupSql.firmwares(handle, group.id(), FIRMWARES_MAX)));
            view.set("newest", CrashSql.ofGroup(handle, group.id(), who.region(), null, 1).stream()
                    .findFirst().map(CrashView::whole).orElse(null));
            List<Group> alike = group.namesKey() == null
                    ? List.of()
                    : GroupSql.alike(handle, group, who.region(), ALIKE_MAX);
            view.set("alike", Json.tree(alike.stream().map(CrashView::group).toList()));
            return view;
        });
        return Response.ok(shown);
    }

    private Response reprocessGroup(Request request) {
        Principal who = request.principal();
        int count = ground.database().inTransaction(handle -> {
            Group group = Crashes.group(handle, who, request.path("id"));
            int waiting = CrashSql.newsOfGroup(handle, group.id(), ground.now());
            Audit.append(handle, who, "crash-group.reprocess", "crash-group/" + group.id(),
                    Json.object().put("crashes", waiting));
            return waiting;
        });
        worked.run();
        return Response.accepted(Json.object().put("crashes", count));
    }

    private Response missing(Request request) {
        return Response.ok(new CrashView.MissingPage(ground.database().jdbi().withHandle(
                handle -> CrashSql.missing(handle, request.query("product").orElse(null),
                        request.limit()))));
    }
}
