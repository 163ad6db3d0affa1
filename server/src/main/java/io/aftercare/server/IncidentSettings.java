package io.aftercare.server;

import io.aftercare.diagnostics.incident.IncidentConfig;
import java.time.DateTimeException;
import java.time.Duration;

/// Reads when faults of many devices are an incident.
final class IncidentSettings {
    private static final int DEVICES_MIN = 2;
    private static final int DEVICES_MAX = 1_000_000;
    private static final Duration WINDOW_MIN = Duration.ofMinutes(1);
    /// Sightings older than that are swept: [Retentions].
    private static final Duration WINDOW_MAX = Duration.ofDays(7);

    private IncidentSettings() {}

    static IncidentConfig from(Settings settings) {
        return new IncidentConfig(devices(settings), share(settings), window(settings),
                IncidentConfig.DEFAULT.interval());
    }

    private static int devices(Settings settings) {
        long devices = settings.atLeastOne(Setting.INCIDENT_DEVICES, DEVICES_MAX);
        if (devices < DEVICES_MIN) {
            throw settings.wrong(Setting.INCIDENT_DEVICES,
                    "a whole number from 2 to 1000000 is needed: one device is no incident");
        }
        return (int) devices;
    }

    private static double share(Settings settings) {
        String remedy = "a share from 0 to 1 is needed, such as 0.01";
        try {
            double share = Double.parseDouble(settings.text(Setting.INCIDENT_SHARE));
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw settings.wrong(Setting.INCIDENT_SHARE, remedy);
        }
        throw settings.wrong(Setting.INCIDENT_SHARE, remedy);
    }

    private static Duration window(Settings settings) {
        String remedy = "PT1M to P7D is needed, such as PT1H";
        try {
            Duration window = Duration.parse(settings.text(Setting.INCIDENT_WINDOW));
            if (window.compareTo(WINDOW_MIN) >= 0 && window.compareTo(WINDOW_MAX) <= 0) {
                return window;
            }
        } catch (DateTimeException e) {
            throw settings.wrong(Setting.INCIDENT_WINDOW, remedy);
        }
        throw settings.wrong(Setting.INCIDENT_WINDOW, remedy);
    }
}
