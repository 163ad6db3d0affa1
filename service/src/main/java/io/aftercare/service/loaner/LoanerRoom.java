package io.aftercare.service.loaner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The room of loaners. A loan lasts until the repair ends: when its case is solved, the day of return is set, and when that
/// day is over the coordinators hear of it. A case with a lent device cannot be closed; it shows its loans as `loaner`.
/// Thread-safe.
public final class LoanerRoom implements Room {
    private static final int BATCH_MAX = 100;

    private final DeskGround ground;
    private final Cases cases;
    private final ReturnDays days;
    private final LoanerRoutes routes;
    private final BackgroundLoop overdue;

    /// How many days after the end of the repair a loaner is due back.
    @FunctionalInterface
    public interface ReturnDays {
        int of(Handle handle, DeviceId repaired);
    }

    /// @param lookEvery how often it is looked for loans that ran over their day
    public LoanerRoom(DeskGround ground, Cases cases, ReturnDays days, Duration lookEvery) {
        this.ground = ground;
        this.cases = cases;
        this.days = days;
        this.routes = new LoanerRoutes(ground, cases);
        this.overdue = new BackgroundLoop("service-loaners", lookEvery, this::tellOverdue);
        cases.require(this::missing);
        cases.listen(this::changed);
        cases.show("loaner", (handle, ticket, _) -> {
            List<Loan> loans = LoanerStore.ofTicket(handle, ticket.id(), ground.now());
            return loans.isEmpty() ? null : loans.getFirst();
        });
    }

    /// Whether a device is of the pool, as the end of a sentence.
    public static Optional<String> keeps(Handle handle, DeviceId device) {
        return LoanerStore.find(handle, device, false).map(_ -> "it is a loaner");
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(overdue);
    }

    private Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        return to == TicketState.CLOSED || to == TicketState.CANCELLED
                ? LoanerStore.ofTicket(handle, ticket.id(), ground.now()).stream().filter(Loan::isOpen)
                        .findFirst()
                        .map(loan -> "the loaner " + loan.loaner()
                                + " is with the customer; take it back first")
                : Optional.empty();
    }

    private void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        DeviceId repaired = after.report().device();
        boolean isOver = before != null && !before.state().isSolved() && after.state().isSolved();
        if (isOver && repaired != null) {
            Duration grace = Duration.ofDays(days.of(handle, repaired));
            if (LoanerStore.due(handle, after.id(), ground.now().plus(grace)) > 0) {
                ObjectNode payload = Json.object().put("ticket", Long.toString(after.id()))
                        .put("template", "loaner-due");
                payload.putObject("params").put("days", grace.toDays());
                Outbox.append(handle, "notice.customer",
                        "ticket/" + after.id() + '/' + after.version() + "/loaner-due", payload);
            }
        }
    }

    private boolean tellOverdue() {
        List<Loan> late = ground.database().jdbi()
                .withHandle(handle -> LoanerStore.late(handle, ground.now(), BATCH_MAX));
        late.forEach(loan -> ground.database().useTransaction(handle -> tellOverdue(handle, loan)));
        return late.size() == BATCH_MAX;
    }

    // The case is locked before its loan, as by whoever takes the loaner back, so that nobody waits in a circle.
    private void tellOverdue(Handle handle, Loan loan) {
        Instant now = ground.now();
        cases.lock(handle, loan.ticket()).filter(_ -> LoanerStore.markOverdue(handle, loan.id(), now))
                .ifPresent(ticket -> {
                    cases.note(handle, ticket.id(), Actor.SYSTEM, new Note(now, "loaner",
                            "The loaner " + loan.loaner() + " is overdue", null));
                    ObjectNode payload = Json.object().put("role", "coordinator")
                            .put("template", "loaner-overdue").put("ticket", Long.toString(ticket.id()));
                    payload.putObject("params").put("loaner", loan.loaner().value())
                            .put("due", String.valueOf(loan.due()));
                    Outbox.append(handle, "notice.staff", "loan/" + loan.id() + "/overdue", payload);
                });
    }
}
