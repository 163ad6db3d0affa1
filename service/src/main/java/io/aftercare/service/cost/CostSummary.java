package io.aftercare.service.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.period.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a month, quarter or year cost (R50).
///
/// @param byState     how much of it is draft, verified, settled
/// @param ticketsOpened cases opened in it
/// @param perTicket   `amount` over these, null where there were none
/// @param closed      whether all its months are closed
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CostSummary(String period, BigDecimal amount, int entries, Map<String, BigDecimal> byState,
        List<Share> byKind, List<Share> byModel, List<Share> byRegion, List<Share> byGrade,
        List<Share> byDepartment, int ticketsOpened, @Nullable BigDecimal perTicket, boolean closed) {
    /// A part of the whole.
    public record Share(String name, BigDecimal amount, int entries) {}

    static final List<String> DIMENSIONS = List.of("state", "kind", "model", "region", "grade", "department");

    /// Adds the books up, in one reading of the period's entries.
    public static CostSummary of(Handle handle, Period period, ZoneId zone) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        DIMENSIONS.forEach(name -> shares.put(name, new ArrayList<>()));
        List<Share> whole = new ArrayList<>();
        handle.createQuery("""
                SELECT CASE WHEN grouping(state) = 0 THEN 'state' WHEN grouping(kind) = 0 THEN 'kind'
                        WHEN grouping(model) = 0 THEN 'model' WHEN grouping(region) = 0 THEN 'region'
                        WHEN grouping(grade) = 0 THEN 'grade' WHEN grouping(department) = 0 THEN 'department'
                        ELSE '' END AS dimension,
                    coalesce(state, kind, model, region, grade, department, '') AS name,
                    coalesce(sum(amount), 0)::numeric(16,2) AS amount, count(*) AS entries
                FROM service.cost_entry WHERE period = ANY(:months)
                GROUP BY GROUPING SETS ((state), (kind), (model), (region), (grade), (department), ())
                ORDER BY sum(amount) DESC, 2""")
                .bind("months", period.names().toArray(String[]::new))
                .map((row, _) -> {
                    Share share = new Share(row.getString("name"), row.getBigDecimal("amount"),
                            row.getInt("entries"));
                    return shares.getOrDefault(row.getString("dimension"), whole).add(share);
                }).list();
        Share all = whole.getFirst();
        int opened = opened(handle, period.from(zone), period.to(zone));
        int closed = handle
                .createQuery("SELECT count(*) FROM service.cost_period WHERE period = ANY(:months)")
                .bind("months", period.names().toArray(String[]::new)).mapTo(Integer.class).one();
        Map<String, BigDecimal> byState = new LinkedHashMap<>();
        for (CostState state : CostState.values()) {
            byState.put(state.text(), of(shares, "state").stream()
                    .filter(share -> share.name().equals(state.text())).map(Share::amount).findFirst()
                    .orElse(Amount.ZERO));
        }
        return new CostSummary(period.text(), all.amount(), all.entries(), byState, of(shares, "kind"),
                of(shares, "model"), of(shares, "region"), of(shares, "grade"), of(shares, "department"),
                opened,
                Amount.each(all.amount(), opened), closed == period.months());
    }

    private static List<Share> of(Map<String, List<Share>> shares, String dimension) {
        return List.copyOf(shares.getOrDefault(dimension, List.of()));
    }

    private static int opened(Handle handle, Instant from, Instant to) {
        return handle.createQuery("""
                SELECT count(*) FROM service.ticket
                WHERE opened_at >= :from AND opened_at < :to AND state <> 'cancelled'""")
                .bind("from", from).bind("to", to).mapTo(Integer.class).one();
    }
}
