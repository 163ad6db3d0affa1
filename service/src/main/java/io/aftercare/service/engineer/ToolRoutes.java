package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.text.Cause;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tool register (R76). Each write is one transaction with its audit entry and a line in the tool's own history.
final class ToolRoutes {
    private final Desk desk;

    ToolRoutes(Desk desk) {
        this.desk = desk;
    }

    void bind(Operations operations) {
        operations.on("registerTool", this::register).on("listTools", this::list).on("getTool", this::get)
                .on("editTool", this::edit).on("serveTool", this::serve);
    }

    private record New(String serial, String name, @Nullable String holder, @Nullable String calibrationDue,
            @Nullable String maintenanceDue) {}

    private record Served(String kind, String doneOn, @Nullable String nextDue, String note) {}

    /// A tool as the API shows it.
    ///
    /// @param trouble why nobody should measure with it today, null where it is in order
    /// @param cause   the same by code
    /// @param history null in a list
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record View(String serial, String name, @Nullable String holder,
            @Nullable LocalDate calibrationDue,
            @Nullable LocalDate maintenanceDue, boolean retired, @Nullable String trouble,
            @Nullable Cause cause, int version,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ToolStore.Event> history) {}

    private Response register(Request request) {
        New asked = request.body(New.class);
        Tool tool = new Tool(asked.serial(), 1, asked.name().strip(), asked.holder(),
                dayOrNull("calibrationDue", asked.calibrationDue()),
                dayOrNull("maintenanceDue", asked.maintenanceDue()), false);
        return desk.ground().database().inTransaction(handle -> {
            requireHolder(handle, tool.holder());
            if (!ToolStore.insert(handle, tool, desk.ground().now())) {
                throw Problem.conflict("There is a tool " + tool.serial() + " already");
            }
            note(handle, request, tool.serial(), "registered", desk.today(), "", null);
            desk.audit(handle, request, "tool.register", "tool/" + tool.serial(), asked);
            return Response.created("/api/v1/tools/" + tool.serial(), detail(handle, tool))
                    .withVersion(tool.version());
        });
    }

    private Response list(Request request) {
        LocalDate dueBy = request.query("dueBy").map(text -> Desk.day("dueBy", text)).orElse(null);
        List<View> rows = desk.ground().database().jdbi().withHandle(handle -> ToolStore.list(handle,
                request.query("holder").orElse(null), dueBy, Objects.requireNonNullElse(request.cursor(), ""),
                request.limit() + 1)).stream().map(tool -> view(tool, null)).toList();
        return Response.ok(Page.of(rows, request.limit(), View::serial));
    }

    private Response get(Request request) {
        return desk.ground().database().inTransaction(handle -> {
            Tool tool = ToolStore.find(handle, request.path("serial"))
                    .orElseThrow(() -> Problem.notFound("tool", request.path("serial")));
            return Response.versioned(detail(handle, tool), tool.version());
        });
    }

    private Response edit(Request request) {
        JsonNode asked = request.json();
        return change(request, "tool.edit", asked, (handle, before) -> {
            boolean handed = asked.has("holder");
            String holder = handed ? asked.get("holder").textValue() : before.holder();
            boolean retired = asked.path("retired").asBoolean(before.retired());
            String name = asked.path("name").asText(before.name());
            requireHolder(handle, holder);
            if (handed) {
                note(handle, request, before.serial(), "handed", desk.today(),
                        holder == null ? "to the store" : "to " + holder, null);
            }
            if (retired && !before.retired()) {
                note(handle, request, before.serial(), "retired", desk.today(), "", null);
            }
            return new Tool(before.serial(), before.version(), name, holder, before.calibrationDue(),
                    before.maintenanceDue(), retired);
        });
    }

    private Response serve(Request request) {
        Served asked = request.body(Served.class);
        LocalDate doneOn = Desk.day("doneOn", asked.doneOn());
        LocalDate next = dayOrNull("nextDue", asked.nextDue());
        if (doneOn.isAfter(desk.today())) {
            throw Problem.invalid("doneOn", "is in the future");
        }
        if (next != null && !next.isAfter(doneOn)) {
            throw Problem.invalid("nextDue", "comes after the day on which it was done");
        }
        boolean calibrated = asked.kind().equals("calibrated");
        return change(request, "tool." + asked.kind(), asked, (handle, before) -> {
            note(handle, request, before.serial(), asked.kind(), doneOn, asked.note(), next);
            return new Tool(before.serial(), before.version(), before.name(), before.holder(),
                    calibrated ? next : before.calibrationDue(), calibrated ? before.maintenanceDue() : next,
                    before.retired());
        });
    }

    @FunctionalInterface
    private interface Change {
        Tool make(Handle handle, Tool before);
    }

    private Response change(Request request, String action, Object detail, Change change) {
        String serial = request.path("serial");
        return desk.ground().database().inTransaction(handle -> {
            Tool before = ToolStore.lock(handle, serial).orElseThrow(() -> Problem.notFound("tool", serial));
            Desk.requireVersion(request, "tool", serial, before.version());
            Tool after = ToolStore.update(handle, change.make(handle, before));
            desk.audit(handle, request, action, "tool/" + serial, detail);
            return Response.versioned(detail(handle, after), after.version());
        });
    }

    private void note(Handle handle, Request request, String serial, String kind, LocalDate doneOn,
            String text,
            @Nullable LocalDate next) {
        ToolStore.note(handle, serial, new ToolStore.Event(kind, desk.ground().now(), doneOn,
                request.principal().name(), text, next));
    }

    private View detail(Handle handle, Tool tool) {
        return view(tool, ToolStore.events(handle, tool.serial()));
    }

    private View view(Tool tool, @Nullable List<ToolStore.Event> history) {
        Cause cause = tool.trouble(desk.today()).orElse(null);
        return new View(tool.serial(), tool.name(), tool.holder(), tool.calibrationDue(),
                tool.maintenanceDue(), tool.retired(), cause == null ? null : cause.text(), cause,
                tool.version(), history);
    }

    private static void requireHolder(Handle handle, @Nullable String holder) {
        if (holder != null && EngineerStore.find(handle, holder).isEmpty()) {
            throw Problem.invalid("holder", "there is no engineer " + holder);
        }
    }

    private static @Nullable LocalDate dayOrNull(String field, @Nullable String text) {
        return text == null ? null : Desk.day(field, text);
    }
}
