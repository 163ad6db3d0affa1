package io.aftercare.service.stock;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.part.Parts;
import io.aftercare.service.stock.Shelves.Lot;
import io.aftercare.service.stock.Shelves.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts by HTTP (R45): a sheet is opened, somebody counts, somebody else approves, and only then the differences are
/// booked, as movements.
final class CountRoutes {
    private final DeskGround ground;

    CountRoutes(DeskGround ground) {
        this.ground = ground;
    }

    record Opening(String location, @Nullable List<String> parts) {}

    record Counted(List<Line> lines) {
        record Line(String part, @Nullable String batch, int counted) {
            String lot() {
                return batch == null ? "" : batch;
            }
        }
    }

    record Verdict(boolean approved, @Nullable String reason) {}

    void bind(Operations operations) {
        operations.on("openStockCount", this::open).on("listStockCounts", this::list)
                .on("getStockCount", this::get).on("enterStockCount", this::enter)
                .on("decideStockCount", this::decide);
    }

    private Response open(Request request) {
        Opening opening = request.body(Opening.class);
        return ground.database().inTransaction(handle -> {
            Location location = Locations.named(handle, "location", opening.location());
            if (!location.kind().holds()) {
                throw Problem.invalid("location", location.code() + " is outside; it is not counted");
            }
            List<String> parts = opening.parts() == null ? List.of() : opening.parts();
            parts.forEach(part -> Parts.named(handle, "parts", part));
            StockCount made = CountStore.open(handle, location.code(), parts, request.principal().name(),
                    ground.now());
            audit(handle, request, "stock-count.open", made, Json.tree(opening));
            return Response.created("/api/v1/stock-counts/" + made.id(), made).withVersion(made.version());
        });
    }

    private Response list(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(handle -> CountStore.list(handle, request)));
    }

    private Response get(Request request) {
        StockCount count = ground.database().jdbi().withHandle(
                handle -> CountStore.find(handle, Long.parseLong(request.path("id"))))
                .orElseThrow(() -> Problem.notFound("stock count", request.path("id")));
        return Response.versioned(count, count.version());
    }

    private Response enter(Request request) {
        Counted counted = request.body(Counted.class);
        return change(request, (handle, sheet, now) -> {
            if (sheet.state() != StockCount.State.OPEN) {
                throw Problem.conflict(
                        "Count " + sheet.id() + " is " + sheet.state().text() + "; open another one");
            }
            List<StockCount.Line> lines = compared(handle, sheet, counted);
            StockCount after = CountStore.counted(handle, sheet.id(), lines, request.principal().name(), now);
            audit(handle, request, "stock-count.enter", after, Json.tree(lines));
            return after;
        });
    }

    /// What was counted beside what the ledger says at this moment.
    private static List<StockCount.Line> compared(Handle handle, StockCount sheet, Counted counted) {
        SequencedMap<String, Counted.Line> entered = new LinkedHashMap<>();
        for (Counted.Line line : counted.lines()) {
            Parts.named(handle, "lines", line.part());
            boolean known = line.lot().isEmpty() || Parts.batches(handle, line.part()).stream()
                    .anyMatch(batch -> batch.batch().equals(line.lot()));
            if (!known) {
                throw Problem.invalid("lines", "there is no batch " + line.lot() + " of " + line.part());
            }
            if (entered.put(line.part() + "\n" + line.lot(), line) != null) {
                throw Problem.invalid("lines", line.part() + " stands there twice");
            }
        }
        String forgotten = sheet.lines().stream()
                .filter(line -> !entered.containsKey(line.part() + "\n" + line.batch()))
                .map(line -> (line.part() + " " + line.batch()).strip()).collect(Collectors.joining(", "));
        if (!forgotten.isEmpty()) {
            throw Problem.invalid("lines", "not counted yet: " + forgotten);
        }
        Ledger.lock(handle, entered.values().stream().map(Counted.Line::part).toList(),
                List.of(sheet.location()));
        return entered.values().stream().map(line -> new StockCount.Line(line.part(), line.lot(),
                booked(handle, sheet.location(), line.part(), line.lot()), line.counted())).toList();
    }

    private static int booked(Handle handle, String location, String part, String batch) {
        return Shelves.lots(handle, new Shelf(location, part)).stream()
                .filter(lot -> lot.batch().equals(batch))
                .mapToInt(Lot::quantity).sum();
    }

    private Response decide(Request request) {
        Verdict verdict = request.body(Verdict.class);
        String reason = verdict.reason() == null ? "" : verdict.reason().strip();
        if (!verdict.approved() && reason.isEmpty()) {
            throw Problem.invalid("reason", "say why the count is rejected");
        }
        return change(request, (handle, sheet, now) -> {
            String by = request.principal().name();
            if (sheet.state() != StockCount.State.COUNTED) {
                throw Problem.conflict("Count " + sheet.id() + " is " + sheet.state().text()
                        + "; only a counted one is decided");
            }
            if (verdict.approved() && by.equals(sheet.countedBy())) {
                throw Problem.conflict(by + " counted it; somebody else has to approve count " + sheet.id());
            }
            if (verdict.approved()) {
                Ledger.post(handle, adjustments(sheet), by, now);
            }
            StockCount after = CountStore.decided(handle, sheet.id(), verdict.approved(), reason, by, now);
            audit(handle, request, "stock-count." + after.state().text(), after, Json.tree(after.lines()));
            return after;
        });
    }

    private static List<Posting> adjustments(StockCount sheet) {
        List<Posting> postings = new ArrayList<>();
        for (StockCount.Line line : sheet.lines()) {
            int difference = line.difference();
            if (difference != 0) {
                boolean found = difference > 0;
                postings.add(new Posting(line.part(), line.batch(), found ? "count" : sheet.location(),
                        found ? sheet.location() : "count", Math.abs(difference), Reason.COUNT,
                        "stock-count/" + sheet.id()));
            }
        }
        return postings;
    }

    @FunctionalInterface
    private interface Change {
        StockCount make(Handle handle, StockCount sheet, Instant now);
    }

    private Response change(Request request, Change change) {
        return ground.database().inTransaction(handle -> {
            StockCount sheet = CountStore.lock(handle, Long.parseLong(request.path("id")))
                    .orElseThrow(() -> Problem.notFound("stock count", request.path("id")));
            request.ifMatchGiven().filter(version -> version != sheet.version()).ifPresent(_ -> {
                throw Problem.staleVersion("stock count", String.valueOf(sheet.id()), sheet.version());
            });
            StockCount after = change.make(handle, sheet, ground.now());
            return Response.versioned(after, after.version());
        });
    }

    private static void audit(Handle handle, Request request, String action, StockCount of, JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "stock-count/" + of.id(), detail,
                request.address()));
    }
}
