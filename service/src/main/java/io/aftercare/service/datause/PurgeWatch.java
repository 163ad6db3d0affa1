package io.aftercare.service.datause;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Purges temporary data some time after its case was closed (R75). When that is due stands in the database; a case that is
/// reopened keeps what it needs.
final class PurgeWatch {
    /// Long enough for a case to come back.
    static final Duration KEEP = Duration.ofDays(30);
    /// How soon a case under a legal hold is looked at again.
    private static final Duration HOLD_AGAIN = Duration.ofDays(1);
    private static final int BATCH_MAX = 50;

    private final DeskGround ground;
    private final Cases cases;
    private final List<TemporaryData> keepers;

    PurgeWatch(DeskGround ground, Cases cases, List<TemporaryData> keepers) {
        this.ground = ground;
        this.cases = cases;
        this.keepers = List.copyOf(keepers);
    }

    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        boolean ended = after.state() == TicketState.CLOSED || after.state() == TicketState.CANCELLED;
        if (before == null || before.state() == after.state()) {
            return;
        }
        if (ended) {
            handle.createUpdate("""
                    INSERT INTO service.data_purge (ticket, due) VALUES (:ticket, :due)
                    ON CONFLICT (ticket) DO UPDATE SET due = excluded.due, done_at = NULL""")
                    .bind("ticket", after.id())
                    .bind("due", ground.now().plus(KEEP)).execute();
        } else {
            handle.createUpdate("DELETE FROM service.data_purge WHERE ticket = :ticket AND done_at IS NULL")
                    .bind("ticket", after.id()).execute();
        }
    }

    /// @return whether there may be more
    boolean purgeDue() {
        List<Long> due = ground.database().jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT ticket FROM service.data_purge WHERE done_at IS NULL AND due <= :now ORDER BY due LIMIT :limit""")
                .bind("now", ground.now()).bind("limit", BATCH_MAX).mapTo(Long.class).list());
        due.forEach(ticket -> ground.database().useTransaction(handle -> purge(handle, ticket)));
        return due.size() == BATCH_MAX;
    }

    // The case is locked first, as by those who change it: it cannot be reopened in between.
    private void purge(Handle handle, long ticket) {
        Ticket locked = cases.lock(handle, ticket).orElseThrow();
        if (isHeld(handle, ticket)) {
            handle.createUpdate(
                    "UPDATE service.data_purge SET due = :due WHERE ticket = :ticket AND done_at IS NULL")
                    .bind("due", ground.now().plus(HOLD_AGAIN)).bind("ticket", ticket).execute();
            return;
        }
        int mine = handle.createUpdate(
                """
                        UPDATE service.data_purge SET done_at = :now WHERE ticket = :ticket AND done_at IS NULL AND due <= :now""")
                .bind("now", ground.now()).bind("ticket", ticket).execute();
        if (mine == 1) {
            // What other features keep: they say in data.purged how much it was.
            Outbox.append(handle, "data.purge", "ticket/" + ticket + "/" + ground.now().toEpochMilli(),
                    Json.object().put("ticket", Long.toString(ticket)).put("number", locked.number()));
        }
        int purged = mine == 0 ? 0 : keepers.stream().mapToInt(keeper -> keeper.purge(handle, ticket)).sum();
        if (purged > 0) {
            cases.note(handle, ticket, Actor.SYSTEM, new Note(ground.now(), "data",
                    "Purged what was kept for this case alone", Json.object().put("purged", purged)));
            Audit.append(handle, Principal.SYSTEM, "data.purge", "ticket/" + ticket,
                    Json.object().put("purged", purged));
        }
    }

    private static boolean isHeld(Handle handle, long ticket) {
        return Customers.ofTicket(handle, ticket).filter(customer -> customer.hold() != null).isPresent();
    }

    /// What other features destroyed for a case.
    void purgedElsewhere(Handle handle, JsonNode told) {
        cases.note(handle, told.path("ticket").asLong(), Actor.SYSTEM, new Note(ground.now(), "data",
                "Purged what was taken off the device for this case",
                Json.object().put("purged", told.path("purged").asInt())));
    }
}
