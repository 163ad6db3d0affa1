package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.crash.symbol.BuildId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups of crashes by HTTP.
final class GroupRoutes {
    private static final int FIRMWARES_MAX = 50;
    private static final int BUILDS_MAX = 50;
    private static final int TREND_DAYS = 14;

    private final RemoteGround ground;
    private final Groups groups;
    private final Runnable worked;

    /// @param worked is told that there is something to work out
    GroupRoutes(RemoteGround ground, Groups groups, Runnable worked) {
        this.ground = ground;
        this.groups = groups;
        this.worked = worked;
    }

    private record Assigning(@Nullable String assignee) {}

    private record Resolving(String firmware, @Nullable String why) {}

    private record Reopening(@Nullable String why) {}

    private record Merging(String into) {}

    void bind(Operations operations) {
        operations.on("listCrashGroups", this::list).on("getCrashGroup", this::get)
                .on("reprocessCrashGroup", this::reprocess).on("assignCrashGroup", this::assign)
                .on("resolveCrashGroup", this::resolve).on("reopenCrashGroup", this::reopen)
                .on("mergeCrashGroup", this::merge);
    }

    private Response list(Request request) {
        Lists.Sort sort = Lists.Sort.parse(request.query("sort").orElse("lastSeen"));
        Lists.Groups wanted = new Lists.Groups(
                request.query("model").orElse(null),
                request.query("firmware").orElse(null),
                request.query("buildId").map(GroupRoutes::build).orElse(null),
                request.query("device").orElse(null), request.query("state").orElse(null), sort);
        List<Group> rows = ground.database().jdbi().withHandle(handle -> Lists.groups(handle, wanted,
                request.principal().region(), request.cursor(), request.limit() + 1));
        Page<Group> page = Page.of(rows, request.limit(), sort::cursor);
        return Response.ok(new Page<>(page.items().stream().map(CrashView::group).toList(), page.next()));
    }

    private static String build(String text) {
        return BuildId.parse(text).orElseThrow(() -> Problem.invalid("buildId",
                "a build id has 8 to 64 hexadecimal digits")).hex();
    }

    private Response get(Request request) {
        Principal who = request.principal();
        return ground.database().jdbi().withHandle(handle -> {
            Group group = Crashes.group(handle, who, request.path("id"));
            ObjectNode view = CrashView.group(group);
            view.set("firmwares", Json.tree(GroupSql.firmwares(handle, group.id(), FIRMWARES_MAX)));
            view.set("builds", Json.tree(GroupSql.builds(handle, group.id(), BUILDS_MAX)));
            view.set("trend",
                    Json.tree(GroupSql.trend(handle, group.id(), who.region(), ground.now(), TREND_DAYS)));
            view.set("newest", CrashSql.ofGroup(handle, group.id(), who.region(), null, 1).stream()
                    .findFirst().map(CrashView::whole).orElse(null));
            return Response.versioned(view, group.version());
        });
    }

    private Response reprocess(Request request) {
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

    private Response assign(Request request) {
        return shown(groups.assign(request.principal(), request.path("id"), request.ifMatch(),
                request.body(Assigning.class).assignee()));
    }

    private Response resolve(Request request) {
        Resolving body = request.body(Resolving.class);
        return shown(groups.resolve(request.principal(), request.path("id"), request.ifMatch(),
                body.firmware(), body.why()));
    }

    private Response reopen(Request request) {
        return shown(groups.reopen(request.principal(), request.path("id"), request.ifMatch(),
                request.body(Reopening.class).why()));
    }

    private Response merge(Request request) {
        return shown(groups.merge(request.principal(), request.path("id"), request.ifMatch(),
                request.body(Merging.class).into()));
    }

    private static Response shown(Group group) {
        return Response.versioned(CrashView.group(group), group.version());
    }
}
