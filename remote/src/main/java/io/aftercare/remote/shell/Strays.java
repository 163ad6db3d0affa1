package io.aftercare.remote.shell;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// What devices send for a session that is not open, or not theirs: counted and dropped. The audit hears of it once for a session
/// that is over, and once a day for each device that makes sessions up; of those, [#DEVICES_MAX] a day. Thread-safe.
final class Strays {
    private static final Duration QUIET = Duration.ofDays(1);
    /// What was on its way when the session was closed.
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int DEVICES_MAX = 1000;
    private static final Pattern SESSION = Pattern.compile("[a-z0-9]{1,40}");

    private final RemoteGround ground;
    private final ShellMeters meters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DeviceId, Instant> noted = new LinkedHashMap<>();

    Strays(RemoteGround ground, ShellMeters meters) {
        this.ground = ground;
        this.meters = meters;
    }

    void take(DeviceId device, String session, byte[] payload) {
        if (SESSION.matcher(session).matches() && known(device, session, payload)) {
            return;
        }
        meters.dropped("unknown");
        if (isNews(device)) {
            ground.database().useTransaction(handle -> Audit.append(handle, actor(device), "shell.stray",
                    "device/" + device,
                    Json.object().put("why", "it sends for a session that it does not have")));
        }
    }

    // Whether it is one that this device has had.
    private boolean known(DeviceId device, String session, byte[] payload) {
        Instant now = ground.now();
        return ground.database().inTransaction(handle -> {
            Shell shell = ShellSql.find(handle, session, false)
                    .filter(found -> found.device().equals(device.value())).orElse(null);
            if (shell == null) {
                return false;
            }
            if (isClose(payload)) {
                var _ = ShellSql.deviceClosed(handle, device.value(), session, now);
                return true;
            }
            meters.dropped("closed");
            if (ShellSql.stray(handle, device.value(), session, now, now.minus(GRACE))) {
                ShellAudit.append(handle, actor(device), "shell.stray", shell,
                        Json.object().put("why", "it sends for a session that is not open"));
            }
            return true;
        });
    }

    private static boolean isClose(byte[] payload) {
        try {
            return Frame.read(payload) instanceof Frame.Close;
        } catch (IllegalArgumentException _) {
            return false; // it is dropped like all else
        }
    }

    private boolean isNews(DeviceId device) {
        Instant now = ground.now();
        lock.lock();
        try {
            noted.values().removeIf(at -> at.plus(QUIET).isBefore(now));
            return noted.size() < DEVICES_MAX && noted.putIfAbsent(device, now) == null;
        } finally {
            lock.unlock();
        }
    }

    private static Principal actor(DeviceId device) {
        return new Principal("device " + device, Set.of(), "", "");
    }
}
