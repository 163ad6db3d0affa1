package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A case in a list, with what its device and its customer are, so that a list is read at one look.
record TicketLine(@JsonUnwrapped TicketSummary summary, About about) {
    static final String COLUMNS = """
            d.model AS about_model, d.region AS about_region,
            coalesce(ct.customer, d.customer) AS about_customer, c.grade AS about_grade""";
    static final String JOINS = """
            LEFT JOIN fleet.device d ON d.id = t.device
            LEFT JOIN service.customer_ticket ct ON ct.ticket = t.id
            LEFT JOIN service.customer c ON c.id = coalesce(ct.customer, d.customer)""";

    /// @param model    of the device, null where the device is not known yet
    /// @param customer the pseudonym, null where there is none
    /// @param grade    the group of customers that decides what is promised, null where there is no file
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record About(@Nullable String model, @Nullable String region, @Nullable String customer,
            @Nullable String grade) {}

    static TicketLine of(ResultSet row) throws SQLException {
        return new TicketLine(TicketSummary.of(TicketRow.ticket(row), TicketRow.nextClock(row)),
                new About(row.getString("about_model"), filled(row, "about_region"),
                        filled(row, "about_customer"), row.getString("about_grade")));
    }

    private static @Nullable String filled(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null || text.isEmpty() ? null : text;
    }
}
