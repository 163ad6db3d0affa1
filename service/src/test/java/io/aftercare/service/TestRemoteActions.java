package io.aftercare.service;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.runbook.RemoteActions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes wishes for remote actions, and says what a test has set. The same key gives the same action again.
public final class TestRemoteActions implements RemoteActions {
    /// What was asked for, each key once.
    public final LinkedBlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();
    public final Set<DeviceId> offline = ConcurrentHashMap.newKeySet();
    public final Set<DeviceId> updating = ConcurrentHashMap.newKeySet();
    /// What is missing of a consent, by device.
    public final Map<DeviceId, String> consents = new ConcurrentHashMap<>();
    /// Refusals, by the action's name.
    public final Map<String, Refused> refusals = new ConcurrentHashMap<>();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    @Override
    public Answer request(Wanted one) {
        Refused refused = refusals.get(one.action());
        if (refused != null) {
            return refused;
        }
        return asked.computeIfAbsent(one.key(), _ -> {
            wanted.add(one);
            return new Asked("a-" + numbers.incrementAndGet(), "queued", false, null, null);
        });
    }

    /// The id of the action that a key gave.
    public String id(Wanted one) {
        return Objects.requireNonNull(asked.get(one.key())).id();
    }

    @Override
    public boolean isOnline(DeviceId device) {
        return !offline.contains(device);
    }

    @Override
    public boolean isUpdating(DeviceId device) {
        return updating.contains(device);
    }

    @Override
    public Optional<String> consentMissing(DeviceId device, String ticket, boolean needed) {
        return Optional.ofNullable(consents.get(device));
    }
}
