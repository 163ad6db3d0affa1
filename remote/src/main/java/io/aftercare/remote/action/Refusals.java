package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Writes into the audit what was tried and not done. What can come without end, too many requests and answers for others'
/// actions, is written once in ten minutes for each who does it. Thread-safe; blocks, and has a transaction of its own.
final class Refusals {
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int REMEMBERED_MAX = 10_000;

    private final RemoteGround ground;
    private final Map<String, Instant> noted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    Refusals(RemoteGround ground) {
        this.ground = ground;
    }

    /// @param deed   what was tried, such as `request`
    /// @param object such as `device/SN-1`
    void note(Principal who, String deed, String object, ObjectNode detail, Problem refusal) {
        ground.meters().counter("aftercare_remote_refusals_total", "status",
                Integer.toString(refusal.status())).increment();
        if (refusal.status() != 429 || isNews("rate " + who.name())) {
            detail.put("tried", deed).put("status", refusal.status()).put("reason", refusal.getMessage());
            ground.database()
                    .useTransaction(handle -> Audit.append(handle, who, "action.refuse", object, detail));
        }
    }

    /// A device answers for an action that is not its own.
    void foreign(DeviceId device, String action) {
        if (isNews("device " + device)) {
            Principal actor = new Principal("device " + device, Set.of(), "", "");
            ground.database().useTransaction(handle -> Audit.append(handle, actor, "action.trespass",
                    "device/" + device,
                    Json.object().put("action", action.substring(0, Math.min(64, action.length())))));
        }
    }

    private boolean isNews(String what) {
        Instant now = ground.now();
        synchronized (noted) {
            Instant last = noted.get(what);
            if (last != null && last.plus(QUIET).isAfter(now)) {
                return false;
            }
            noted.put(what, now);
            return true;
        }
    }
}
