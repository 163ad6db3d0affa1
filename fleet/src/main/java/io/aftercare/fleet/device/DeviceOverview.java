package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The fleet counted by one or two properties of its devices, most devices first: how many there are, and how many of them need
/// looking at. The devices are counted by the database, those with a connection in memory.
public final class DeviceOverview {
    private final Database database;
    private final OverviewFacts facts;

    public DeviceOverview(Database database, OverviewFacts facts) {
        this.database = database;
        this.facts = facts;
    }

    public void bind(Operations operations) {
        operations.on("overviewDevices", this::overview);
    }

    private Response overview(Request request) {
        List<String> by = List.of(request.query("by").orElse("model").split(",", -1));
        if (by.stream().distinct().count() < by.size()) {
            throw Problem.invalid("by", "two different properties");
        }
        DeviceFilter filter = DeviceFilter.of(request, facts.faulty());
        FleetTally tally = new FleetTally();
        int groups = database.inTransaction(handle -> {
            filter.prepare(handle);
            int found = devices(handle, by, filter, request.limit(), tally);
            marked(handle, by, filter, tally);
            return found;
        });
        facts.connected().get().filter(filter::matches).forEach(device -> tally.count("connected",
                by.stream().map(name -> DeviceFilter.property(device, name)).toList(), 1));
        ArrayNode items = Json.array();
        tally.groups().forEach((key, counts) -> {
            ObjectNode item = items.addObject();
            for (int i = 0; i < by.size(); i++) {
                item.put(by.get(i), key.get(i));
            }
            counts.forEach(item::put);
        });
        ObjectNode answer = Json.object().put("groups", groups);
        ObjectNode total = answer.putObject("total");
        tally.total().forEach(total::put);
        return Response.ok(answer.set("items", items));
    }

    // `by` holds names of columns alone: the document of the interface lets nothing else in.
    private static int devices(Handle handle, List<String> by, DeviceFilter filter, int limit,
            FleetTally tally) {
        // One row more, for the sum over all, which comes first.
        List<Integer> groups = filter.bind(handle.createQuery("""
                SELECT %1$s, count(*) AS devices, count(*) OVER () - 1 AS groups
                FROM fleet.device WHERE true%2$s GROUP BY GROUPING SETS ((%1$s), ())
                ORDER BY grouping(%1$s) DESC, devices DESC, %1$s LIMIT :limit"""
                .formatted(String.join(", ", by), filter.conditions()))).bind("limit", limit + 1)
                .map((row, _) -> {
                    tally.open(row.getRow() == 1 ? List.of() : key(row, by), row.getInt("devices"));
                    return row.getInt("groups");
                }).list();
        return groups.getFirst();
    }

    private void marked(Handle handle, List<String> by, DeviceFilter filter, FleetTally tally) {
        filter.bind(handle.createQuery("""
                SELECT what, %1$s, count(*) FROM (
                    SELECT 'faulty' AS what, unnest(:faulty::text[]) AS id
                    UNION ALL SELECT 'openTickets', unnest(:cases::text[])
                    UNION ALL SELECT 'quarantined', unnest(:quarantined::text[])) marked
                JOIN fleet.device USING (id) WHERE true%2$s GROUP BY what, %1$s"""
                .formatted(String.join(", ", by), filter.conditions())))
                .bindArray("faulty", String.class,
                        facts.faulty().having("any").stream().map(DeviceId::value).toList())
                .bindArray("cases", String.class, facts.cases().get())
                .bindArray("quarantined", String.class, facts.quarantined().get()).map((row, _) -> {
                    tally.count(row.getString("what"), key(row, by), row.getInt("count"));
                    return true;
                }).list();
    }

    private static List<String> key(ResultSet row, List<String> by) throws SQLException {
        List<String> key = new ArrayList<>();
        for (String name : by) {
            key.add(row.getString(name));
        }
        return key;
    }
}
