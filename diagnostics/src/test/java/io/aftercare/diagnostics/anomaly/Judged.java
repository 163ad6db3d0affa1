package io.aftercare.diagnostics.anomaly;

import java.util.ArrayList;
import java.util.List;

/// How alarms fit what was planted: an alarm within sixty values of a beginning finds it, any later or other one is false, except that
/// the end of an anomaly may be told too.
record Judged(int found, int planted, int falseAlarms) {
    private static final int IN_TIME = 60;
    private static final int SETTLES = 120;

    static Judged of(List<Integer> alarms, List<Integer> starts) {
        int found = 0;
        List<Integer> wrong = new ArrayList<>(alarms);
        for (int start : starts) {
            if (alarms.stream().anyMatch(at -> at >= start && at < start + IN_TIME)) {
                found++;
            }
            wrong.removeIf(at -> at >= start && at < start + SETTLES);
        }
        return new Judged(found, starts.size(), wrong.size());
    }

    Judged plus(Judged other) {
        return new Judged(found + other.found, planted + other.planted, falseAlarms + other.falseAlarms);
    }

    double f1() {
        return 2.0 * found / (found + falseAlarms + planted);
    }
}
