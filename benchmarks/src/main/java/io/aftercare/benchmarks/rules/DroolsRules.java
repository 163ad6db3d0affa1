package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.peer.BenchFleet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/// Drools with one stateful session: a device is a fact, a sample updates it, and what has become true fires. What windows would say is
/// given for nothing.
final class DroolsRules implements Contender {
    private final Samples samples;
    private final KieSession session;
    private final Reading[] readings;
    private final FactHandle[] handles;
    private final AtomicLong found = new AtomicLong();

    /// @param conditions over a [Reading], from [Conditions#drools]
    DroolsRules(Samples samples, List<String> conditions) {
        this.samples = samples;
        this.session = Drl.conditions(conditions).newKieSession();
        session.setGlobal("found", found);
        this.readings = new Reading[samples.devices()];
        this.handles = new FactHandle[readings.length];
        for (int i = 0; i < readings.length; i++) {
            readings[i] = new Reading();
            handles[i] = session.insert(readings[i]);
        }
        var _ = session.fireAllRules();
    }

    @Override
    public void run(long from, int count) {
        for (long number = from; number < from + count; number++) {
            int device = samples.device(number);
            Reading reading = readings[device];
            for (int metric = 0; metric < BenchFleet.METRICS; metric++) {
                reading.set(metric, samples.value(number, metric));
            }
            session.update(handles[device], reading);
            var _ = session.fireAllRules();
        }
    }

    @Override
    public long found() {
        return found.get();
    }

    @Override
    public void close() {
        session.dispose();
    }
}
