package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Target;
import io.aftercare.fleet.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Gives devices their place in a campaign. Who comes first is decided by a hash of the device id that differs from campaign
/// to campaign: chosen at random, yet the same however often it is asked.
///
/// A million devices are not enrolled in one transaction. [#begin] finds, in one look at all, the hash at which each stage
/// ends; [#next] then makes rows for a bounded number of devices, in the order of their numbers, as often as it is called.
/// Killed in between, it goes on after the last commit.
final class Enrolment {
    /// Bound on the devices that are enrolled in one transaction.
    static final int CHUNK_MAX = 20_000;
    private static final Early NOBODY = new Early(0, "NULL::int", Map.of());

    private Enrolment() {}

    /// How many devices a target chooses.
    static int count(Handle handle, String product, Target target) {
        return handle.createQuery("SELECT count(*) FROM " + candidates(target))
                .bind("product", product).bindMap(target.binds()).mapTo(Integer.class).one();
    }

    /// The devices of `:product` that a target chooses and that may connect, by the name `d`, for a FROM.
    static String candidates(Target target) {
        return candidates(target, NOBODY);
    }

    private static String candidates(Target target, Early early) {
        // a device that may not connect has nothing to be offered
        return Target.from(target.sql() + early.sql())
                + " WHERE d.model = :product AND d.state NOT IN ('suspended', 'replaced', 'retired') AND ("
                + target.sql() + ")";
    }

    /// Those of `devices` that a target chooses.
    static Set<String> among(Handle handle, String product, Target target, Set<String> devices) {
        return handle
                .createQuery("SELECT d.id FROM " + candidates(target) + " AND d.id = ANY(:devices)")
                .bind("product", product).bindMap(target.binds())
                .bindArray("devices", String.class, devices).mapTo(String.class).set();
    }

    /// Draws who comes when; a [Problem] 409 where there is nobody any more.
    static void begin(Handle handle, CampaignRow campaign) {
        Target target = Target.parse(campaign.target());
        Early early = Early.of(campaign.value().plan());
        // the draw is sorted in memory where it is a usual one
        handle.execute("SET LOCAL work_mem = '64MB'");
        Counted counted = count(handle, campaign, target, early);
        // a return also follows the devices on which the bad release is still at work
        if (counted.all() == 0 && campaign.revertOf() == null) {
            throw Problem.conflict("No device of " + campaign.product() + " matches the target of campaign "
                    + campaign.value().id() + " any more; make a new one with a target that chooses some");
        }
        Long[] places = places(handle, campaign, target, early, counted);
        handle.createUpdate("""
                UPDATE ota.campaign SET enrol_after = 0, places = :places, matched = :matched
                WHERE number = :number""").bindArray("places", Long.class, (Object[]) places)
                .bind("matched", counted.all()).bind("number", campaign.number()).execute();
    }

    /// @param all   devices of the target
    /// @param drawn those of them that no stage chooses by name
    private record Counted(int all, int drawn) {}

    private static Counted count(Handle handle, CampaignRow campaign, Target target, Early early) {
        return handle.createQuery("SELECT count(*) AS n, count(*) FILTER (WHERE " + early.sql()
                + " IS NULL) AS drawn FROM " + candidates(target, early)).bind("product", campaign.product())
                .bindMap(target.binds()).bindMap(early.binds())
                .map((row, _) -> new Counted(row.getInt("n"), row.getInt("drawn"))).one();
    }

    /// The lowest hash that is no longer in each of the drawn stages.
    private static Long[] places(Handle handle, CampaignRow campaign, Target target, Early early,
            Counted counted) {
        List<Plan.Stage> stages = campaign.value().plan().stages();
        int[] ends = stages.stream().skip(early.stages())
                .mapToInt(stage -> Math.max(0,
                        stage.upTo(counted.all()) - (counted.all() - counted.drawn())))
                .toArray();
        Long[] places = new Long[ends.length];
        Arrays.fill(places, Long.MAX_VALUE);
        int[] inside = Arrays.stream(ends).filter(end -> end < counted.drawn()).distinct().toArray();
        if (inside.length > 0) {
            handle.createQuery(
                    """
                            SELECT place, hash FROM (
                                SELECT hash, row_number() OVER (ORDER BY hash) - 1 AS place FROM (
                                    SELECT hashtextextended(d.id, :campaign) AS hash FROM %s AND %s IS NULL) each) placed
                            WHERE place = ANY(:ends)"""
                            .formatted(candidates(target, early), early.sql()))
                    .bind("campaign", campaign.number()).bind("product", campaign.product())
                    .bindMap(target.binds()).bindMap(early.binds())
                    .bindArray("ends", Integer.class, Arrays.stream(inside).boxed().toArray())
                    .map((row, _) -> placed(row, ends, places)).list();
        }
        for (int i = 1; i < places.length; i++) {
            places[i] = Math.max(places[i], places[i - 1]);
        }
        return places;
    }

    private static int placed(ResultSet row, int[] ends, Long[] places) throws SQLException {
        int found = 0;
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] == row.getInt("place")) {
                places[i] = row.getLong("hash");
                found++;
            }
        }
        return found;
    }

    /// What [#next] did.
    ///
    /// @param made rows that are new
    /// @param more whether there are devices left to look at
    record Chunk(int made, boolean more) {}

    /// Enrols the next devices of a campaign that has begun, each in its stage; those after the last stage's share stay out.
    static Chunk next(Handle handle, CampaignRow campaign, int max, Instant now) {
        Target target = Target.parse(campaign.target());
        Early early = Early.of(campaign.value().plan());
        int stages = campaign.value().plan().stages().size();
        Integer after = handle.createQuery("SELECT enrol_after FROM ota.campaign WHERE number = :number")
                .bind("number", campaign.number()).mapTo(Integer.class).findOne().orElse(null);
        if (after == null) {
            return new Chunk(0, false);
        }
        Seen seen = handle
                .createQuery(
                        """
                                WITH seen AS MATERIALIZED (
                                    SELECT d.number, %s AS early, hashtextextended(d.id, :campaign) AS hash
                                    FROM %s AND d.number > :after ORDER BY d.number LIMIT :max),
                                placed AS (
                                    SELECT seen.number, coalesce(early, :early + width_bucket(hash, c.places)) AS stage
                                    FROM seen, ota.campaign c WHERE c.number = :campaign),
                                made AS (
                                    INSERT INTO ota.deployment (campaign, device, stage, changed_at, due_at)
                                    SELECT :campaign, number, stage, :now, :now FROM placed WHERE stage < :stages ORDER BY number
                                    ON CONFLICT DO NOTHING RETURNING 1)
                                SELECT (SELECT max(number) FROM seen) AS last, (SELECT count(*) FROM seen) AS seen,
                                    (SELECT count(*) FROM made) AS made"""
                                .formatted(early.sql(), candidates(target, early)))
                .bind("campaign", campaign.number()).bind("product", campaign.product())
                .bindMap(target.binds()).bindMap(early.binds()).bind("early", early.stages())
                .bind("stages", stages).bind("after", after).bind("max", max).bind("now", now)
                .map((row, _) -> new Seen(row.getInt("last"), row.getInt("seen"), row.getInt("made"))).one();
        boolean more = seen.seen() == max;
        handle.createUpdate("UPDATE ota.campaign SET enrol_after = :after WHERE number = :number")
                .bind("after", more ? Integer.valueOf(seen.last()) : null)
                .bind("number", campaign.number()).execute();
        return new Chunk(seen.made(), more);
    }

    private record Seen(int last, int seen, int made) {}

    /// Enrols devices that match only now (registered, tagged or first connected after the start): they pass through the
    /// stages as the others did, by the same hash as a share of all. Those that were left out stay out.
    ///
    /// @return how many, at most [#CHUNK_MAX]
    static int sweep(Handle handle, CampaignRow campaign, Instant now) {
        Target target = Target.parse(campaign.target());
        Early early = Early.of(campaign.value().plan());
        List<Plan.Stage> stages = campaign.value().plan().stages();
        return handle
                .createUpdate(
                        """
                                WITH late AS MATERIALIZED (
                                    SELECT d.number, %s AS early, hashtextextended(d.id, :campaign) AS hash
                                    FROM %s AND NOT EXISTS (SELECT FROM ota.deployment p
                                                            WHERE p.campaign = :campaign AND p.device = d.number))
                                INSERT INTO ota.deployment (campaign, device, stage, changed_at, due_at)
                                SELECT :campaign, late.number,
                                    coalesce(early, :early + width_bucket(hash / 18446744073709551616.0::float8 + 0.5, :shares)), :now, :now
                                FROM late JOIN ota.campaign c ON c.number = :campaign
                                WHERE early IS NOT NULL OR hash < c.places[cardinality(c.places)]
                                ORDER BY late.number LIMIT :max ON CONFLICT DO NOTHING"""
                                .formatted(early.sql(), candidates(target, early)))
                .bind("campaign", campaign.number()).bind("now", now).bind("early", early.stages())
                .bindArray("shares", Double.class, shares(stages.subList(early.stages(), stages.size())))
                .bind("max", CHUNK_MAX).bind("product", campaign.product()).bindMap(target.binds())
                .bindMap(early.binds()).execute();
    }

    // where each drawn stage but the last one ends; one counted in devices is full by now
    private static List<Double> shares(List<Plan.Stage> drawn) {
        List<Double> shares = new ArrayList<>();
        double share = 0;
        for (Plan.Stage stage : drawn.subList(0, Math.max(0, drawn.size() - 1))) {
            share = Math.max(share, stage.percent() == null ? 0 : stage.percent() / 100);
            shares.add(share);
        }
        return shares;
    }
}
