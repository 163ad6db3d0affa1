package io.aftercare.service.loaner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The pool and its loans by HTTP (`openapi/service/loaner.yaml`). Each write is one transaction with its audit entry.
final class LoanerRoutes {
    private final DeskGround ground;
    private final Database database;
    private final Cases cases;

    LoanerRoutes(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.database = ground.database();
        this.cases = cases;
    }

    record AddBody(DeviceId device, @Nullable List<String> equivalents, @Nullable String note) {}

    record MoveBody(String to, @Nullable String note) {}

    record LendBody(DeviceId device, @Nullable Instant due) {}

    record BackBody(String condition, boolean sound, boolean wiped) {}

    void bind(Operations operations) {
        operations.on("addLoaner", this::add).on("listLoaners", this::list).on("moveLoaner", this::move)
                .on("listTicketLoans", this::loans).on("lendLoaner", this::lend)
                .on("takeBackLoaner", this::takeBack);
    }

    private Response add(Request request) {
        AddBody body = request.body(AddBody.class);
        Device device = ground.devices().read(body.device())
                .orElseThrow(() -> Problem.invalid("device", "there is no device " + body.device()));
        if (!device.customer().isEmpty()) {
            throw Problem.conflict(
                    "The device " + device.id() + " is in use elsewhere: customer " + device.customer());
        }
        return database.inTransaction(handle -> {
            if (!LoanerStore.add(handle, device.id(),
                    Objects.requireNonNullElse(body.equivalents(), List.of()),
                    Objects.requireNonNullElse(body.note(), ""))) {
                throw Problem.conflict("The device " + device.id() + " is in the pool already");
            }
            Loaner made = LoanerStore.find(handle, device.id(), false).orElseThrow();
            audit(handle, request, "loaner.add", device.id(), Json.tree(made));
            return Response.created("/api/v1/loaners", made).withVersion(made.version());
        });
    }

    private Response list(Request request) {
        String after = request.cursor() == null ? "" : request.cursor();
        List<Loaner> rows = database.jdbi().withHandle(handle -> LoanerStore.list(handle,
                request.query("state").orElse(null), request.query("model").orElse(null), after,
                request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), one -> one.device().value()));
    }

    private Response move(Request request) {
        MoveBody body = request.body(MoveBody.class);
        LoanerState to = LoanerState.parse(body.to()).filter(state -> state != LoanerState.LENT)
                .orElseThrow(() -> Problem.invalid("to", "available, checking or retired is needed"));
        return database.inTransaction(handle -> {
            Loaner before = locked(handle, request.path("loaner"));
            request.ifMatchGiven().filter(version -> version != before.version()).ifPresent(_ -> {
                throw Problem.staleVersion("loaner", before.device().value(), before.version());
            });
            if (before.state() == LoanerState.LENT || !before.state().next().contains(to)) {
                throw Problem.conflict("The loaner " + before.device() + " is " + before.state().text()
                        + " and cannot become " + to.text());
            }
            LoanerStore.move(handle, before.device(), to, Objects.requireNonNullElse(body.note(), ""));
            Loaner after = LoanerStore.find(handle, before.device(), false).orElseThrow();
            audit(handle, request, "loaner." + to.text(), before.device(), Json.tree(after));
            return Response.versioned(after, after.version());
        });
    }

    private Response loans(Request request) {
        return database.inTransaction(handle -> Response.ok(new Page<>(LoanerStore.ofTicket(handle,
                cases.visible(handle, request).id(), ground.now()), null)));
    }

    private Response lend(Request request) {
        LendBody body = request.body(LendBody.class);
        return database.inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Loaner loaner = locked(handle, body.device().value());
            requireFit(handle, ticket, loaner);
            long id = LoanerStore.lend(handle, loaner.device(), ticket.id(), request.principal().name(),
                    ground.now(), body.due());
            LoanerStore.move(handle, loaner.device(), LoanerState.LENT, loaner.note());
            Response response = answer(handle, request, ticket, 201,
                    "Lent " + loaner.device() + " until the repair ends",
                    Json.object().put("says", "lent").put("loaner", loaner.device().toString()));
            audit(handle, request, "loaner.lend", loaner.device(),
                    Json.object().put("ticket", ticket.number()).put("loan", id));
            return response;
        });
    }

    private void requireFit(Handle handle, Ticket ticket, Loaner loaner) {
        if (!ticket.state().isOpen()) {
            throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                    + "; a device is lent while a repair goes on");
        }
        if (loaner.state() != LoanerState.AVAILABLE) {
            throw Problem.conflict("The loaner " + loaner.device() + " is " + loaner.state().text());
        }
        String model = ground.devices().read(ticket.device()).map(Device::model).orElse("");
        if (!loaner.standsInFor(model)) {
            throw Problem.conflict("The loaner " + loaner.device() + " is a " + loaner.model()
                    + " and stands in for " + loaner.equivalents() + ", not for a " + model);
        }
        LoanerStore.ofTicket(handle, ticket.id(), ground.now()).stream().filter(Loan::isOpen).findFirst()
                .ifPresent(open -> {
                    throw Problem.conflict(ticket.number() + " has the loaner " + open.loaner() + " already");
                });
    }

    private Response takeBack(Request request) {
        BackBody body = request.body(BackBody.class);
        return database.inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Loan loan = LoanerStore.ofTicket(handle, ticket.id(), ground.now()).stream().filter(Loan::isOpen)
                    .findFirst()
                    .orElseThrow(() -> Problem.conflict(ticket.number() + " has no loaner"));
            Loaner loaner = locked(handle, loan.loaner().value());
            LoanerStore.takeBack(handle, loan.id(), request.principal().name(), body.condition().strip(),
                    body.sound(), body.wiped(), ground.now());
            LoanerStore.move(handle, loaner.device(), body.sound() && body.wiped()
                    ? LoanerState.AVAILABLE
                    : LoanerState.CHECKING, loaner.note());
            Response response = answer(handle, request, ticket, 200,
                    "Loaner " + loaner.device() + " came back: " + body.condition().strip(),
                    Json.object().put("says", "back").put("loaner", loaner.device().toString())
                            .put("words", body.condition().strip()));
            audit(handle, request, "loaner.take-back", loaner.device(),
                    Json.object().put("ticket", ticket.number()).put("sound", body.sound())
                            .put("wiped", body.wiped()));
            return response;
        });
    }

    private Response answer(Handle handle, Request request, Ticket ticket, int status, String text,
            ObjectNode told) {
        cases.note(handle, ticket.id(), new Actor(request.principal(), request.address()),
                new Note(ground.now(), "loaner", text, told));
        Loan loan = LoanerStore.ofTicket(handle, ticket.id(), ground.now()).getFirst();
        Response response = Response.versioned(loan, loan.version());
        return new Response(status, response.body(), response.headers());
    }

    private static Loaner locked(Handle handle, String serial) {
        return (DeviceId.isSerial(serial)
                ? LoanerStore.find(handle, new DeviceId(serial), true)
                : Optional.<Loaner>empty())
                .orElseThrow(() -> Problem.notFound("loaner", serial));
    }

    private static void audit(Handle handle, Request request, String action, DeviceId device,
            JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "loaner/" + device, detail,
                request.address()));
    }
}
