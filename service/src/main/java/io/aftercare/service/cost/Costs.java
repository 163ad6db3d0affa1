package io.aftercare.service.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.period.Period;
import io.aftercare.service.ticket.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// What cases cost (R49 to R51). Other rooms tell it by the outbox topic `cost.posted`, `{"ticket","kind","amount","text",
/// "reference","at"}`, whose key makes each posting one entry; people enter the rest. Thread-safe.
public final class Costs implements Room {
    private final CostRoutes routes;
    private final DeskGround ground;
    private final CostOrigin.Grades grades;
    private final Function<Handle, ZoneId> zone;

    /// @param zone in which the months of the books begin
    public Costs(DeskGround ground, Cases cases, CostOrigin.Grades grades, Function<Handle, ZoneId> zone) {
        this.ground = ground;
        this.grades = grades;
        this.zone = zone;
        this.routes = new CostRoutes(ground, cases, this);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        relay.on("cost.posted", this::posted);
    }

    /// What a period cost, for reports.
    public CostSummary summary(Handle handle, Period period) {
        return CostSummary.of(handle, period, zone(handle));
    }

    ZoneId zone(Handle handle) {
        return zone.apply(handle);
    }

    CostEntry enter(Handle handle, NewCost cost) {
        return write(handle, cost).orElseThrow();
    }

    private Optional<CostEntry> write(Handle handle, NewCost cost) {
        CostOrigin origin = cost.ticket() == null
                ? CostOrigin.NONE
                : CostOrigin.of(handle, cost.ticket(), grades);
        return CostStore.insert(handle, cost, origin,
                CostPeriods.monthFor(handle, cost.at(), ground.now(), zone(handle)));
    }

    private void posted(Handle handle, String key, JsonNode told) {
        CostKind kind = CostKind.parse(told.path("kind").asText()).orElse(CostKind.OTHER);
        BigDecimal amount = new BigDecimal(told.path("amount").asText()).setScale(2, RoundingMode.HALF_UP);
        Instant at = told.hasNonNull("at") ? Instant.parse(told.path("at").asText()) : ground.now();
        Long ticket = told.hasNonNull("ticket") ? Long.valueOf(told.path("ticket").asLong()) : null;
        String voucher = told.path("voucher").asText("");
        write(handle, new NewCost(ticket, kind, amount, told.path("basis").asText(""),
                told.path("text").asText(""), told.path("reference").asText(""),
                voucher.isEmpty() ? null : voucher, told.path("department").asText(kind.department()), at,
                "system", key, null));
    }
}
