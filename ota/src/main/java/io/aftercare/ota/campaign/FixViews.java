package io.aftercare.ota.campaign;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.FixCases.Case;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Shows which devices, faults and cases a release or a campaign is for. Reads only. Thread-safe; blocks.
final class FixViews {
    private static final String SELECT = """
            SELECT d.id AS device, d.firmware, f.faults, f.state, f.reason, c.id AS campaign, p.stage + 1 AS stage,
                p.state AS step, f.changed_at
            FROM ota.fix f JOIN ota.campaign c ON c.number = f.campaign JOIN fleet.device d ON d.number = f.device
            LEFT JOIN ota.deployment p ON p.campaign = f.campaign AND p.device = f.device
            """;

    private final Database database;
    private final OpenFaults faults;
    private final FixCases cases;

    /// What a release is for, in numbers.
    record Sum(int devices, int faults, int tickets) {}

    FixViews(Database database, OpenFaults faults, FixCases cases) {
        this.database = database;
        this.faults = faults;
        this.cases = cases;
    }

    /// Of a release, by device: what its campaigns have done, and who still waits.
    ///
    /// @param after the last device of the page before, empty to begin
    List<FixView> ofRelease(String id, String after, int limit) {
        return withCases(all(id).tailMap(after, false).values().stream().limit(limit).toList());
    }

    /// As [#ofRelease], counted.
    Sum sum(String id) {
        List<FixView> all = withCases(List.copyOf(all(id).values()));
        return new Sum(all.size(),
                (int) all.stream().flatMap(view -> view.faults().stream()).distinct().count(),
                (int) all.stream().flatMap(view -> view.tickets().stream()).map(Case::id).distinct().count());
    }

    private NavigableMap<String, FixView> all(String id) {
        NavigableMap<String, FixView> views = new TreeMap<>();
        Release release = database.jdbi().withHandle(handle -> {
            Release found = Releases.find(handle, id).orElseThrow(() -> Problem.notFound("release", id));
            // the newest campaign's word about a device is the last
            handle.createQuery(SELECT + "WHERE c.release = :release ORDER BY c.number")
                    .bind("release", found.number()).map((row, _) -> map(row))
                    .forEach(view -> views.put(view.device(), view));
            return found;
        });
        Fixes.affected(faults, release).forEach((device, open) -> {
            FixView known = views.get(device);
            if (known == null || known.state().equals(FixState.FAILED.text())) {
                views.put(device, waiting(device, open, known));
            }
        });
        return views;
    }

    private static FixView waiting(String device, List<OpenFault> open, @Nullable FixView failed) {
        List<String> ids = open.stream().map(OpenFault::fault).sorted().toList();
        String firmware = open.getFirst().firmware();
        return failed == null
                ? new FixView(device, firmware, ids, List.of(), "waiting", "", null, null, null, null)
                : new FixView(device, firmware, ids, List.of(), failed.state(), failed.reason(),
                        failed.campaign(), failed.stage(), failed.step(), failed.since());
    }

    /// Of a campaign, by device.
    ///
    /// @param after the last device of the page before, empty to begin
    List<FixView> ofCampaign(String id, String after, int limit) {
        return withCases(database.jdbi().withHandle(handle -> {
            CampaignRow row = CampaignStore.find(handle, id)
                    .orElseThrow(() -> Problem.notFound("campaign", id));
            return page(handle, row.number(), after, limit);
        }));
    }

    private static List<FixView> page(Handle handle, int campaign, String after, int limit) {
        return handle.createQuery(SELECT
                + "WHERE f.campaign = :campaign AND d.id > :after ORDER BY d.id LIMIT :limit")
                .bind("campaign", campaign).bind("after", after).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    private List<FixView> withCases(List<FixView> views) {
        Map<String, Case> known = cases.of(views.stream().flatMap(view -> view.faults().stream()).toList());
        return views.stream().map(view -> view.with(view.faults().stream().map(known::get)
                .filter(Objects::nonNull).distinct().toList())).toList();
    }

    private static FixView map(ResultSet row) throws SQLException {
        return new FixView(row.getString("device"), row.getString("firmware"),
                List.of((String[]) row.getArray("faults").getArray()), List.of(), row.getString("state"),
                row.getString("reason"), row.getString("campaign"), row.getObject("stage", Integer.class),
                row.getString("step"), row.getTimestamp("changed_at").toInstant());
    }
}
