package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stages at the beginning of a campaign whose devices are chosen by a condition and not by lot, as one SQL expression:
/// the number of the stage that a device is in, null for one that is drawn.
///
/// @param stages how many there are
/// @param binds  parameters of `sql` by name
record Early(int stages, String sql, Map<String, String> binds) {
    Early {
        binds = Map.copyOf(binds);
    }

    static Early of(Plan plan) {
        StringBuilder sql = new StringBuilder();
        Map<String, String> binds = new HashMap<>();
        List<Plan.Stage> stages = plan.stages();
        int i = 0;
        for (; i < stages.size(); i++) {
            String cel = stages.get(i).target();
            if (cel == null) {
                break;
            }
            Target target = Target.parse("stages." + i + ".target", cel);
            sql.append(" WHEN ").append(target.sql()).append(" THEN ").append(i);
            binds.putAll(target.binds());
        }
        return new Early(i, i == 0 ? "NULL::int" : "(CASE" + sql + " END)", binds);
    }
}
