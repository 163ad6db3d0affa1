package io.aftercare.service.customer;

import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What customers allowed and took back. Only ever added to; the newest of a purpose counts, and what was never asked is
/// not allowed. Works in the caller's transaction.
public final class Consents {
    /// To use data about the customer beyond the case (R74).
    public static final String DATA_USE = "data-use";
    /// To take data off the customer's device while it is repaired (R75).
    public static final String COLLECTION = "collection";
    /// To do on the customer's device from afar what can be undone.
    public static final String REMOTE = "remote";
    /// To be written to without a case (R67).
    public static final String MARKETING = "marketing";

    private Consents() {}

    /// One answer of the customer.
    ///
    /// @param source how it was given, such as `phone` or `form of 2026-11-02`
    /// @param person who took it down
    public record Consent(String purpose, boolean given, String source, String person, Instant at) {}

    public static void add(Handle handle, String customer, Consent consent) {
        handle.createUpdate("""
                INSERT INTO service.customer_consent (customer, purpose, given, source, person, at)
                VALUES (:customer, :purpose, :given, :source, :person, :at)""").bind("customer", customer)
                .bind("purpose", consent.purpose()).bind("given", consent.given())
                .bind("source", consent.source()).bind("person", consent.person()).bind("at", consent.at())
                .execute();
    }

    /// Of a file and those merged into it, in the order of their coming, at most 1,000.
    public static List<Consent> of(Handle handle, String customer) {
        return handle
                .createQuery(
                        """
                                SELECT purpose, given, source, person, at FROM service.customer_consent
                                WHERE customer IN (SELECT id FROM service.customer WHERE id = :customer OR merged_into = :customer)
                                ORDER BY id LIMIT 1000""")
                .bind("customer", customer)
                .map((row, _) -> new Consent(row.getString(1), row.getBoolean(2), row.getString(3),
                        row.getString(4), Columns.time(row, "at")))
                .list();
    }

    public static boolean allows(Handle handle, String customer, String purpose) {
        return handle
                .createQuery(
                        """
                                SELECT given FROM service.customer_consent
                                WHERE purpose = :purpose
                                  AND customer IN (SELECT id FROM service.customer WHERE id = :customer OR merged_into = :customer)
                                ORDER BY id DESC LIMIT 1""")
                .bind("customer", customer).bind("purpose", purpose)
                .mapTo(Boolean.class).findOne().orElse(false);
    }
}
