package io.aftercare.ota.health;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.ota.campaign.Soaks.Soak;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The two groups that a look compares, drawn by a hash of the device id where there are more than can be looked at.
///
/// @param updated those that were confirmed and run the version
/// @param waiting those of later stages that were never offered it
record Groups(List<Member> updated, List<Member> waiting) {
    /// Bound on the devices of a group.
    static final int DEVICES_MAX = 1000;

    Groups {
        updated = List.copyOf(updated);
        waiting = List.copyOf(waiting);
    }

    /// @param from    faults raised from then on count, because the device was updated or the stage has opened
    /// @param standing faults raised from then on count if they still stand: the device may raise one before it reports its success
    record Member(DeviceId id, Instant from, Instant standing) {}

    static Groups read(Handle handle, Soak soak) {
        List<Member> updated = handle
                .createQuery(
                        """
                                SELECT d.id, p.offered_at, p.changed_at FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                                WHERE p.campaign = :campaign AND p.state = 'confirmed' AND d.firmware = :version
                                ORDER BY hashtextextended(d.id, -:campaign) LIMIT :max""")
                .bind("campaign", soak.campaign())
                .bind("version", soak.version()).bind("max", DEVICES_MAX)
                .map((row, _) -> {
                    Instant confirmed = row.getTimestamp("changed_at").toInstant();
                    var offered = row.getTimestamp("offered_at");
                    return new Member(new DeviceId(row.getString("id")), later(soak.openedAt(), confirmed),
                            later(soak.openedAt(), offered == null ? confirmed : offered.toInstant()));
                }).list();
        List<Member> waiting = handle
                .createQuery(
                        """
                                SELECT d.id FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                                WHERE p.campaign = :campaign AND p.stage > :stage AND p.state = 'pending' AND p.outcome IS NULL
                                    AND p.attempts = 0
                                ORDER BY hashtextextended(d.id, -:campaign) LIMIT :max""")
                .bind("campaign", soak.campaign())
                .bind("stage", soak.stage()).bind("max", DEVICES_MAX)
                .map((row, _) -> new Member(new DeviceId(row.getString("id")), soak.openedAt(),
                        soak.openedAt()))
                .list();
        return new Groups(updated, waiting);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
