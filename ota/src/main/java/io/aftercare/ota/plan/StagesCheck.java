package io.aftercare.ota.plan;

import io.aftercare.fleet.http.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Whether stages add up; a [Problem] 400 names the stage that does not.
public final class StagesCheck {
    private StagesCheck() {}

    /// @param partial whether the last stage may leave devices out
    static void check(List<Plan.Stage> stages, boolean partial) {
        double percent = 0;
        int count = 0;
        boolean drawn = false;
        for (int i = 0; i < stages.size(); i++) {
            Plan.Stage stage = stages.get(i);
            String field = "stages." + i;
            if (Stream.of(stage.percent(), stage.count(), stage.target()).filter(Objects::nonNull)
                    .count() != 1) {
                throw Problem.invalid(field, "say one of percent, count and target");
            }
            if (stage.target() != null) {
                checkCanary(field, stage.target(), drawn);
                continue;
            }
            drawn = true;
            if (stage.percent() != null) {
                checkGrows(field + ".percent", stage.percent(), percent);
                percent = stage.percent();
            }
            if (stage.count() != null) {
                checkGrows(field + ".count", stage.count(), count);
                count = stage.count();
            }
        }
        boolean all = stages.getLast().count() != null || percent == 100;
        if (!all && !partial) {
            throw Problem.invalid("stages." + (stages.size() - 1),
                    "the last stage leaves devices out; end with {\"percent\":100}, or say \"partial\":true");
        }
    }

    private static void checkCanary(String field, String target, boolean drawn) {
        if (drawn) {
            throw Problem.invalid(field + ".target",
                    "stages that choose by a target come before those that are drawn");
        }
        var _ = Target.parse(field + ".target", target);
    }

    private static void checkGrows(String field, double value, double before) {
        if (value > 100 && field.endsWith("percent")) {
            throw Problem.invalid(field, "there are at most 100 %, not " + value);
        }
        if (value <= before) {
            throw Problem.invalid(field,
                    "each stage holds the ones before it, so its number must be higher than theirs");
        }
    }
}
