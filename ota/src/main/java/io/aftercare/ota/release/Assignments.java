package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Signs, with the server's online key, that this device is to have this manifest now. A device with a root needs both:
/// whoever steals release keys cannot choose devices, and whoever steals the server cannot make firmware.
/// Thread-safe; a signature costs 0.7 ms of a core (JDK 25, measured), so it is made for devices that can be reached.
public final class Assignments {
    /// How long a device may begin with it; each connection brings a new one. Long enough for a device whose clock is some
    /// hours off.
    static final Duration LIFETIME = Duration.ofHours(24);

    private final AssignmentKeys keys;
    private final Roots roots;
    private final InstantSource clock;

    public Assignments(AssignmentKeys keys, Roots roots, InstantSource clock) {
        this.keys = keys;
        this.roots = roots;
        this.clock = clock;
    }

    /// Puts `assignment`, and `rootVersion` where there is a root, into an offer.
    ///
    /// @param revert whether the device is to go back to a lower counter
    public void into(ObjectNode offer, DeviceId device, Release release, String campaign, boolean revert) {
        Optional<Root> root = roots.newest().map(Roots.Stored::root);
        root.ifPresent(known -> offer.put("rootVersion", known.version()));
        offer.set("assignment", sign(root, device, release, campaign, revert));
    }

    /// The envelope of a root document, byte for byte; at most [Root#BYTES_MAX].
    public Optional<byte[]> root(int version) {
        return roots.find(version).map(Roots.Stored::envelope);
    }

    private JsonNode sign(Optional<Root> root, DeviceId device, Release release, String campaign,
            boolean revert) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode assignment = Json.object().put("device", device.value())
                .put("manifestSha256", Envelope.parse(release.envelope()).payloadSha256())
                .put("campaign", campaign).put("issued", now.toString())
                .put("expires", now.plus(LIFETIME).toString());
        if (revert) {
            assignment.put("revert", true);
        }
        AssignmentKeys.Own newest = keys.all().getFirst();
        Map.Entry<String, AssignmentKeys.Own> key = root.flatMap(keys::namedBy)
                .orElse(Map.entry(newest.name(), newest));
        return Json.parse(Envelope.json(Envelope.ASSIGNMENT_TYPE,
                Json.text(assignment).getBytes(StandardCharsets.UTF_8), key.getKey(),
                key.getValue().secret()));
    }
}
