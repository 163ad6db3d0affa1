package io.aftercare.service.part;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Official prices (R48): each holds from a day until the next one's. Works in the caller's transaction.
public final class Prices {
    private static final String SPANS = """
            SELECT part, amount, valid_from, lead(valid_from) OVER (PARTITION BY part ORDER BY valid_from) AS until
            FROM service.part_price""";

    private Prices() {}

    /// What a customer pays for the part on a day, empty where no price was set.
    public static Optional<BigDecimal> on(Handle handle, String part, LocalDate day) {
        return handle.createQuery("""
                SELECT amount FROM service.part_price WHERE part = :part AND valid_from <= :day
                ORDER BY valid_from DESC LIMIT 1""").bind("part", part).bind("day", day)
                .mapTo(BigDecimal.class).findOne();
    }

    /// All prices of a part, the newest first.
    static List<Price> of(Handle handle, String part) {
        return handle
                .createQuery("SELECT * FROM (" + SPANS + " WHERE part = :part) s ORDER BY valid_from DESC")
                .bind("part", part).map((row, _) -> new Price(row.getBigDecimal("amount"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("until", LocalDate.class)))
                .list();
    }

    /// @return whether no price began on that day yet
    static boolean add(Handle handle, String part, BigDecimal amount, LocalDate from, String by,
            Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.part_price (part, valid_from, amount, set_by, set_at)
                VALUES (:part, :from, :amount, :by, :now) ON CONFLICT DO NOTHING""").bind("part", part)
                .bind("from", from).bind("amount", amount).bind("by", by).bind("now", now).execute() == 1;
    }

    /// A line of the public price list.
    record Listed(String code, Part.Names name, String specification, List<String> models, BigDecimal price,
            String currency, LocalDate from) {}

    /// What customers may buy on a day: active parts that may be fitted and have a price, by code.
    static List<Listed> list(Handle handle, String model, String after, LocalDate day, String currency,
            int limit) {
        return handle
                .createQuery("SELECT " + Parts.COLUMNS + ", s.amount, s.valid_from FROM service.part p JOIN ("
                        + SPANS
                        + """
                                ) s ON s.part = p.code AND s.valid_from <= :day AND (s.until IS NULL OR s.until > :day)
                                WHERE p.state = 'active' AND (p.genuine OR p.certificate IS NOT NULL) AND p.code > :after
                                    AND (:model = '' OR p.models = '{}' OR :model = ANY(p.models))
                                ORDER BY p.code LIMIT :limit""")
                .bind("model", model).bind("after", after).bind("day", day).bind("limit", limit)
                .map((row, _) -> {
                    Part part = Parts.part(row);
                    return new Listed(part.code(), part.name(), part.specification(), part.models(),
                            row.getBigDecimal("amount"), currency,
                            row.getObject("valid_from", LocalDate.class));
                }).list();
    }
}
