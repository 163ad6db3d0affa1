package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Makes one score of the witnesses' evidence. What each has said fades by a fourteenth with each value, so that those who see
/// the same event a little later add to it. An alarm is followed by a hundred values of silence, which only half as much
/// evidence again breaks. Not thread-safe.
final class Alarm {
    static final int SILENCE = 100;
    /// Scores from here on are alarms.
    static final double ALARM = 0.5;
    private static final double FADING = 0.93;
    private static final double EVIDENCE_MAX = 3;
    private static final double LIMIT = 1.12;
    private static final double BREAKS_SILENCE = 1.5;
    /// What is no alarm stays below it by this.
    private static final double BELOW = 0.49;
    private static final double EVIDENCE_WEIGHT = 2;
    private static final double GRADING = 4;

    private final float[] held;
    private final double[] weights;
    private int silent;
    private float level;

    /// @param weights of each witness's squared evidence
    Alarm(double... weights) {
        this.weights = weights;
        this.held = new float[weights.length];
    }

    /// Takes a witness's evidence: 1 is what would raise an alarm on its own account.
    void hear(int witness, double evidence) {
        held[witness] = (float) Math.max(Math.min(evidence, EVIDENCE_MAX), held[witness] * FADING);
    }

    /// @param unusual how far the present is from the usual, in usual deviations: grades what is no alarm
    /// @return 0..1
    double score(double unusual, boolean mayAlarm) {
        double sum = 0;
        for (int i = 0; i < held.length; i++) {
            sum += weights[i] * held[i] * held[i];
        }
        double evidence = Math.sqrt(sum) / LIMIT;
        boolean alarm = mayAlarm && evidence >= 1 && (silent == 0 || evidence > level * BREAKS_SILENCE);
        if (alarm) {
            silent = SILENCE;
            level = (float) evidence;
        }
        silent = Math.max(0, silent - 1);
        return alarm ? evidence / (1 + evidence) : graded(unusual, evidence);
    }

    /// Of what is no alarm: rises with the deviation and with the evidence that did not suffice or came during silence.
    private static double graded(double unusual, double evidence) {
        return BELOW * (1 - Math.exp(-(unusual + EVIDENCE_WEIGHT * evidence) / GRADING));
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, held);
        out.writeByte(silent);
        out.writeFloat(level);
    }

    void load(DataInput in) throws IOException {
        Floats.read(in, held);
        silent = in.readByte();
        level = in.readFloat();
    }
}
