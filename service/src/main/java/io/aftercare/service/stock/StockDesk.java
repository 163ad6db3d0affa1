package io.aftercare.service.stock;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.part.Part;
import io.aftercare.service.part.PartState;
import io.aftercare.service.part.Parts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Stock by HTTP (`openapi/service/stock.yaml`), and the daily computation of safety stocks. Days are those of UTC.
/// Thread-safe.
public final class StockDesk implements Room {
    private static final int CLEARANCE_MAX = 1000;

    private final DeskGround ground;
    private final CountRoutes counts;
    private final BackgroundLoop levels;
    /// The last day whose levels were computed; the loop's own.
    private Instant computed = Instant.EPOCH;

    /// @param lookEvery how often it is looked whether a new day has begun
    public StockDesk(DeskGround ground, Duration lookEvery) {
        this.ground = ground;
        this.counts = new CountRoutes(ground);
        this.levels = BackgroundLoop.every(lookEvery, "service-safety-stock", this::computeLevels);
    }

    @Override
    public void bind(Operations operations) {
        counts.bind(operations);
        operations.on("addStockLocation", this::addLocation).on("listStockLocations", this::locations)
                .on("moveStock", this::move).on("listStockMovements", this::movements)
                .on("reverseStockMovement", this::reverse).on("getPartStock", this::stock)
                .on("listStockReorders", this::reorders).on("listStockClearance", this::clearance);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(levels);
    }

    private void computeLevels() {
        Instant now = ground.now();
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        if (day.isAfter(computed)) {
            ground.database().useTransaction(handle -> SafetyStocks.recompute(handle, day, now));
            computed = day;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(ground.now(), ZoneOffset.UTC);
    }

    private Response addLocation(Request request) {
        Location location = request.body(StockBodies.Place.class).toLocation();
        return ground.database().inTransaction(handle -> {
            if (!Locations.insert(handle, location, ground.now())) {
                throw Problem.conflict("There is a stock location " + location.code() + " already");
            }
            audit(handle, request, "stock.location", "stock-location/" + location.code(),
                    Json.tree(location));
            return new Response(201, location, Map.of());
        });
    }

    private Response locations(Request request) {
        return Response.ok(new Page<>(ground.database().jdbi().withHandle(Locations::holding).stream()
                .filter(location -> request.principal().seesOutlet(location.outlet())).toList(), null));
    }

    private Response move(Request request) {
        Posting posting = request.body(StockBodies.Move.class).toPosting();
        return ground.database().inTransaction(handle -> {
            Part part = Parts.named(handle, "part", posting.part());
            requireBatch(handle, part, posting);
            List<Movement> written = Ledger.post(handle, List.of(posting), request.principal().name(),
                    ground.now());
            audit(handle, request, "stock." + posting.reason().text(), "part/" + part.code(),
                    Json.tree(written));
            return new Response(201, new Page<>(written, null), Map.of());
        });
    }

    private Response movements(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(handle -> Movements.list(handle, request)));
    }

    private Response reverse(Request request) {
        StockBodies.Undo undo = request.body(StockBodies.Undo.class);
        return ground.database().inTransaction(handle -> {
            Movement back = Ledger.reverse(handle, Long.parseLong(request.path("id")), undo.reference(),
                    request.principal().name(), ground.now());
            audit(handle, request, "stock.reversal", "part/" + back.part(), Json.tree(back));
            return new Response(201, back, Map.of());
        });
    }

    private Response stock(Request request) {
        String code = request.path("code");
        return Response.ok(ground.database().inTransaction(handle -> StockView.of(handle,
                Parts.find(handle, code).orElseThrow(() -> Problem.notFound("part", code)),
                request.principal(),
                today())));
    }

    private Response reorders(Request request) {
        String after = request.cursor();
        int limit = request.limit();
        boolean all = request.query("all").filter("true"::equals).isPresent();
        return Response.ok(ground.database().jdbi().withHandle(handle -> Page.of(
                Reorder.list(handle, all, after == null ? "" : after, limit + 1), limit, Reorder::part)));
    }

    private Response clearance(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> new Page<>(Clearance.list(handle, today(), CLEARANCE_MAX), null)));
    }

    private static void requireBatch(Handle handle, Part part, Posting posting) {
        if (posting.reason() == Reason.RECEIVE && part.state() == PartState.OBSOLETE) {
            throw Problem.conflict("Part " + part.code() + " is obsolete; nothing more of it is received");
        }
        String batch = posting.batch();
        if (batch != null && !batch.isEmpty()
                && Parts.batches(handle, part.code()).stream()
                        .noneMatch(known -> known.batch().equals(batch))) {
            throw Problem.invalid("batch", "there is no batch " + batch + " of " + part.code()
                    + "; add it at POST /api/v1/parts/" + part.code() + "/batches");
        }
    }

    private static void audit(Handle handle, Request request, String action, String object, JsonNode detail) {
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, object, detail, request.address()));
    }
}
