package io.aftercare.benchmarks.rules;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.time.SessionPseudoClock;

/// Drools with windows of its own: a session for each device, in stream mode, by the samples' time; a sample is an event, and its windows keep every
/// one.
final class DroolsWindows implements Contender {
    private final Samples samples;
    private final KieSession[] sessions;
    private final SessionPseudoClock[] clocks;
    private final AtomicLong found = new AtomicLong();

    /// @param patterns from [Drl#windows]
    DroolsWindows(Samples samples, List<String> patterns) {
        this.samples = samples;
        KieBase base = Drl.stream(patterns);
        var options = KieServices.get().newKieSessionConfiguration();
        options.setOption(ClockTypeOption.PSEUDO);
        this.sessions = new KieSession[samples.devices()];
        this.clocks = new SessionPseudoClock[sessions.length];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = base.newKieSession(options, null);
            sessions[i].setGlobal("found", found);
            clocks[i] = sessions[i].getSessionClock();
            clocks[i].advanceTime(samples.micros(i), TimeUnit.MICROSECONDS);
        }
    }

    @Override
    public void run(long from, int count) {
        for (long number = from; number < from + count; number++) {
            int device = samples.device(number);
            long micros = samples.micros(number);
            clocks[device].advanceTime(micros / 1_000 - clocks[device].getCurrentTime(),
                    TimeUnit.MILLISECONDS);
            long at = number;
            var _ = sessions[device].insert(new Tick(micros, samples.value(at, 0), samples.value(at, 1),
                    samples.value(at, 2), samples.value(at, 3), samples.value(at, 4)));
            var _ = sessions[device].fireAllRules();
        }
    }

    @Override
    public long found() {
        return found.get();
    }

    @Override
    public void close() {
        for (KieSession session : sessions) {
            session.dispose();
        }
    }
}
