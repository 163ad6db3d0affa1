package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Runbooks as versioned documents (R91). An edition is in force when somebody other than its author approved it; until then
/// the one before it is.
final class RunbookRoutes {
    private static final int NAME_MAX = 200;
    private static final Duration REVISE_AFTER = Duration.ofDays(365);

    private final DeskGround ground;

    RunbookRoutes(DeskGround ground) {
        this.ground = ground;
    }

    private record Draft(@Nullable String name, @Nullable JsonNode about, JsonNode steps,
            @Nullable Instant reviseBy, @Nullable Boolean retired) {}

    /// A runbook with how it fared.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Shown(@JsonUnwrapped Runbook runbook, List<Learned.Rate> learned) {}

    void bind(Operations operations) {
        operations.on("addRunbook", this::add).on("listRunbooks", this::list).on("getRunbook", this::get)
                .on("putRunbook", this::put).on("approveRunbook", this::approve)
                .on("getRunbookDocument", this::document);
    }

    private Response add(Request request) {
        Draft asked = draft(request);
        JsonNode about = Objects.requireNonNullElse(asked.about(), Json.object());
        ProcedureReader.read(about, asked.steps());
        String name = name(asked);
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            long id = RunbookStore.insert(handle, name,
                    Objects.requireNonNullElseGet(asked.reviseBy(), () -> now.plus(REVISE_AFTER)))
                    .orElseThrow(() -> Problem.conflict("There is a runbook " + name + " already"));
            RunbookStore.addEdition(handle, id, 1, about, asked.steps(), request.principal().name(), now);
            return changed(handle, request, "runbook.write", id, 201);
        });
    }

    // a file names it too, and the gate does not know what is in one
    private static String name(Draft draft) {
        String name = draft.name() == null ? "" : draft.name().strip();
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw Problem.invalid("name", "a name of 1 to " + NAME_MAX + " characters is needed");
        }
        return name;
    }

    private static Draft draft(Request request) {
        boolean isYaml = request.header("Content-Type").filter(type -> type.contains("yaml")).isPresent();
        if (!isYaml) {
            return request.body(Draft.class);
        }
        JsonNode document = RunbookYaml.read(request.body());
        Reading.of("", document).checkOnly(Set.of("name", "about", "steps"));
        return new Draft(document.path("name").asText(""), document.get("about"), document.get("steps"), null,
                null);
    }

    private Response document(Request request) {
        Runbook newest = ground.database().jdbi()
                .withHandle(handle -> RunbookStore.newest(handle, Long.parseLong(request.path("id"))))
                .orElseThrow(() -> Problem.notFound("runbook", request.path("id")));
        return Response.versioned(Buffer.buffer(RunbookYaml.text(newest)), newest.version())
                .with("Content-Type", "application/yaml");
    }

    private Response put(Request request) {
        Draft asked = draft(request);
        return ground.database().inTransaction(handle -> {
            Runbook newest = locked(handle, request);
            JsonNode about = Objects.requireNonNullElse(asked.about(), newest.about());
            ProcedureReader.read(about, asked.steps());
            RunbookStore.touch(handle, newest.id(), Boolean.TRUE.equals(asked.retired()),
                    Objects.requireNonNullElse(asked.reviseBy(), newest.reviseBy()));
            RunbookStore.addEdition(handle, newest.id(), newest.edition() + 1, about, asked.steps(),
                    request.principal().name(), ground.now());
            return changed(handle, request, "runbook.write", newest.id(), 200);
        });
    }

    private Response approve(Request request) {
        return ground.database().inTransaction(handle -> {
            Runbook newest = locked(handle, request);
            if (newest.approver() != null) {
                throw Problem.conflict("Edition " + newest.edition() + " is approved already");
            }
            if (newest.author().equals(request.principal().name())) {
                throw Problem.conflict(
                        "Somebody else than " + newest.author() + ", who wrote it, has to approve it");
            }
            RunbookStore.approve(handle, newest.id(), newest.edition(), request.principal().name(),
                    ground.now());
            RunbookStore.touch(handle, newest.id(), newest.retired(), newest.reviseBy());
            return changed(handle, request, "runbook.approve", newest.id(), 200);
        });
    }

    private Response list(Request request) {
        List<Runbook> rows = ground.database().jdbi().withHandle(handle -> RunbookStore.list(handle,
                request.cursorNumber().orElse(0L), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response get(Request request) {
        return ground.database().jdbi().withHandle(handle -> {
            Runbook newest = RunbookStore.newest(handle, Long.parseLong(request.path("id")))
                    .orElseThrow(() -> Problem.notFound("runbook", request.path("id")));
            return Response.versioned(new Shown(newest, Learned.of(handle, newest.id(), ground.now())),
                    newest.version());
        });
    }

    private static Runbook locked(Handle handle, Request request) {
        int version = request.ifMatch();
        Runbook newest = RunbookStore.lock(handle, Long.parseLong(request.path("id")))
                .orElseThrow(() -> Problem.notFound("runbook", request.path("id")));
        if (newest.version() != version) {
            throw Problem.staleVersion("runbook", request.path("id"), newest.version());
        }
        return newest;
    }

    private static Response changed(Handle handle, Request request, String action, long id, int status) {
        Runbook runbook = RunbookStore.newest(handle, id).orElseThrow();
        Audit.append(handle, new Audit.Entry(request.principal(), action, "runbook/" + id,
                Json.object().put("name", runbook.name()).put("edition", runbook.edition()),
                request.address()));
        return new Response(status, runbook, Map.of("Location", "/api/v1/runbooks/" + id))
                .withVersion(runbook.version());
    }
}
