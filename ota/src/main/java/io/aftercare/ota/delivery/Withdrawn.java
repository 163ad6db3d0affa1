package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.util.Optional;

/// Tells a device that was offered a release why it no longer gets it. To others a withdrawn release is as one that there
/// is not.
final class Withdrawn {
    private Withdrawn() {}

    /// @param what the release's id, or the sha256 of one of its artifacts
    /// @return the reason, empty where the device was not offered it, or where it was not withdrawn
    static Optional<String> reason(Database database, Device device, String what) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT r.id FROM ota.release r
                                        WHERE r.withdrawn_at IS NOT NULL
                                            AND (r.id = :what OR r.number IN (SELECT a.release FROM ota.artifact a WHERE a.sha256 = :what))
                                            AND EXISTS (SELECT FROM ota.campaign c JOIN ota.deployment p ON p.campaign = c.number
                                                        WHERE c.release = r.number AND p.device = :device AND p.attempts > 0)
                                        ORDER BY r.number DESC LIMIT 1""")
                        .bind("what", what).bind("device", device.number())
                        .mapTo(String.class).findOne().flatMap(id -> Releases.find(handle, id))
                        .map(Release::withdrawal).map(withdrawal -> withdrawal.text(what)));
    }
}
