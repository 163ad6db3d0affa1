package io.aftercare.ota.health;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.Soaks.Soak;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The looks that were taken: what they spent and found. Every method works within the caller's transaction.
final class HealthStore {
    private HealthStore() {}

    /// A look as it was taken.
    ///
    /// @param number   counts within a soak, see [LookPlan]
    /// @param fraction of the soak that had passed
    /// @param series   of both groups over time; only of the newest look
    record Look(int stage, Instant reachedAt, int number, Instant at, double fraction, boolean last,
            int updated,
            int waiting, double spentFaults, double spentMetrics, List<Finding> findings,
            @Nullable JsonNode series) {}

    static void insert(Handle handle, int campaign, Look look) {
        handle.createUpdate(
                "UPDATE ota.health_look SET series = NULL WHERE campaign = :campaign AND series IS NOT NULL")
                .bind("campaign", campaign).execute();
        handle.createUpdate(
                """
                        INSERT INTO ota.health_look (campaign, stage, reached_at, number, at, fraction, last, updated, waiting,
                            spent_faults, spent_metrics, findings, series)
                        VALUES (:campaign, :stage, :reachedAt, :number, :at, :fraction, :last, :updated, :waiting,
                            :spentFaults, :spentMetrics, :findings::jsonb, :series::jsonb)""")
                .bind("campaign", campaign)
                .bind("stage", look.stage()).bind("reachedAt", look.reachedAt()).bind("number", look.number())
                .bind("at", look.at()).bind("fraction", look.fraction()).bind("last", look.last())
                .bind("updated", look.updated()).bind("waiting", look.waiting())
                .bind("spentFaults", look.spentFaults()).bind("spentMetrics", look.spentMetrics())
                .bind("findings", Json.text(look.findings()))
                .bind("series", look.series() == null ? null : Json.text(look.series())).execute();
    }

    /// All of a campaign, in order.
    static List<Look> looks(Handle handle, int campaign) {
        return handle
                .createQuery("SELECT * FROM ota.health_look WHERE campaign = :campaign ORDER BY at, number")
                .bind("campaign", campaign)
                .map((row, _) -> new Look(row.getInt("stage"), row.getTimestamp("reached_at").toInstant(),
                        row.getInt("number"), row.getTimestamp("at").toInstant(), row.getDouble("fraction"),
                        row.getBoolean("last"), row.getInt("updated"), row.getInt("waiting"),
                        row.getDouble("spent_faults"), row.getDouble("spent_metrics"),
                        Json.read(row.getString("findings"), new TypeReference<List<Finding>>() {
                        }), row.getString("series") == null ? null : Json.parse(row.getString("series"))))
                .list();
    }

    /// What is left after these looks.
    static Budget budget(double alpha, List<Look> looks) {
        return new Budget(alpha, looks.stream().mapToDouble(Look::spentFaults).sum(),
                looks.stream().mapToDouble(Look::spentMetrics).sum());
    }

    /// What these looks found worse. The campaign goes on all the same, so somebody has looked at it.
    static Set<String> excused(List<Look> looks) {
        Set<String> names = new TreeSet<>();
        looks.stream().flatMap(look -> look.findings().stream())
                .filter(finding -> finding.verdict() == Finding.Verdict.WORSE)
                .forEach(finding -> names.addAll(finding.names()));
        return names;
    }

    /// The number of the last look at this soak, 0 for none.
    static int number(List<Look> looks, Soak soak) {
        return looks.stream()
                .filter(look -> look.stage() == soak.stage() && look.reachedAt().equals(soak.reachedAt()))
                .mapToInt(Look::number).max().orElse(0);
    }
}
