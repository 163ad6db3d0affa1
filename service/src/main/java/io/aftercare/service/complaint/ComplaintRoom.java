package io.aftercare.service.complaint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Complaints, wired (R52–R55).
public final class ComplaintRoom implements Room {
    /// The same product, class and cause within this time is the same complaint again.
    static final Duration RECURRENCE = Duration.ofDays(90);
    private static final int BATCH_MAX = 100;
    private static final int SHOWN_MAX = 50;

    private final DeskGround ground;
    private final ComplaintRoutes routes;
    private final ActionRoutes actions;
    private final BackgroundLoop loop;

    /// Complaints of one class and cause about one product.
    public record HotSpot(String product, String kind, String cause, int complaints) {}

    /// @param every how often actions that are late are looked for
    public ComplaintRoom(DeskGround ground, Cases cases, Duration every) {
        this.ground = ground;
        ComplaintDesk desk = new ComplaintDesk(ground, cases);
        this.routes = new ComplaintRoutes(ground, cases, desk);
        this.actions = new ActionRoutes(ground, desk);
        this.loop = new BackgroundLoop("complaints-due", every, this::remind);
        cases.show("complaints", (handle, ticket, _) -> lines(handle, "ticket = :key", ticket.id()));
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        actions.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    /// The complaints of a customer, for the customer's page.
    public static List<?> ofCustomer(Handle handle, List<String> ids) {
        return lines(handle, "customer = ANY(:key)", ids.toArray(String[]::new));
    }

    /// The complaints about a case, for its file; one that is not closed keeps the case open.
    public static List<CaseDocument> documents(Handle handle, Ticket ticket) {
        return handle
                .createQuery(
                        "SELECT * FROM service.complaint WHERE ticket = :ticket ORDER BY id LIMIT :limit")
                .bind("ticket", ticket.id()).bind("limit", SHOWN_MAX)
                .map((row, _) -> ComplaintDocuments.of(ComplaintStore.complaint(row))).list();
    }

    /// What was complained of most in a span of time, the most frequent first.
    public static List<HotSpot> hotSpots(Handle handle, Instant from, Instant to) {
        return handle.createQuery(
                """
                        SELECT product, kind, coalesce(cause_code, ''), count(*) AS n FROM service.complaint
                        WHERE logged_at >= :from AND logged_at < :to GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2, 3 LIMIT :limit""")
                .bind("from", from).bind("to", to).bind("limit", SHOWN_MAX)
                .map((row, _) -> new HotSpot(row.getString(1), row.getString(2), row.getString(3),
                        row.getInt(4)))
                .list();
    }

    private static List<ComplaintView.Line> lines(Handle handle, String condition, Object key) {
        return handle.createQuery("SELECT * FROM service.complaint WHERE " + condition
                + " ORDER BY id DESC LIMIT :limit").bind("key", key).bind("limit", SHOWN_MAX)
                .map((row, _) -> ComplaintView.Line.of(ComplaintStore.complaint(row))).list();
    }

    private boolean remind() {
        return ground.database().inTransaction(handle -> {
            List<ActionStore.Late> late = ActionStore.takeLate(handle, ground.now(), BATCH_MAX);
            late.forEach(action -> tell(handle, action));
            return late.size() == BATCH_MAX;
        });
    }

    private static void tell(Handle handle, ActionStore.Late action) {
        ObjectNode notice = Json.object().put("template", "complaint-action-late");
        notice.putArray("users").add(action.owner());
        notice.putObject("params").put("complaint", Long.toString(action.complaint())).put("action",
                action.text());
        Outbox.append(handle, "notice.staff", "complaint-action/" + action.id() + "/late", notice);
    }
}
