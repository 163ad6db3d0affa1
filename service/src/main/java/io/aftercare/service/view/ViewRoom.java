package io.aftercare.service.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists as people like to see them (`openapi/service/view.yaml`): at most [#PER_PERSON_MAX] each, and what they share with all. What
/// partners see in their lists is theirs alone, so they neither share nor see what others share.
public final class ViewRoom implements Room {
    static final int PER_PERSON_MAX = 50;

    private final DeskGround ground;

    private record Asked(String page, String query, String title, @Nullable Boolean shared) {}

    public ViewRoom(DeskGround ground) {
        this.ground = ground;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listViews", this::list).on("putView", this::put).on("deleteView", this::delete);
    }

    private Response list(Request request) {
        Principal reader = request.principal();
        int skipped = Math.toIntExact(Math.clamp(request.cursorNumber().orElse(0L), 0, Integer.MAX_VALUE));
        List<SavedView> rows = ground.database().jdbi().withHandle(
                handle -> ViewStore.of(handle, reader.name(), !reader.has(Role.PARTNER),
                        request.query("page").orElse(null), skipped, request.limit() + 1));
        Page<SavedView> page = Page.of(rows, request.limit(),
                _ -> Integer.toString(skipped + request.limit()));
        return Response.ok(page);
    }

    private Response put(Request request) {
        Asked asked = request.body(Asked.class);
        boolean shared = Boolean.TRUE.equals(asked.shared());
        String author = request.principal().name();
        if (shared && request.principal().has(Role.PARTNER)) {
            throw Problem.forbidden("A partner's views are for itself alone");
        }
        if (asked.title().isBlank()) {
            throw Problem.invalid("title", "a view needs a title that is more than blanks");
        }
        return ground.database().inTransaction(handle -> {
            int count = ViewStore.count(handle, author);
            Optional<SavedView> before = ViewStore.lock(handle, author, request.path("name"));
            int version = before.map(SavedView::version).orElse(0);
            if (before.isPresent() && request.ifMatch() != version
                    || request.ifMatchGiven().orElse(version) != version) {
                throw Problem.staleVersion("view", request.path("name"), version);
            }
            if (before.isEmpty() && count >= PER_PERSON_MAX) {
                throw Problem.conflict("You have " + PER_PERSON_MAX + " views already; delete one first");
            }
            SavedView after = ViewStore.put(handle, new SavedView(request.path("name"), author, asked.page(),
                    asked.query(), asked.title().strip(), shared, 0, ground.now()), ground.now());
            if (shared || before.filter(SavedView::isShared).isPresent()) {
                audit(handle, request, "view.put", after, Json.object().put("page", after.page())
                        .put("query", after.query()).put("title", after.title()).put("shared", shared));
            }
            return Response.versioned(after, after.version());
        });
    }

    private Response delete(Request request) {
        ground.database().useTransaction(handle -> {
            SavedView view = ViewStore.lock(handle, request.principal().name(), request.path("name"))
                    .orElseThrow(() -> Problem.notFound("view", request.path("name")));
            if (request.ifMatchGiven().orElse(view.version()) != view.version()) {
                throw Problem.staleVersion("view", view.name(), view.version());
            }
            ViewStore.delete(handle, view);
            if (view.isShared()) {
                audit(handle, request, "view.delete", view, null);
            }
        });
        return Response.noContent();
    }

    private static void audit(Handle handle, Request request, String action, SavedView view,
            @Nullable ObjectNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action,
                "view/" + view.author() + "/" + view.name(), detail, request.address()));
    }
}
