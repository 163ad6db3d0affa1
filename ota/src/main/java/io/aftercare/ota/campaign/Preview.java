package io.aftercare.ota.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.plan.Target;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.wording.Told;
import io.aftercare.ota.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// What a campaign would meet: how many devices its target chooses, which of them the release is not for and why, and how
/// many of the others have not been heard of lately.
///
/// @param matched chosen by the target
/// @param ready   of those, how many would be offered the release
/// @param silent  of `ready`, not heard of for [#SILENT]: they get it when they are back
/// @param skipped the rest, by reason, the most frequent first
record Preview(int matched, int ready, int silent, List<Skipped> skipped) {
    static final Duration SILENT = Duration.ofHours(1);
    private static final int REASONS_MAX = 50;

    record Skipped(String reason, int devices) {
        /// The reason part by part.
        @JsonProperty
        List<Told> why() {
            return Wording.read(reason);
        }
    }

    /// Devices that are alike in what decides about an offer.
    record Alike(String hardware, String firmware, int devices, int silent) {}

    static Preview of(Handle handle, Release release, Target target, Instant now) {
        return of(release, handle.registerRowMapper(ConstructorMapper.factory(Alike.class)).createQuery("""
                SELECT d.hardware, d.firmware, count(*) AS devices,
                    count(*) FILTER (WHERE d.last_seen IS NULL OR d.last_seen < :since) AS silent
                FROM %s GROUP BY d.hardware, d.firmware""".formatted(Enrolment.candidates(target)))
                .bind("product", release.product()).bindMap(target.binds()).bind("since", now.minus(SILENT))
                .mapTo(Alike.class).list());
    }

    static Preview of(Release release, List<Alike> groups) {
        Map<String, Integer> reasons = new HashMap<>();
        int matched = 0;
        int ready = 0;
        int silent = 0;
        for (Alike group : groups) {
            matched += group.devices();
            String obstacle = Deployment.obstacle(new DeploymentEvent.Facts(true, true, false,
                    group.firmware(), group.hardware(), "", null), release.manifest(), false);
            if (obstacle.isEmpty()) {
                ready += group.devices();
                silent += group.silent();
            } else {
                reasons.merge(obstacle, group.devices(), Integer::sum);
            }
        }
        List<Skipped> skipped = new ArrayList<>();
        reasons.forEach((reason, devices) -> skipped.add(new Skipped(reason, devices)));
        skipped.sort(Comparator.comparingInt(Skipped::devices).reversed().thenComparing(Skipped::reason));
        return new Preview(matched, ready, silent, List.copyOf(skipped.subList(0,
                Math.min(REASONS_MAX, skipped.size()))));
    }
}
