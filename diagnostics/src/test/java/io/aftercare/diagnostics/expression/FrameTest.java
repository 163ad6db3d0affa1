package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final long MINUTE = 60_000_000;
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "A1", "2.4.0", "",
            null, "eu", "", Map.of(), "active", 1, Instant.EPOCH, null);
    /// Every function of the language.
    private static final List<String> ALL = List.of("avg(temp, \"5m\")", "sum(temp, \"5m\")",
            "count(temp, \"1h\")",
            "min(temp, \"5m\")", "max(rpm, \"5m\")", "stddev(temp, \"5m\")", "delta(temp, \"5m\")",
            "rate(temp, \"5m\")", "increase(pages, \"1h\")", "quantile(temp, 0.9, \"3h\")",
            "quantile(rpm, 0.5, \"5m\")", "prev(temp)", "ewma(temp, \"10m\")", "zscore(temp, \"10m\")",
            "forecast(temp, \"1m\")", "time_to(temp, 50)", "time_to(rpm, 50, \"1h\")",
            "changed(mode, \"5m\")",
            "changed(temp, \"5m\")", "changed(attribute(\"mode\"), \"9m\")", "absent(\"5m\")",
            "absent(rpm, \"5m\")", "within(temp > 20, rpm < 0, \"5m\")",
            "within(mode == \"eco\", absent(rpm, \"3m\"), \"9m\")", "events(\"JAM\", \"10m\")",
            "reboots(\"1h\")",
            "cohort_z(temp, \"5m\")", "anomaly(temp)", "anomaly([temp, rpm])", "mode == \"eco\" && temp > 10",
            "device.age_days > 3", "temp");

    /// A frame with everything in it, and what everything comes to.
    private static final class Subject {
        final Layout layout = new Layout();
        final List<Expression.Compiled> all = ALL.stream().map(it -> Language.any(it).compile(layout))
                .toList();
        Frame frame = new Frame(layout);

        Subject() {
            frame.describe(DEVICE);
        }

        List<Double> values() {
            List<Double> values = new ArrayList<>();
            for (Expression.Compiled one : all) {
                values.add(switch (one) {
                    case Expression.Compiled.OfCondition it -> (double) it.condition().of(frame);
                    case Expression.Compiled.OfQuantity it -> it.quantity().of(frame);
                });
            }
            return values;
        }

        void restart() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            frame.save(new DataOutputStream(bytes));
            frame = new Frame(layout);
            frame.describe(DEVICE);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            frame.load(in);
            assertThat(in.read()).as("all that was saved is read").isEqualTo(-1);
            frame.cohort(0, 3, 5, 20);
        }
    }

    private static int slot(Layout layout, String metric) {
        return layout.metrics().getOrDefault(metric, -1);
    }

    /// Gives the same random things to all.
    private static void step(Random random, long now, long arrival, List<Subject> to) {
        long seed = random.nextLong();
        for (Subject subject : to) {
            Random same = new Random(seed);
            Frame frame = subject.frame;
            frame.arrived(arrival);
            for (String metric : List.of("temp", "rpm", "pages")) {
                if (same.nextInt(3) > 0) {
                    long at = same.nextInt(6) == 0 ? now - same.nextLong(9 * MINUTE) : now;
                    frame.value(slot(subject.layout, metric), same.nextInt(-50, 80), at);
                }
            }
            if (same.nextInt(5) == 0) {
                frame.event("JAM", now);
            }
            if (same.nextInt(9) == 0) {
                frame.reboot(now);
            }
            if (same.nextInt(7) == 0) {
                frame.text("mode", same.nextInt(4) == 0 ? null : same.nextBoolean() ? "eco" : "boost",
                        now - same.nextInt(2) * MINUTE);
            }
            frame.judgeAt(now);
        }
    }

    @Test
    void whatWasSavedGoesOnAsIfNothingHadHappened() throws IOException {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Subject steady = new Subject();
            Subject restarted = new Subject();
            steady.frame.cohort(0, 3, 5, 20);
            restarted.frame.cohort(0, 3, 5, 20);
            long now = random.nextLong(100_000 * MINUTE);
            long arrival = now;
            for (int i = 0; i < 300; i++) {
                long pace = random.nextInt(30) == 0 ? 200 * MINUTE : MINUTE;
                now += random.nextLong(pace);
                arrival += random.nextLong(pace);
                step(random, now, arrival, List.of(steady, restarted));
                if (random.nextInt(20) == 0) {
                    restarted.restart();
                    restarted.frame.judgeAt(now);
                    steady.frame.judgeAt(now);
                }
                assertThat(restarted.values()).as("seed %d round %d step %d", seed, round, i)
                        .isEqualTo(steady.values());
            }
        }
    }

    @Test
    void everyFunctionComesToBeKnown() {
        Random random = new Random(3);
        Subject subject = new Subject();
        subject.frame.cohort(0, 3, 5, 20);
        boolean[] known = new boolean[ALL.size()];
        for (int i = 0; i < 500; i++) {
            step(random, i * MINUTE, i * MINUTE, List.of(subject));
            subject.frame.value(slot(subject.layout, "temp"), 100 - i / 10.0, i * MINUTE);
            subject.frame.value(slot(subject.layout, "rpm"), i, i * MINUTE);
            subject.frame.judgeAt(i * MINUTE);
            List<Double> values = subject.values();
            for (int f = 0; f < known.length; f++) {
                known[f] |= !Double.isNaN(values.get(f)) && values.get(f) != Condition.UNKNOWN;
            }
        }
        for (int f = 0; f < known.length; f++) {
            assertThat(known[f]).as(ALL.get(f)).isTrue();
        }
    }

    @Test
    void whatAnotherSetOfRulesAlsoKnowsIsTakenOver() {
        Layout before = new Layout();
        Language.condition("avg(temp, \"5m\") > 1 && mode == \"eco\" && within(temp > 5, rpm > 5, \"5m\")")
                .condition(before);
        Frame old = new Frame(before);
        old.describe(DEVICE);
        old.arrived(MINUTE);
        old.value(slot(before, "temp"), 7, MINUTE);
        old.text("mode", "eco", MINUTE);
        old.judgeAt(MINUTE);
        Layout after = new Layout();
        Condition first = Language.condition("rpm > 3 || within(temp > 5, rpm > 5, \"5m\")").condition(after);
        Condition second = Language.condition("avg(temp, \"5m\") == 7 && mode == \"eco\"").condition(after);
        Frame next = new Frame(after);
        next.takeOver(old);
        next.judgeAt(MINUTE);
        assertThat(second.of(next)).isEqualTo(Condition.TRUE);
        assertThat(first.of(next)).isEqualTo(Condition.UNKNOWN);
        next.value(slot(after, "rpm"), 6, 2 * MINUTE);
        next.judgeAt(2 * MINUTE);
        assertThat(first.of(next)).isEqualTo(Condition.TRUE);
    }

    @Test
    void silenceIsAnsweredByTheArrivalClockAtItsDeadline() {
        Layout layout = new Layout();
        Condition silent = Language.condition("absent(\"10m\")").condition(layout);
        Condition mute = Language.condition("absent(temp, \"5m\")").condition(layout);
        Frame frame = new Frame(layout);
        assertThat(frame.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        frame.arrived(0);
        frame.value(slot(layout, "temp"), 1, -999 * MINUTE);
        frame.judgeAt(-999 * MINUTE);
        assertThat(silent.of(frame)).isEqualTo(Condition.FALSE);
        assertThat(frame.nextDeadline()).isEqualTo(5 * MINUTE);
        frame.clock(5 * MINUTE);
        frame.judgeAt(-999 * MINUTE);
        assertThat(mute.of(frame)).isEqualTo(Condition.TRUE);
        assertThat(silent.of(frame)).isEqualTo(Condition.FALSE);
        assertThat(frame.nextDeadline()).isEqualTo(10 * MINUTE);
        frame.listenFrom(12 * MINUTE);
        frame.clock(10 * MINUTE);
        assertThat(silent.of(frame)).isEqualTo(Condition.FALSE);
        frame.clock(12 * MINUTE);
        assertThat(silent.of(frame)).isEqualTo(Condition.TRUE);
        assertThat(frame.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        frame.arrived(13 * MINUTE);
        assertThat(silent.of(frame)).isEqualTo(Condition.FALSE);
    }

    @Test
    void aSmallCohortSaysNothing() {
        Layout layout = new Layout();
        Condition outlier = Language.condition("cohort_z(temp, \"5m\") > 3").condition(layout);
        Frame frame = new Frame(layout);
        frame.value(slot(layout, "temp"), 40, MINUTE);
        frame.judgeAt(MINUTE);
        assertThat(outlier.of(frame)).isEqualTo(Condition.UNKNOWN);
        frame.cohort(0, 20, 5, 9);
        assertThat(outlier.of(frame)).isEqualTo(Condition.UNKNOWN);
        frame.cohort(0, 20, 5, 10);
        assertThat(outlier.of(frame)).isEqualTo(Condition.TRUE);
        frame.cohort(0, 20, 0, 10);
        assertThat(outlier.of(frame)).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void whatAnotherVersionSavedIsRefused() {
        Subject subject = new Subject();
        assertThatThrownBy(() -> subject.frame.load(new DataInputStream(
                new ByteArrayInputStream(new byte[]{99, 0, 0})))).isInstanceOf(IOException.class);
    }
}
