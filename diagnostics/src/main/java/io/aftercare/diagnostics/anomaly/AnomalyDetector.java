package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Tells when a series behaves unlike before, by the votes of seven witnesses. About 4 KB and
/// 1 µs for each value; nothing is allocated after construction. Pure in its values and their times; not thread-safe.
public final class AnomalyDetector {
    /// Values before the first alarm.
    static final int LEARNING = Shapes.WINDOW;
    private static final int VERSION = 2;
    private static final int VALUE = 0;
    private static final int LEVEL = 1;
    private static final int SHAPE = 2;
    private static final int DAY = 3;
    private static final int RHYTHM = 4;
    private static final int PATTERN = 5;
    private static final int LONG_PATTERN = 6;
    /// The surprise of each witness that counts as 1, about what each needs to do best alone.
    private static final double[] ENOUGH = {2.3, 2.9, 1, 2.4, 3.2, 2.0, 2.2};
    private static final double ONE_VOTE = 0.25;
    private static final double SHAPE_VOTES = 0.9;
    /// So that neither squares nor single precision overflow.
    private static final double FARTHEST = 1e30;
    private static final double LEVEL_STEP = 0.1;
    /// Values that make one of the long pattern's.
    private static final int STRIDE = 4;

    private final Recent recent = new Recent();
    private final Deviation value = new Deviation();
    private final Deviation level = new Deviation();
    private final Shapes shapes = new Shapes();
    private final Daily daily = new Daily();
    private final Deviation day = new Deviation();
    private final Rhythm rhythm = new Rhythm();
    private final Deviation beat = new Deviation();
    private final Projections pattern = new Projections();
    private final Tail patternTail = new Tail();
    private final Projections longPattern = new Projections();
    private final Tail longPatternTail = new Tail();
    private final Alarm alarm = new Alarm(ONE_VOTE, ONE_VOTE, SHAPE_VOTES, ONE_VOTE, ONE_VOTE, ONE_VOTE,
            ONE_VOTE);
    private double smooth;
    private double gathered;
    private double score = Double.NaN;

    /// Learns a value and scores it.
    ///
    /// @param measured finite; beyond ±1e30 it counts as that
    /// @param micros   when it was measured; only its time of the day matters
    public void add(double measured, long micros) {
        double x = Math.clamp(measured, -FARTHEST, FARTHEST);
        recent.add(x);
        long seen = recent.seen();
        smooth = seen == 1 ? x : smooth + (x - smooth) * Math.max(LEVEL_STEP, 1.0 / seen);
        hear(VALUE, value.surprise(x));
        hear(LEVEL, level.surprise(smooth));
        hear(SHAPE, shapes.strangeness(recent));
        double fromDay = daily.difference(x, micros);
        hear(DAY, Double.isNaN(fromDay) ? 0 : day.surprise(fromDay));
        hear(RHYTHM, beat.surprise(rhythm.difference(recent)));
        hear(PATTERN, patternTail.surprise(pattern.rarity(x)));
        gathered += x / STRIDE;
        if (seen % STRIDE == 0) {
            hear(LONG_PATTERN, longPatternTail.surprise(longPattern.rarity(gathered)));
            gathered = 0;
        } else {
            hear(LONG_PATTERN, 0);
        }
        score = alarm.score(unusual(), seen > LEARNING);
    }

    /// How far the newest value is from the usual in usual deviations: the root mean square of what three witnesses see.
    private double unusual() {
        double ofValue = value.times();
        double ofLevel = level.times();
        double ofDay = day.times();
        return Math.sqrt((ofValue * ofValue + ofLevel * ofLevel + ofDay * ofDay) / 3);
    }

    private void hear(int witness, double surprise) {
        alarm.hear(witness, surprise / ENOUGH[witness]);
    }

    /// Of the newest value, 0..1: [Alarm#ALARM] and more raises an alarm, below it the score says how unusual the value is;
    /// NaN before the first.
    public double score() {
        return score;
    }

    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        recent.save(out);
        value.save(out);
        level.save(out);
        shapes.save(out);
        daily.save(out);
        day.save(out);
        rhythm.save(out);
        beat.save(out);
        pattern.save(out);
        patternTail.save(out);
        longPattern.save(out);
        longPatternTail.save(out);
        alarm.save(out);
        out.writeDouble(smooth);
        out.writeDouble(gathered);
        out.writeDouble(score);
    }

    /// Goes on exactly where the saved one was. An [IOException] says that the bytes are of another kind; begin anew then.
    public void load(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A detector saved by version " + version + " where " + VERSION + " is read");
        }
        recent.load(in);
        value.load(in);
        level.load(in);
        shapes.load(in);
        daily.load(in);
        day.load(in);
        rhythm.load(in);
        beat.load(in);
        pattern.load(in);
        patternTail.load(in);
        longPattern.load(in);
        longPatternTail.load(in);
        alarm.load(in);
        smooth = in.readDouble();
        gathered = in.readDouble();
        score = in.readDouble();
    }
}
