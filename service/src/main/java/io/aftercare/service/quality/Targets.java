package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.setting.HouseSetting;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the desk wants of itself: a setting, from the handbook at first (R25). Null for what has no target.
///
/// @param responseMinutes mean response, at most
/// @param zone            in which the days of reports and books begin, such as `Asia/Shanghai`
@JsonInclude(JsonInclude.Include.ALWAYS)
record Targets(@Nullable Double responseMinutes, @Nullable Double resolutionMinutes, @Nullable Double fixRate,
        @Nullable Double firstTimeFix, @Nullable Double attainment, @Nullable Double satisfaction,
        String zone) {
    /// Mean response at most 2 h, fix rate at least 95 %.
    private static final Targets HANDBOOK = new Targets(120.0, null, 0.95, null, null, null, "UTC");

    static final HouseSetting<Targets> SETTING = new HouseSetting<>("kpi_target", "kpi-targets",
            Targets.class,
            HANDBOOK);

    ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    /// What was missed, a sentence each.
    List<String> missed(Figures figures) {
        List<String> missed = new ArrayList<>();
        atMost(missed, "mean response in minutes", figures.meanResponse(), responseMinutes);
        atMost(missed, "mean resolution in minutes", figures.meanResolutionNet(), resolutionMinutes);
        atLeast(missed, "fix rate", figures.fixRate(), fixRate);
        atLeast(missed, "first-time fix", figures.firstTimeFix(), firstTimeFix);
        atLeast(missed, "attainment", figures.attainment(), attainment);
        atLeast(missed, "satisfaction", figures.satisfaction(), satisfaction);
        return missed;
    }

    private static void atMost(List<String> missed, String name, @Nullable Double is,
            @Nullable Double target) {
        if (is != null && target != null && is > target) {
            missed.add(String.format(Locale.ROOT, "%s: %.4g, at most %.4g wanted", name, is, target));
        }
    }

    private static void atLeast(List<String> missed, String name, @Nullable Double is,
            @Nullable Double target) {
        if (is != null && target != null && is < target) {
            missed.add(String.format(Locale.ROOT, "%s: %.4g, at least %.4g wanted", name, is, target));
        }
    }

    /// A [Problem] 400 where there is no such zone.
    Targets checked() {
        try {
            zoneId();
            return this;
        } catch (DateTimeException e) {
            throw Problem.invalid("zone", zone + " is no zone such as Asia/Shanghai");
        }
    }
}
