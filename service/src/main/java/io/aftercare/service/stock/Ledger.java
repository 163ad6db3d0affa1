package io.aftercare.service.stock;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.stock.Shelves.Lot;
import io.aftercare.service.stock.Shelves.Shelf;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The one way in which stock changes: movements, written together with the balances that they add up to (R45). Stock is
/// never negative, whoever moves at the same time: all shelves concerned are locked first, by place and part. Works in the
/// caller's transaction, so that a crash leaves either all of it or nothing.
public final class Ledger {
    private Ledger() {}

    /// Writes movements; a [Problem] 409 says what stands against one of them, and then none is to be committed.
    ///
    /// @return the movements, more than postings where several batches were taken
    public static List<Movement> post(Handle handle, List<Posting> postings, String actor, Instant now) {
        SortedSet<Shelf> shelves = new TreeSet<>();
        for (Posting posting : postings) {
            Location from = Locations.named(handle, "from", posting.from());
            Location to = Locations.named(handle, "to", posting.to());
            requireWay(posting, from, to);
            if (from.kind().holds()) {
                shelves.add(new Shelf(from.code(), posting.part()));
            }
            if (to.kind().holds()) {
                shelves.add(new Shelf(to.code(), posting.part()));
            }
        }
        Shelves.lock(handle, shelves);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Movement> written = new ArrayList<>();
        for (Posting posting : postings) {
            for (Posting one : taken(handle, posting, shelves, today)) {
                written.add(write(handle, one, shelves, actor, now));
            }
        }
        return written;
    }

    /// Keeps everybody else from these parts at these places until the transaction ends; before several steps with them.
    public static void lock(Handle handle, List<String> parts, List<String> places) {
        SortedSet<Shelf> shelves = new TreeSet<>();
        places.forEach(place -> parts.forEach(part -> shelves.add(new Shelf(place, part))));
        Shelves.lock(handle, shelves);
    }

    /// Keeps parts on a shelf for a purpose; a [Problem] 409 where fewer are free.
    public static void reserve(Handle handle, String part, String location, int quantity, LocalDate today) {
        Shelf shelf = new Shelf(location, part);
        Shelves.lock(handle, new TreeSet<>(List.of(shelf)));
        int free = ready(Shelves.lots(handle, shelf), today) - Shelves.reserved(handle, shelf);
        if (free < quantity) {
            throw Problem
                    .conflict("Of part " + part + " " + Math.max(0, free) + " are available at " + location
                            + ", not " + quantity);
        }
        Shelves.reserve(handle, shelf, quantity);
    }

    /// Gives reserved parts free again.
    public static void release(Handle handle, String part, String location, int quantity) {
        Shelf shelf = new Shelf(location, part);
        Shelves.lock(handle, new TreeSet<>(List.of(shelf)));
        Shelves.reserve(handle, shelf, -quantity);
    }

    /// Takes a movement back by its opposite; a [Problem] 409 where that happened already, or the parts are gone.
    static Movement reverse(Handle handle, long id, String reference, String actor, Instant now) {
        Movement old = Movements.find(handle, id)
                .orElseThrow(() -> Problem.notFound("stock movement", String.valueOf(id)));
        if (old.reason() == Reason.REVERSAL) {
            throw Problem
                    .conflict("Movement " + id + " is a reversal itself; write the movement anew instead");
        }
        if (old.reason() == Reason.ISSUE || old.reason() == Reason.FIT) {
            throw Problem.conflict("Movement " + id + " belongs to the requisition " + old.reference()
                    + "; give the parts back there, or it would go on without them");
        }
        Posting back = new Posting(old.part(), old.batch(), old.to(), old.from(), old.quantity(),
                Reason.REVERSAL, reference, old.unitCost(), id);
        lockReversal(handle, id);
        if (Movements.find(handle, id).orElseThrow().reversedBy() != null) {
            throw Problem.conflict("Movement " + id + " was taken back already");
        }
        return post(handle, List.of(back), actor, now).getFirst();
    }

    private static void lockReversal(Handle handle, long id) {
        handle.createQuery("SELECT id FROM service.stock_movement WHERE id = :id FOR UPDATE").bind("id", id)
                .mapTo(Long.class).one();
    }

    private static void requireWay(Posting posting, Location from, Location to) {
        if (from.code().equals(to.code())) {
            throw Problem.invalid("to", "parts move from one location to another");
        }
        if (!posting.reason().allows(from.kind(), to.kind())) {
            throw Problem.conflict("The reason " + posting.reason().text() + " does not take parts from a "
                    + from.kind().text() + " to a " + to.kind().text());
        }
    }

    /// The posting, of the batches that are there for it.
    private static List<Posting> taken(Handle handle, Posting posting, SortedSet<Shelf> shelves,
            LocalDate today) {
        Shelf source = new Shelf(posting.from(), posting.part());
        String batch = posting.batch();
        if (!shelves.contains(source)) {
            return List.of(posting.of(batch == null ? "" : batch, posting.quantity()));
        }
        List<Lot> lots = Shelves.lots(handle, source);
        List<Lot> usable = lots.stream().filter(lot -> batch == null || lot.batch().equals(batch))
                .filter(lot -> posting.reason().takesExpired() || !lot.isExpired(today)).toList();
        int there = total(usable);
        if (there < posting.quantity()) {
            boolean expired = lots.stream()
                    .anyMatch(lot -> lot.isExpired(today) && (batch == null || lot.batch().equals(batch)));
            throw Problem.conflict("Of part " + posting.part()
                    + (batch == null || batch.isEmpty() ? "" : ", batch " + batch + ",") + " " + there
                    + " are at "
                    + posting.from() + ", not " + posting.quantity()
                    + (expired ? "; expired ones may only be scrapped, returned or set aside" : ""));
        }
        int reserved = Shelves.reserved(handle, source);
        if (!posting.reason().isFact() && ready(lots, today) - posting.quantity() < reserved
                && usable.stream().anyMatch(lot -> !lot.isExpired(today))) {
            throw Problem.conflict("Of part " + posting.part() + " " + reserved + " are reserved at "
                    + posting.from() + ", so " + Math.max(0, ready(lots, today) - reserved)
                    + " are available, not " + posting.quantity());
        }
        return split(posting, usable);
    }

    private static List<Posting> split(Posting posting, List<Lot> usable) {
        List<Posting> parts = new ArrayList<>();
        int wanted = posting.quantity();
        for (Lot lot : usable) {
            int some = Math.min(wanted, lot.quantity());
            if (some > 0) {
                parts.add(posting.of(lot.batch(), some));
                wanted -= some;
            }
        }
        return parts;
    }

    private static Movement write(Handle handle, Posting posting, SortedSet<Shelf> shelves, String actor,
            Instant now) {
        String batch = posting.batch() == null ? "" : posting.batch();
        BigDecimal cost = posting.unitCost();
        Movement written = Movements.insert(handle, posting,
                cost == null ? Movements.cost(handle, posting.part(), batch) : cost, actor, now);
        Shelf source = new Shelf(posting.from(), posting.part());
        Shelf target = new Shelf(posting.to(), posting.part());
        if (shelves.contains(source)) {
            Shelves.add(handle, source, batch, -posting.quantity());
        }
        if (shelves.contains(target)) {
            Shelves.add(handle, target, batch, posting.quantity());
        }
        return written;
    }

    private static int ready(List<Lot> lots, LocalDate today) {
        return total(lots.stream().filter(lot -> !lot.isExpired(today)).toList());
    }

    private static int total(List<Lot> lots) {
        return lots.stream().mapToInt(Lot::quantity).sum();
    }
}
