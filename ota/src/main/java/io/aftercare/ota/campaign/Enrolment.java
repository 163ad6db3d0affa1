package io.aftercare.ota.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Gives devices their place in a campaign, a million in one statement. Who comes first is decided by a hash of the device
/// id that differs from campaign to campaign: chosen at random, yet the same however often it is asked.
final class Enrolment {
    // a device that may not connect has nothing to be offered
    private static final String CANDIDATES = """
            fleet.device d WHERE d.model = :product AND d.state NOT IN ('suspended', 'replaced', 'retired') AND (%s)""";

    private Enrolment() {}

    /// How many devices a target chooses.
    static int count(Handle handle, String product, Target target) {
        return handle.createQuery("SELECT count(*) FROM " + CANDIDATES.formatted(target.sql()))
                .bind("product", product).bindMap(target.binds()).mapTo(Integer.class).one();
    }

    /// Those of `devices` that a target chooses.
    static Set<String> among(Handle handle, String product, Target target, Set<String> devices) {
        return handle.createQuery("SELECT d.id FROM " + CANDIDATES.formatted(target.sql())
                + " AND d.id = ANY(:devices)").bind("product", product).bindMap(target.binds())
                .bindArray("devices", String.class, devices).mapTo(String.class).set();
    }

    /// Enrols the target's devices, each in its stage; those after the last stage's share stay out.
    static int enrol(Handle handle, CampaignRow campaign, Instant now) {
        Target target = Target.parse(campaign.target());
        List<Plan.Stage> stages = campaign.value().plan().stages();
        return handle
                .createUpdate(
                        """
                                WITH chosen AS MATERIALIZED (
                                    SELECT d.number, hashtextextended(d.id, :campaign) AS hash FROM %s),
                                counted AS (SELECT count(*)::int AS n FROM chosen),
                                ends AS (
                                    SELECT array_agg(place ORDER BY i) AS places, max(place) AS last
                                    FROM (SELECT i, 1 + max(least(n, coalesce(counts, ceil(n * percents / 100)::int)))
                                              OVER (ORDER BY i) AS place
                                          FROM counted, unnest(:percents, :counts) WITH ORDINALITY AS stage (percents, counts, i)) each)
                                INSERT INTO ota.deployment (campaign, device, stage, changed_at, due_at)
                                SELECT :campaign, number, width_bucket(place, places), :now, :now
                                FROM (SELECT number, row_number() OVER (ORDER BY hash, number)::int AS place FROM chosen) placed, ends
                                WHERE place < last ON CONFLICT DO NOTHING"""
                                .formatted(CANDIDATES.formatted(target.sql())))
                .bind("campaign", campaign.number())
                .bindArray("percents", Double.class, stages.stream().map(Plan.Stage::percent).toArray())
                .bindArray("counts", Integer.class, stages.stream().map(Plan.Stage::count).toArray())
                .bind("now", now).bind("product", campaign.product()).bindMap(target.binds()).execute();
    }

    /// Enrols devices that match only now (registered, tagged or first connected after the start): they pass through the
    /// stages as the others did, by the same hash as a share of all.
    static int sweep(Handle handle, CampaignRow campaign, Instant now) {
        Target target = Target.parse(campaign.target());
        List<Double> shares = new ArrayList<>();
        double share = 0;
        List<Plan.Stage> stages = campaign.value().plan().stages();
        for (Plan.Stage stage : stages) {
            // a stage counted in devices is full by now, but for the last, which takes whoever comes
            boolean last = shares.size() == stages.size() - 1;
            double percent = stage.percent() == null ? last ? 100 : 0 : stage.percent();
            share = Math.max(share, percent / 100);
            shares.add(share);
        }
        return handle
                .createUpdate(
                        """
                                INSERT INTO ota.deployment (campaign, device, stage, changed_at, due_at)
                                SELECT :campaign, number, width_bucket(place, :shares), :now, :now
                                FROM (SELECT d.number, (hashtextextended(d.id, :campaign) & 2147483647) / 2147483648.0::float8 AS place
                                      FROM %s AND NOT EXISTS (SELECT FROM ota.deployment p
                                                              WHERE p.campaign = :campaign AND p.device = d.number)) placed
                                WHERE place < :last ON CONFLICT DO NOTHING"""
                                .formatted(CANDIDATES.formatted(target.sql())))
                .bind("campaign", campaign.number()).bindArray("shares", Double.class, shares)
                .bind("now", now)
                .bind("last", shares.getLast()).bind("product", campaign.product()).bindMap(target.binds())
                .execute();
    }
}
