package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.postgres.Outbox;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Makes one case of two, and two of one again: a duplicate ends, its faults, also later ones, go to the main case, and the
/// diagnosis is told where. Both cases are locked, always in one order.
final class Merging {
    private final Tickets tickets;
    private final TicketReader reader;
    private final Changes changes;

    Merging(Tickets tickets, TicketReader reader, Changes changes) {
        this.tickets = tickets;
        this.reader = reader;
        this.changes = changes;
    }

    private record Pair(Ticket duplicate, Ticket main) {}

    /// @param duplicate by its id or number
    /// @return the main case
    Ticket merge(Handle handle, Request request, String duplicate, String into, String reason) {
        Ticket seen = reader.visible(handle, request.principal(), duplicate);
        Pair pair = locked(handle, seen.id(), reader.visible(handle, request.principal(), into).id());
        request.ifMatchGiven().ifPresent(version -> Changes.requireVersion(pair.duplicate(), version));
        Long further = pair.main().handling().mergedInto();
        if (further != null) {
            throw Problem.conflict(pair.main().number() + " is itself merged into " + Ticket.number(further)
                    + "; merge into that one");
        }
        if (pair.main().state() == TicketState.CANCELLED) {
            throw Problem.conflict(pair.main().number() + " is cancelled; merge into a case that stands");
        }
        long main = pair.main().id();
        changes.apply(handle, pair.duplicate(), new TicketEvent.Merged(main, reason), request,
                "ticket.merge", Json.object().put("into", pair.main().number()).put("reason", reason));
        tell(handle, pair.duplicate(), main, MergeStore.take(handle, seen.id(), main, tickets.now()));
        return changes.apply(handle, pair.main(), new TicketEvent.Absorbed(seen.id(), true, reason), request,
                "ticket.absorb", Json.object().put("ticket", pair.duplicate().number()));
    }

    /// @param duplicate by its id or number
    /// @return the case that stands by itself again
    Ticket unmerge(Handle handle, Request request, String duplicate, String reason) {
        Ticket seen = reader.visible(handle, request.principal(), duplicate);
        Long into = seen.handling().mergedInto();
        if (into == null) {
            throw Problem.conflict(seen.number() + " is not merged into another case");
        }
        Pair pair = locked(handle, seen.id(), into);
        request.ifMatchGiven().ifPresent(version -> Changes.requireVersion(pair.duplicate(), version));
        Changes.requireOnlyOpen(handle, pair.duplicate());
        Ticket apart = changes.apply(handle, pair.duplicate(), new TicketEvent.Unmerged(reason), request,
                "ticket.unmerge", Json.object().put("from", pair.main().number()).put("reason", reason));
        tell(handle, apart, apart.id(), MergeStore.giveBack(handle, apart.id(), tickets.now()));
        changes.apply(handle, pair.main(), new TicketEvent.Absorbed(apart.id(), false, reason), request,
                "ticket.release", Json.object().put("ticket", apart.number()));
        return apart;
    }

    // Fingerprints before rows, as faults do, and each kind in one order, so that nobody waits in a circle.
    private static Pair locked(Handle handle, long duplicate, long main) {
        if (duplicate == main) {
            throw Problem.conflict(Ticket.number(main) + " cannot be merged into itself");
        }
        Stream.of(duplicate, main).map(id -> TicketStore.find(handle, id).orElseThrow())
                .filter(ticket -> ticket.signal() != null)
                .sorted((one, other) -> fingerprint(one).compareTo(fingerprint(other)))
                .forEach(ticket -> lock(handle, ticket));
        Ticket first = TicketStore.lock(handle, Math.min(duplicate, main)).orElseThrow();
        Ticket second = TicketStore.lock(handle, Math.max(duplicate, main)).orElseThrow();
        return first.id() == duplicate ? new Pair(first, second) : new Pair(second, first);
    }

    private static void lock(Handle handle, Ticket ticket) {
        Signal signal = ticket.signal();
        if (signal != null) {
            TicketStore.lockFingerprint(handle, ticket.device(), signal.code());
        }
    }

    private static String fingerprint(Ticket ticket) {
        Signal signal = ticket.signal();
        return ticket.report().serial() + " " + (signal == null ? "" : signal.code());
    }

    private static void tell(Handle handle, Ticket of, long ticket, List<String> faults) {
        for (String fault : faults) {
            Outbox.append(handle, "ticket.opened", fault + ":" + ticket + ":" + of.version(),
                    Json.object().put("ticket", Long.toString(ticket)).put("number", Ticket.number(ticket))
                            .put("fault", fault).put("device", of.report().serial()));
        }
    }
}
