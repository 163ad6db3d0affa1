package io.aftercare.service.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.customer.PersonalHolding;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What was written to a person: that it was, and when, stays; the words go with the person.
public final class HeldNotices implements PersonalHolding {
    private static final int SHOWN_MAX = 1000;

    /// A letter as its addressee may ask for it.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Held(String template, String language, String state, JsonNode params, Instant at) {}

    @Override
    public List<?> held(Handle handle, List<String> ids) {
        return handle.createQuery("""
                SELECT template, language, state, params, created_at FROM service.notice
                WHERE audience = 'customer' AND addressee = ANY(:names) ORDER BY id LIMIT :limit""")
                .bind("names", names(handle, ids)).bind("limit", SHOWN_MAX)
                .map((row, _) -> new Held(row.getString(1), row.getString(2), row.getString(3),
                        Json.parse(row.getString(4)), row.getTimestamp(5).toInstant()))
                .list();
    }

    @Override
    public void forget(Handle handle, List<String> ids) {
        String[] names = names(handle, ids);
        handle.createUpdate(
                """
                        UPDATE service.notice SET params = '{}' WHERE audience = 'customer' AND addressee = ANY(:names)""")
                .bind("names", names).execute();
        handle.createUpdate("DELETE FROM service.contact_language WHERE contact = ANY(:names)")
                .bind("names", names).execute();
    }

    private static String[] names(Handle handle, List<String> ids) {
        return Stream.concat(ids.stream(), Customers.contacts(handle, ids).stream()).toArray(String[]::new);
    }
}
