package io.aftercare.service.stock;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What people send about stock; the OpenAPI document has checked the shape.
final class StockBodies {
    private StockBodies() {}

    record Place(String code, LocationKind kind, String name, @Nullable String outlet,
            @Nullable String engineer) {
        Location toLocation() {
            if (!kind.holds()) {
                throw Problem.invalid("kind",
                        "add a warehouse, outlet, van or quarantine; the places outside are known");
            }
            return new Location(code, kind, name, outlet == null ? "" : outlet, engineer, true);
        }
    }

    record Move(String part, @Nullable String batch, String from, String to, int quantity, Reason reason,
            String reference, @Nullable BigDecimal unitCost) {
        Posting toPosting() {
            switch (reason) {
                case ISSUE, FIT -> throw Problem.conflict("Parts are issued and fitted by a requisition: POST"
                        + " /api/v1/requisitions");
                case COUNT ->
                    throw Problem.conflict("Differences come from a count: POST /api/v1/stock-counts");
                case REVERSAL -> throw Problem.conflict("A movement is taken back at POST"
                        + " /api/v1/stock-movements/{id}/reversal");
                case RECEIVE, TRANSFER, SALE, RETURN, SCRAP -> {
                }
            }
            return new Posting(part, batch, from, to, quantity, reason, reference,
                    unitCost == null ? null : Money.parse("unitCost", unitCost), null);
        }
    }

    record Undo(String reference) {}
}
