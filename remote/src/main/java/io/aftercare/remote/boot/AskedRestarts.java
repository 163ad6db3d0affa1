package io.aftercare.remote.boot;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.Downlink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/// The restarts that the backend asked for and that have not come yet, in memory: whoever judges a start asks in the middle of the
/// telemetry's path. It learns of them on the way down, before the device can hear of them, so that no start overtakes the
/// asking. At most [#DEVICES_MAX] devices; an asking is forgotten after [#PATIENCE]. Thread-safe.
public final class AskedRestarts implements Downlink {
    static final Duration PATIENCE = Duration.ofMinutes(15);
    static final int DEVICES_MAX = 100_000;
    /// An update's new image may need three starts until it runs or is given up.
    static final int STARTS_OF_UPDATE = 3;
    /// Devices' clocks are off by a little,
    private static final Duration SKEW = Duration.ofMinutes(5);
    /// or not set yet when they start.
    private static final Instant CLOCK_UNSET = Instant.parse("2020-01-01T00:00:00Z");
    private static final String ACTIONS = "actions/";

    private final Downlink next;
    private final BiPredicate<DeviceId, String> restarts;
    private final InstantSource clock;
    private final ConcurrentHashMap<DeviceId, Asked> asked = new ConcurrentHashMap<>();

    /// What was asked of a device.
    ///
    /// @param starts    how many starts it explains
    /// @param explained those that it has explained, by when the device says they were
    private record Asked(String what, Instant since, int starts, Set<Instant> explained) {
        Asked {
            explained = Set.copyOf(explained);
        }

        boolean explains(Instant at) {
            return explained.contains(at) || explained.size() < starts
                    && (!at.isBefore(since.minus(SKEW)) || at.isBefore(CLOCK_UNSET));
        }

        Asked having(Instant at) {
            Set<Instant> more = new HashSet<>(explained);
            more.add(at);
            return new Asked(what, since, starts, more);
        }
    }

    /// @param restarts whether a device's action of this name restarts it
    AskedRestarts(Downlink next, BiPredicate<DeviceId, String> restarts, InstantSource clock) {
        this.next = next;
        this.restarts = restarts;
        this.clock = clock;
    }

    @Override
    public boolean send(DeviceId device, String suffix, byte[] payload) {
        boolean asks = suffix.startsWith(ACTIONS) && restarts.test(device, name(payload));
        String what = "action " + suffix.substring(suffix.indexOf('/') + 1);
        if (asks) {
            expect(device, what, clock.instant(), 1);
        }
        boolean live = next.send(device, suffix, payload);
        if (asks && !live) {
            asked.computeIfPresent(device, (_, known) -> known.what().equals(what) ? null : known);
        }
        return live;
    }

    @Override
    public boolean reaches(DeviceId device) {
        return next.reaches(device);
    }

    private static String name(byte[] payload) {
        JsonNode action = Json.parse(new String(payload, StandardCharsets.UTF_8)).path("action");
        return action.asText("");
    }

    /// An action was sent; the same again, as after a reconnect, explains no more starts than once.
    void expect(DeviceId device, String what, Instant at, int starts) {
        if (asked.size() >= DEVICES_MAX) {
            asked.values().removeIf(known -> isOver(known, at));
        }
        if (asked.size() < DEVICES_MAX) {
            asked.merge(device, new Asked(what, at, starts, Set.of()),
                    (known, fresh) -> known.what().equals(what) && !isOver(known, at) ? known : fresh);
        }
    }

    /// A device says where it is in an update.
    ///
    /// @param state as on `ota/status`
    public void updating(DeviceId device, String release, String state) {
        String what = "update " + release;
        switch (state) {
            case "installing", "rebooting" -> expect(device, what, clock.instant(), STARTS_OF_UPDATE);
            case "confirmed", "failed", "rolled_back" ->
                asked.computeIfPresent(device, (_, known) -> known.what().equals(what) ? null : known);
            default -> {
                // no restart follows from the other steps
            }
        }
    }

    /// What explains a start; the same start, told again, is explained again.
    ///
    /// @param at when the device says that it started
    public Optional<String> explain(DeviceId device, Instant at) {
        Instant now = clock.instant();
        Asked after = asked.computeIfPresent(device, (_, known) -> {
            if (isOver(known, now)) {
                return null;
            }
            return known.explains(at) ? known.having(at) : known;
        });
        return after != null && after.explained().contains(at) ? Optional.of(after.what()) : Optional.empty();
    }

    private static boolean isOver(Asked known, Instant now) {
        return now.isAfter(known.since().plus(PATIENCE));
    }
}
