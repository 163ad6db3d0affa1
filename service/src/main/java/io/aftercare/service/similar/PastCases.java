package io.aftercare.service.similar;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.text.Grams;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Finds past cases: of the same product with the same fault or in like words, and those of the same device or customer.
/// A partner learns from its own outlet's alone. Works in the caller's transaction; looks at the newest few hundred.
final class PastCases {
    private static final int LOOKED_AT_MAX = 500;
    private static final int HISTORY_MAX = 20;
    /// Of the pairs of characters that the case is described by.
    private static final double SHARE_MIN = 0.4;
    private static final String SOLUTIONS = """
            SELECT near.id, e.data->>'rootCause', e.text,
                near.state IN ('resolved', 'verified', 'closed')
                    AND e.id = max(e.id) OVER (PARTITION BY near.id) AS held
            FROM near JOIN service.timeline e ON e.ticket = near.id AND e.kind = 'transition'
                AND e.data->>'to' = 'resolved' AND e.data->>'rootCause' IS NOT NULL
            ORDER BY e.id DESC""";

    private PastCases() {}

    /// Every time that a similar case was solved, the newest first.
    static List<Attempt> attempts(Handle handle, Ticket ticket, Principal reader) {
        Optional<String> model = model(handle, ticket);
        Signal signal = ticket.signal();
        if (model.isEmpty()) {
            return List.of();
        }
        return signal == null
                ? described(handle, ticket, model.get(), outlet(reader))
                : ofFault(handle, ticket, signal.code(), model.get(), outlet(reader));
    }

    private static List<Attempt> ofFault(Handle handle, Ticket ticket, String code, String model,
            String outlet) {
        return handle.createQuery("""
                WITH near AS (
                    SELECT t.id, t.state FROM service.ticket t JOIN fleet.device d ON d.id = t.device
                    WHERE t.fault_code = :code AND d.model = :model AND t.id <> :id
                        AND (:outlet = '' OR d.outlet = :outlet)
                    ORDER BY t.id DESC LIMIT :limit)
                """ + SOLUTIONS).bind("code", code).bind("model", model).bind("id", ticket.id())
                .bind("outlet", outlet).bind("limit", LOOKED_AT_MAX)
                .map((row, _) -> attempt(row.getLong(1), row.getString(2), row.getString(3),
                        row.getBoolean(4)))
                .list();
    }

    private static List<Attempt> described(Handle handle, Ticket ticket, String model, String outlet) {
        Set<String> pairs = Grams
                .ofQuery(Grams.plain(ticket.report().title() + "\n" + ticket.report().symptom()));
        if (pairs.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                WITH newest AS (
                    SELECT t.id, t.state, t.grams FROM service.ticket t JOIN fleet.device d ON d.id = t.device
                    WHERE d.model = :model AND t.id <> :id AND t.grams && :pairs::text[]
                        AND (:outlet = '' OR d.outlet = :outlet)
                    ORDER BY t.id DESC LIMIT :limit),
                near AS (
                    SELECT id, state FROM newest WHERE (SELECT count(*) FROM unnest(:pairs::text[]) AS pair
                        WHERE pair = ANY(grams)) >= :share * cardinality(:pairs::text[]))
                """ + SOLUTIONS).bind("model", model).bind("id", ticket.id()).bind("outlet", outlet)
                .bindArray("pairs", String.class, List.copyOf(pairs)).bind("share", SHARE_MIN)
                .bind("limit", LOOKED_AT_MAX)
                .map((row, _) -> attempt(row.getLong(1), row.getString(2), row.getString(3),
                        row.getBoolean(4)))
                .list();
    }

    /// An earlier case.
    ///
    /// @param because `device` or `contact`
    record Earlier(String id, String number, String title, String state, String openedAt, String because) {}

    /// The other cases of this device, and of whoever has the same telephone number or address, the newest first (R11).
    static List<Earlier> history(Handle handle, Ticket ticket, Principal reader) {
        return handle
                .createQuery(
                        """
                                WITH known AS (
                                    SELECT t.id, 'device' AS because FROM service.ticket t
                                    WHERE :serial <> '' AND (t.device = :serial OR t.device IS NULL AND t.serial = :serial)
                                    UNION ALL
                                    SELECT t.id, 'contact' FROM service.contact mine JOIN service.contact c ON c.erased_at IS NULL
                                        AND (c.phone = mine.phone OR lower(c.email) = lower(mine.email))
                                    JOIN service.ticket t ON t.contact = c.id
                                    WHERE mine.id = :contact AND mine.erased_at IS NULL)
                                SELECT t.id, t.title, t.state, t.opened_at, max(known.because) FROM known
                                JOIN service.ticket t ON t.id = known.id LEFT JOIN fleet.device d ON d.id = t.device
                                WHERE t.id <> :id AND (:outlet = '' OR coalesce(d.outlet, t.outlet) = :outlet)
                                GROUP BY t.id ORDER BY t.id DESC LIMIT :limit""")
                .bind("serial", ticket.report().serial())
                .bind("contact", ticket.report().contact()).bind("id", ticket.id())
                .bind("outlet", outlet(reader)).bind("limit", HISTORY_MAX)
                .map((row, _) -> new Earlier(row.getString(1), Ticket.number(row.getLong(1)),
                        row.getString(2), row.getString(3), row.getTimestamp(4).toInstant().toString(),
                        row.getString(5)))
                .list();
    }

    private static Attempt attempt(long ticket, String cause, String done, boolean held) {
        return new Attempt(Ticket.number(ticket), cause, done, held);
    }

    private static Optional<String> model(Handle handle, Ticket ticket) {
        if (ticket.report().device() == null) {
            return Optional.ofNullable(ticket.report().intake().model());
        }
        return handle.createQuery("SELECT model FROM fleet.device WHERE id = :id")
                .bind("id", ticket.report().serial()).mapTo(String.class).findOne();
    }

    // a partner without an outlet sees no case, so that none is asked for it
    private static String outlet(Principal reader) {
        return reader.has(Role.PARTNER) ? reader.outlet() : "";
    }
}
