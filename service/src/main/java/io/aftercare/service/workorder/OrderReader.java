package io.aftercare.service.workorder;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Finds the work order that a path names, for somebody who may see it.
final class OrderReader {
    private static final Pattern NAME = Pattern.compile("(?:[Ww]-)?0*([0-9]{1,18})");

    private OrderReader() {}

    /// The order of this id or number; a 404 where there is none for this reader.
    static WorkOrder visible(Handle handle, Principal reader, String name) {
        return find(handle, name)
                .filter(order -> reader.seesOutlet(order.job().outlet()))
                .orElseThrow(() -> Problem.notFound("work order", name));
    }

    static Optional<WorkOrder> find(Handle handle, String name) {
        Matcher match = NAME.matcher(name);
        return match.matches()
                ? OrderStore.find(handle, Long.parseLong(match.group(1)))
                : Optional.empty();
    }

    static WorkOrder visible(Handle handle, Request request) {
        return visible(handle, request.principal(), request.path("id"));
    }

    /// A [Problem] 412 where `If-Match` is given and names another version.
    static void requireVersion(Request request, WorkOrder order) {
        Optional<Integer> given = request.ifMatchGiven();
        if (given.isPresent() && given.get() != order.version()) {
            throw Problem.staleVersion("work order", order.number(), order.version());
        }
    }
}
