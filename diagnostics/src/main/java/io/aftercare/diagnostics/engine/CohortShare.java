package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.fleet.device.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A lane's part in comparing devices: tells what its own come to, and gives each the figures of its cohorts. One lane's; not
/// thread-safe.
final class CohortShare {
    private static final long EVERY_MICROS = 5_000_000;

    private final Cohorts cohorts;
    private final int lane;
    private long toldAt = Long.MIN_VALUE;
    private boolean isTelling;

    CohortShare(Cohorts cohorts, int lane) {
        this.cohorts = cohorts;
        this.lane = lane;
    }

    /// Gives a device the newest figures, if it has not seen them.
    void show(LaneDevices.Entry entry) {
        Cohorts.Picture picture = cohorts.picture();
        List<Layout.Cohort> asked = entry.state.plan.cohorts;
        if (asked.isEmpty() || entry.picture == picture.number()) {
            return;
        }
        entry.picture = picture.number();
        for (int i = 0; i < asked.size(); i++) {
            Cohorts.Figure figure = picture.of(key(entry.state.device(), asked.get(i)));
            if (figure == null) {
                entry.state.frame().cohort(i, Double.NaN, Double.NaN, 0);
            } else {
                entry.state.frame().cohort(i, figure.mean(), figure.deviation(), figure.devices());
            }
        }
    }

    /// Tells what the lane's devices come to, every few seconds; a device that has been silent for longer than the window is left out.
    void tell(LaneDevices devices, long now) {
        if (now - EVERY_MICROS < toldAt) {
            return;
        }
        toldAt = now;
        Map<Cohorts.Key, Cohorts.Figure> share = new HashMap<>();
        devices.forEach(entry -> add(entry.state, now, share));
        if (isTelling || !share.isEmpty()) {
            cohorts.tell(lane, share);
        }
        isTelling = !share.isEmpty();
    }

    private static void add(DeviceState state, long now, Map<Cohorts.Key, Cohorts.Figure> into) {
        for (Layout.Cohort cohort : state.plan.cohorts) {
            double own = state.frame().slot(cohort.ownSlot());
            boolean counts = !Double.isNaN(own) && state.arrived() > now - cohort.windowMicros();
            Cohorts.Key key = key(state.device(), cohort);
            if (counts && (into.size() < Cohorts.COHORTS_MAX || into.containsKey(key))) {
                into.merge(key, Cohorts.Figure.of(own), Cohorts.Figure::and);
            }
        }
    }

    private static Cohorts.Key key(Device device, Layout.Cohort cohort) {
        return new Cohorts.Key(device.model(), device.firmware(), cohort.metric(), cohort.windowMicros());
    }
}
