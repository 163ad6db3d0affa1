package io.aftercare.service.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.customer.PersonalHolding;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Letters that came from a person: that one came stays, whose it was goes.
public final class HeldMail implements PersonalHolding {
    private static final int SHOWN_MAX = 1000;

    /// A letter that came.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Held(String sender, Instant receivedAt, @Nullable String ticket) {}

    @Override
    public List<?> held(Handle handle, List<String> ids) {
        return handle.createQuery("""
                SELECT sender, received_at, ticket FROM service.mail_in WHERE ticket = ANY(:tickets)
                ORDER BY id LIMIT :limit""").bind("tickets", tickets(handle, ids)).bind("limit", SHOWN_MAX)
                .map((row, _) -> new Held(row.getString(1), row.getTimestamp(2).toInstant(),
                        row.getString(3)))
                .list();
    }

    @Override
    public void forget(Handle handle, List<String> ids) {
        handle.createUpdate(
                """
                        UPDATE service.mail_in SET sender = '', message_id = NULL, raw = NULL WHERE ticket = ANY(:tickets)""")
                .bind("tickets", tickets(handle, ids)).execute();
    }

    private static Long[] tickets(Handle handle, List<String> ids) {
        return ids.stream().flatMap(id -> Customers.tickets(handle, id).stream()).toArray(Long[]::new);
    }
}
