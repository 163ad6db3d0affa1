package io.aftercare.service.cost;

import org.jdbi.v3.core.Handle;

/// Whose a case is, as the books keep it at the time of the entry.
///
/// @param grade the customer's, such as `standard`
public record CostOrigin(String model, String region, String grade) {
    static final CostOrigin NONE = new CostOrigin("", "", "");

    /// Says of which service level a case's customer is; `standard` where that is not known.
    @FunctionalInterface
    public interface Grades {
        String of(Handle handle, long ticket);
    }

    static CostOrigin of(Handle handle, long ticket, Grades grades) {
        String grade = grades.of(handle, ticket);
        return handle.createQuery("""
                SELECT coalesce(d.model, ''), coalesce(d.region, '') FROM service.ticket t
                LEFT JOIN fleet.device d ON d.id = t.device WHERE t.id = :ticket""").bind("ticket", ticket)
                .map((row, _) -> new CostOrigin(row.getString(1), row.getString(2), grade)).one();
    }
}
