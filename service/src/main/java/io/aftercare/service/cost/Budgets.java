package io.aftercare.service.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.period.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What departments may spend in a period, beside what they did (R51). Works in the caller's transaction.
final class Budgets {
    private Budgets() {}

    /// A department's period.
    ///
    /// @param amount null where there is no budget
    /// @param left   `amount` less `actual`; below zero where more was spent
    /// @param used   `actual` over `amount`, such as 0.8250
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(String department, String period, @Nullable BigDecimal amount, BigDecimal actual,
            @Nullable BigDecimal left, @Nullable BigDecimal used, int version) {}

    /// Every department that has a budget in the period, or spent something in it.
    static List<Line> of(Handle handle, Period period) {
        return handle.createQuery("""
                SELECT department, b.amount, b.version, coalesce(c.actual, 0)::numeric(16,2) AS actual
                FROM (SELECT department, amount, version FROM service.budget WHERE period = :period) b
                FULL JOIN (SELECT department, sum(amount) AS actual FROM service.cost_entry
                    WHERE period = ANY(:months) GROUP BY department) c USING (department)
                ORDER BY department""").bind("period", period.text())
                .bind("months", period.names().toArray(String[]::new))
                .map((row, _) -> line(row.getString(1), period.text(), row.getBigDecimal(2),
                        row.getBigDecimal(4), row.getInt(3)))
                .list();
    }

    /// Sets a budget; where there is one already, `version` must be its version.
    static Line put(Handle handle, String department, Period period, BigDecimal amount,
            Optional<Integer> version) {
        Optional<Integer> known = handle.createQuery("""
                SELECT version FROM service.budget WHERE department = :department AND period = :period
                FOR UPDATE""").bind("department", department).bind("period", period.text())
                .mapTo(Integer.class).findOne();
        if (known.isPresent() && !known.equals(version)) {
            throw Problem.staleVersion("budget", department + " " + period.text(), known.get());
        }
        handle.createUpdate("""
                INSERT INTO service.budget (department, period, amount) VALUES (:department, :period, :amount)
                ON CONFLICT (department, period) DO UPDATE SET amount = excluded.amount,
                    version = service.budget.version + 1""")
                .bind("department", department).bind("period", period.text()).bind("amount", amount)
                .execute();
        return of(handle, period).stream().filter(line -> line.department().equals(department)).findFirst()
                .orElseThrow();
    }

    private static Line line(String department, String period, @Nullable BigDecimal amount, BigDecimal actual,
            int version) {
        return new Line(department, period, amount, actual, amount == null ? null : amount.subtract(actual),
                amount == null ? null : Amount.share(actual, amount), version);
    }
}
