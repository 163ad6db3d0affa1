package io.aftercare.service.ticket;

import io.aftercare.fleet.search.Finder;
import io.aftercare.fleet.search.Found;
import io.aftercare.fleet.search.Wanted;
import io.aftercare.service.text.Grams;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Finds cases by number, and by what their serial, title, symptom and fault code have in them, the newest first.
public final class TicketFinder {
    private static final String SELECT = """
            SELECT t.id, t.title, coalesce(t.device, t.serial) AS device, t.state FROM service.ticket t
            LEFT JOIN fleet.device d ON d.id = t.device
            WHERE (NOT :partner OR coalesce(d.outlet, t.outlet) = :outlet AND :outlet <> '')""";

    private TicketFinder() {}

    public static Finder finder() {
        return new Finder("ticket", "listTickets", TicketFinder::find);
    }

    private static List<Found> find(Handle handle, Wanted wanted) {
        String plain = Grams.plain(wanted.text());
        Stream<Found> numbered = handle.createQuery(SELECT + " AND t.id = :number")
                .bind("number", wanted.number("T")).bind("partner", wanted.isPartner())
                .bind("outlet", wanted.reader().outlet()).map((row, _) -> found(row.getLong("id"),
                        row.getString("title"), row.getString("device"), row.getString("state")))
                .list().stream();
        if (plain.isEmpty()) {
            return numbered.toList(); // punctuation finds nothing
        }
        Stream<Found> said = handle.createQuery(SELECT
                + " AND t.grams @> :grams::text[] AND t.plain LIKE :like ORDER BY t.id DESC LIMIT :limit")
                .bind("grams", Grams.ofQuery(plain).toArray(String[]::new))
                // letters and digits alone, so it holds no wildcard
                .bind("like", "%" + plain + "%").bind("partner", wanted.isPartner())
                .bind("outlet", wanted.reader().outlet()).bind("limit", wanted.limit())
                .map((row, _) -> found(row.getLong("id"), row.getString("title"), row.getString("device"),
                        row.getString("state")))
                .list().stream();
        return Stream.concat(numbered, said).distinct().limit(wanted.limit()).toList();
    }

    private static Found found(long id, String title, String device, String state) {
        return new Found("ticket", Long.toString(id), String.format(Locale.ROOT, "T-%06d %s", id, title),
                device.isEmpty() ? state : device + " · " + state);
    }
}
