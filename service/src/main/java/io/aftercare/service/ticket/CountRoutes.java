package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;

/// How many cases there are in each of some lists: the tabs of a queue, by one request.
final class CountRoutes {
    private static final int COUNT_MAX = 999;

    private final Database database;

    CountRoutes(Database database) {
        this.database = database;
    }

    void bind(Operations operations) {
        operations.on("countTickets", this::count);
    }

    private record Asked(List<Map<String, String>> of) {}

    /// @param more whether there are more than `count`
    record Count(int count, boolean more) {}

    record Counts(List<Count> counts) {}

    private Response count(Request request) {
        List<TicketQuery> queries = request.body(Asked.class).of().stream()
                .map(filter -> TicketQuery.of(asking(request, filter))).toList();
        return Response.ok(database.jdbi().withHandle(handle -> new Counts(queries.stream().map(query -> {
            int found = query.count(handle, COUNT_MAX + 1);
            return new Count(Math.min(found, COUNT_MAX), found > COUNT_MAX);
        }).toList())));
    }

    /// What this person would ask for the list.
    private static Request asking(Request request, Map<String, String> filter) {
        return new Request(request.principal(), Map.of(),
                MultiMap.caseInsensitiveMultiMap().addAll(filter), request.headers(), new byte[0],
                request.address());
    }
}
