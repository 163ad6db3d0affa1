package io.aftercare.service.improvement;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Improvements by HTTP (`openapi/service/improvement.yaml`).
public final class ImprovementRoom implements Room {
    private final DeskGround ground;

    public ImprovementRoom(DeskGround ground) {
        this.ground = ground;
    }

    private record Idea(String text) {}

    private record Move(String to, @Nullable String analysis, @Nullable String measure,
            @Nullable String owner,
            @Nullable Instant due, @Nullable String verification) {
        Improvement.Step step() {
            return new Improvement.Step(ImprovementState.parse(to)
                    .orElseThrow(() -> Problem.invalid("to", "there is no state " + to)), analysis, measure,
                    owner,
                    due, verification);
        }
    }

    @Override
    public void bind(Operations operations) {
        operations.on("raiseServiceImprovement", this::raise).on("listServiceImprovements", this::list)
                .on("moveServiceImprovement", this::move);
    }

    private Response raise(Request request) {
        Idea asked = request.body(Idea.class);
        return ground.database().inTransaction(handle -> {
            long id = Improvements.raise(handle, new Improvements.Raised("staff", null, null, asked.text(),
                    request.principal().name()), ground.now()).orElseThrow();
            Improvement raised = Improvements.find(handle, id, false).orElseThrow();
            audit(handle, request, "improvement.raise", raised);
            return Response.created("/api/v1/service-improvements/" + id, raised)
                    .withVersion(raised.version());
        });
    }

    private Response list(Request request) {
        List<Improvement> rows = ground.database().jdbi().withHandle(handle -> handle
                .createQuery(
                        """
                                SELECT * FROM service.service_improvement WHERE id < :before AND (:state = '' OR state = :state)
                                  AND (:ticket = '' OR ticket::text = :ticket)
                                ORDER BY id DESC LIMIT :limit""")
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("state", request.query("state").orElse(""))
                .bind("ticket", request.query("ticket").orElse(""))
                .bind("limit", request.limit() + 1).map((row, _) -> Improvements.improvement(row)).list());
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response move(Request request) {
        Improvement.Step step = request.body(Move.class).step();
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            Improvement before = Improvements.find(handle, Long.parseLong(request.path("id")), true)
                    .orElseThrow(() -> Problem.notFound("improvement", request.path("id")));
            if (before.version() != version) {
                throw Problem.staleVersion("improvement", request.path("id"), before.version());
            }
            before.refusal(step).ifPresent(why -> {
                throw Problem.conflict(why);
            });
            Improvement after = Improvements.update(handle, before.moved(step, ground.now()));
            audit(handle, request, "improvement.move", after);
            return Response.versioned(after, after.version());
        });
    }

    private static void audit(Handle handle, Request request, String action, Improvement improvement) {
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, "service-improvement/" + improvement.id(),
                        Json.object().put("state", improvement.state().text()), request.address()));
    }
}
