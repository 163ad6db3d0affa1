package io.aftercare.service.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.DeskGround;
import io.aftercare.service.period.Period;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Costs by HTTP (`openapi/service/cost.yaml`). Each write is one transaction with its audit entry.
final class CostRoutes {
    private final Database database;
    private final DeskGround ground;
    private final Cases cases;
    private final Costs costs;

    CostRoutes(DeskGround ground, Cases cases, Costs costs) {
        this.database = ground.database();
        this.ground = ground;
        this.cases = cases;
        this.costs = costs;
    }

    void bind(Operations operations) {
        operations.on("addCost", this::add).on("listCosts", this::list).on("getCost", this::get)
                .on("editCost", this::edit).on("verifyCost", this::verify).on("settleCost", this::settle)
                .on("counterCost", this::counter).on("getCostSummary", this::summary)
                .on("listCostPeriods", this::periods).on("closeCostPeriod", this::close)
                .on("listBudgets", this::budgets).on("putBudget", this::putBudget);
    }

    private Response add(Request request) {
        CostBodies.Add asked = request.body(CostBodies.Add.class);
        return database.inTransaction(handle -> {
            Long ticket = asked.ticket() == null
                    ? null
                    : Long.valueOf(cases.visible(handle, request.principal(), asked.ticket()).id());
            CostEntry entry = costs.enter(handle, asked.toCost(ticket, request.principal().name(),
                    ground.now()));
            audit(handle, request, "cost.enter", entry, null);
            return Response.created("/api/v1/costs/" + entry.id(), entry).withVersion(entry.version());
        });
    }

    private Response list(Request request) {
        return Response.ok(database.inTransaction(handle -> {
            Optional<Ticket> ticket = request.query("ticket")
                    .map(name -> cases.visible(handle, request.principal(), name));
            return CostStore.list(handle, request, ticket.map(Ticket::id).orElse(null));
        }));
    }

    private Response get(Request request) {
        CostEntry entry = database.jdbi().withHandle(handle -> CostStore.find(handle, id(request)))
                .orElseThrow(() -> Problem.notFound("cost", request.path("id")));
        return Response.versioned(entry, entry.version());
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        CostBodies.Edit asked = request.body(CostBodies.Edit.class);
        return change(request, "cost.edit", Optional.of(version), entry -> {
            refuse(CostGuards.againstEdit(entry));
            return asked.of(entry);
        });
    }

    private Response verify(Request request) {
        CostBodies.Verify asked = request.body(CostBodies.Verify.class);
        String who = request.principal().name();
        return change(request, "cost.verify", request.ifMatchGiven(), entry -> {
            CostEntry shown = new CostBodies.Edit(null, null, asked.voucher(), null).of(entry);
            refuse(CostGuards.againstVerify(shown, who));
            return with(shown, CostState.VERIFIED, who, ground.now(), null, null);
        });
    }

    private Response settle(Request request) {
        String who = request.principal().name();
        return change(request, "cost.settle", request.ifMatchGiven(), entry -> {
            refuse(CostGuards.againstSettle(entry, who));
            return with(entry, CostState.SETTLED, entry.verifiedBy(), entry.verifiedAt(), who, ground.now());
        });
    }

    private Response counter(Request request) {
        CostBodies.Counter asked = request.body(CostBodies.Counter.class);
        return database.inTransaction(handle -> {
            CostEntry entry = locked(handle, request);
            refuse(CostGuards.againstCounter(entry));
            CostStore.counterOf(handle, id(request)).ifPresent(other -> {
                throw Problem.conflict("Cost " + entry.id() + " has the counter-entry " + other + " already");
            });
            CostEntry counter = costs.enter(handle, new NewCost(
                    entry.ticket() == null ? null : Long.valueOf(entry.ticket()), entry.kind(),
                    entry.amount().negate(), "", asked.reason().strip(), entry.reference(), null,
                    entry.department(), ground.now(), request.principal().name(), null, id(request)));
            audit(handle, request, "cost.counter", counter, Json.object().put("reason", asked.reason()));
            return Response.created("/api/v1/costs/" + counter.id(), counter).withVersion(counter.version());
        });
    }

    private Response summary(Request request) {
        Period period = period(request.query("period").orElse(""));
        return Response.ok(database.inTransaction(handle -> costs.summary(handle, period)));
    }

    private Response periods(Request request) {
        return Response.ok(new Page<>(database.jdbi().withHandle(CostPeriods::list), null));
    }

    private Response close(Request request) {
        Period month = period(request.path("period"));
        return Response.ok(database.inTransaction(handle -> {
            CostPeriods.Closed closed = CostPeriods.close(handle, month, request.principal().name(),
                    ground.now(), costs.zone(handle));
            Audit.append(handle, new Audit.Entry(request.principal(), "cost.close",
                    "cost-period/" + month.text(), Json.tree(closed), request.address()));
            return closed;
        }));
    }

    private Response budgets(Request request) {
        Period period = period(request.query("period").orElse(""));
        return Response
                .ok(new Page<>(database.jdbi().withHandle(handle -> Budgets.of(handle, period)), null));
    }

    private Response putBudget(Request request) {
        Period period = period(request.path("period"));
        BigDecimal amount = CostBodies.amount(request.body(CostBodies.Budget.class).amount());
        return database.inTransaction(handle -> {
            Budgets.Line line = Budgets.put(handle, request.path("department"), period, amount,
                    request.ifMatchGiven());
            Audit.append(handle, new Audit.Entry(request.principal(), "budget.put",
                    "budget/" + line.department() + "/" + line.period(), Json.tree(line), request.address()));
            return Response.versioned(line, line.version());
        });
    }

    private Response change(Request request, String action, Optional<Integer> version,
            UnaryOperator<CostEntry> step) {
        return database.inTransaction(handle -> {
            CostEntry before = locked(handle, request);
            if (version.isPresent() && version.get() != before.version()) {
                throw Problem.staleVersion("cost", before.id(), before.version());
            }
            CostEntry after = CostStore.update(handle, step.apply(before));
            audit(handle, request, action, after, Json.object().set("before", Json.tree(before)));
            return Response.versioned(after, after.version());
        });
    }

    private static CostEntry locked(Handle handle, Request request) {
        return CostStore.lock(handle, id(request))
                .orElseThrow(() -> Problem.notFound("cost", request.path("id")));
    }

    private static CostEntry with(CostEntry entry, CostState state, @Nullable String verifiedBy,
            @Nullable Instant verifiedAt, @Nullable String settledBy, @Nullable Instant settledAt) {
        return new CostEntry(entry.id(), entry.version(), entry.ticket(), entry.kind(), entry.amount(),
                entry.basis(), entry.text(), entry.reference(), entry.voucher(), entry.department(),
                entry.period(), entry.at(), state, entry.model(), entry.region(), entry.grade(),
                entry.enteredBy(), verifiedBy, verifiedAt, settledBy, settledAt, entry.reverses());
    }

    private static void refuse(Optional<String> why) {
        why.ifPresent(text -> {
            throw Problem.conflict(text);
        });
    }

    private static void audit(Handle handle, Request request, String action, CostEntry entry,
            @Nullable JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "cost/" + entry.id(),
                detail == null ? Json.tree(entry) : detail, request.address()));
    }

    private static Period period(String text) {
        return Period.find(text).orElseThrow(() -> Problem.invalid("period",
                "a month such as 2026-11, a quarter such as 2026-Q4, or a year is needed"));
    }

    private static long id(Request request) {
        try {
            return Long.parseLong(request.path("id"));
        } catch (NumberFormatException e) {
            throw Problem.notFound("cost", request.path("id"));
        }
    }
}
