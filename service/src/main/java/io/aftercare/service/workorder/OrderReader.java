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
        Matcher match = NAME.matcher(name);
        return (match.matches()
                ? OrderStore.find(handle, Long.parseLong(match.group(1)))
                : Optional.<WorkOrder>empty())
                .filter(order -> reader.seesOutlet(order.job().outlet()))
                .orElseThrow(() -> Problem.notFound("work order", name));
    }

    static WorkOrder visible(Handle handle, Request request) {
        return visible(handle, request.principal(), request.path("id"));
    }
}
