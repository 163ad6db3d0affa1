package io.aftercare.server;

import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.action.ActionConfig;
import io.aftercare.remote.action.ConsentPolicy;
import io.aftercare.remote.crash.CrashConfig;
import io.aftercare.remote.fleetaction.FleetActionConfig;
import io.aftercare.remote.upload.UploadLimits;
import java.nio.file.Path;
import io.aftercare.remote.shell.ShellLimits;
import java.util.stream.Stream;

/// Reads what stands between people and devices.
final class RemoteSettings {
    private static final long BYTES_MAX = 1L << 50;
    private static final int PER_MINUTE_MAX = 1_000_000;
    private static final int BOOSTS_MAX = 10_000;

    private RemoteSettings() {}

    static RemoteConfig from(Settings settings) {
        String consent = settings.oneOf(Setting.REMOTE_CONSENT,
                Stream.of(ConsentPolicy.values()).map(ConsentPolicy::text).toArray(String[]::new));
        return new RemoteConfig(new ActionConfig(
                Stream.of(ConsentPolicy.values()).filter(policy -> policy.text().equals(consent)).findFirst()
                        .orElseThrow(),
                perMinute(settings, Setting.REMOTE_ACTIONS_PER_DEVICE),
                perMinute(settings, Setting.REMOTE_ACTIONS_PER_PERSON),
                perMinute(settings, Setting.REMOTE_ACTIONS_PER_FLEET)),
                fleetActions(settings),
                (int) settings.atLeastOne(Setting.REMOTE_BOOSTS, BOOSTS_MAX), uploads(settings),
                CrashConfig.DEFAULTS.with(settings.days(Setting.RETENTION_CRASHES),
                        settings.optional(Setting.SYMBOLIZER).map(Path::of).orElse(null)),
                ShellLimits.defaults(settings.oneOf(Setting.REMOTE_SHELL, "off", "on").equals("on")));
    }

    private static FleetActionConfig fleetActions(Settings settings) {
        FleetActionConfig usual = FleetActionConfig.DEFAULT;
        return new FleetActionConfig(
                (int) settings.atLeastOne(Setting.REMOTE_DEVICES_ALONE, usual.devicesMax()),
                usual.devicesMax(), usual.openMax());
    }

    private static UploadLimits uploads(Settings settings) {
        long all = settings.atLeastOne(Setting.REMOTE_BYTES, BYTES_MAX);
        return UploadLimits.DEFAULTS.withRoom(
                Math.min(all, settings.atLeastOne(Setting.REMOTE_DEVICE_BYTES, BYTES_MAX)), all);
    }

    private static int perMinute(Settings settings, Setting setting) {
        return (int) settings.atLeastOne(setting, PER_MINUTE_MAX);
    }
}
