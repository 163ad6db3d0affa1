package io.aftercare.ota.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a campaign goes about it: fixed when it is made.
///
/// @param stages       one after the other, each holds the ones before it
/// @param window       when devices may be offered, null for always
/// @param mode         whether a device may put it off
/// @param installAfter a device installs not before this, null for at once
/// @param deadline     a device that put it off installs by then, null for never
/// @param revert       whether devices return to a lower release, as far as the one that they run allows it
/// @param confirm      whether somebody at the device must agree first
public record Plan(List<Stage> stages, Gate gate, @Nullable Window window, Rate rate, Mode mode, Retry retry,
        @Nullable Instant installAfter, @Nullable Instant deadline, boolean revert,
        boolean confirm) {
    /// Bound on the stages of a campaign.
    public static final int STAGES_MAX = 500;

    public Plan {
        stages = List.copyOf(stages);
    }

    /// One that asks nobody at the device.
    public Plan(List<Stage> stages, Gate gate, @Nullable Window window, Rate rate, Mode mode, Retry retry,
            @Nullable Instant installAfter, @Nullable Instant deadline, boolean revert) {
        this(stages, gate, window, rate, mode, retry, installAfter, deadline, revert, false);
    }

    /// Whether a device that asks now may not put it off.
    public boolean isForced(Instant now) {
        Instant forced = forcedAt();
        return mode == Mode.FORCED || forced != null && !now.isBefore(forced);
    }

    /// When a device that may put it off may do so no longer, null for never or where it never may.
    @Nullable
    public Instant forcedAt() {
        return mode == Mode.SOFT || mode == Mode.TIME_FORCED ? deadline : null;
    }

    /// Whether the health gate watches the soak: what returns devices is not compared, and without a soak there is no time to.
    public boolean isWatched() {
        return !revert && !gate.soak().isZero();
    }

    /// One of the stages. Exactly one of `percent`, `count` and `target` says who is in it.
    ///
    /// @param percent of all devices, so many up to the end of this stage, drawn at random
    /// @param count   so many devices up to the end of this stage, drawn at random
    /// @param target  the very devices that this CEL condition chooses, looked at when they are enrolled; only in the first stages
    /// @param start   whether a person opens it, null for nobody
    public record Stage(@Nullable Double percent, @Nullable Integer count, @Nullable String target,
            @Nullable Start start) {
        public static Stage of(double percent) {
            return new Stage(percent, null, null, null);
        }

        public boolean isManual() {
            return start == Start.MANUAL;
        }

        /// How many of `all` devices, at most all.
        public int upTo(int all) {
            if (count != null) {
                return Math.min(all, count);
            }
            return percent == null ? all : (int) Math.min(all, Math.ceil(all * percent / 100));
        }
    }

    /// Who opens a stage when the one before it is passed.
    public enum Start {
        AUTOMATIC, MANUAL;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Start parse(String text) {
            for (Start start : values()) {
                if (start.text().equals(text)) {
                    return start;
                }
            }
            throw new IllegalArgumentException("start is automatic or manual, not " + text);
        }
    }

    /// When a stage is passed, and when the campaign stops.
    ///
    /// @param success share of the stage's devices that must succeed, 0 to 1
    /// @param error   share of the finished ones whose failure pauses the campaign, 0 to 1
    /// @param minimum so many must be finished (or all of a smaller stage) before failures count as a share
    /// @param soak    so long a reached stage is watched before the next one, and a fixed fault before its ticket is resolved
    /// @param action  what follows when the release turns out to be bad
    /// @param alpha   how probable it may be that the comparison of devices stops a campaign whose release is no worse, over all its
    ///                stages together
    /// @param metrics compared besides faults
    public record Gate(double success, double error, int minimum, Duration soak, Action action, double alpha,
            List<Metric> metrics) {
        public Gate {
            metrics = List.copyOf(metrics);
        }
    }

    /// A metric of which updated devices are compared with waiting ones.
    ///
    /// @param tolerance a difference up to this is no harm, in the metric's unit
    public record Metric(String metric, Worse worse, double tolerance) {}

    /// Which way a metric is worse.
    public enum Worse {
        HIGHER, LOWER, EITHER;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Worse parse(String text) {
            for (Worse worse : values()) {
                if (worse.text().equals(text)) {
                    return worse;
                }
            }
            throw new IllegalArgumentException("worse is higher, lower or either, not " + text);
        }
    }

    /// What follows from a gate that finds the release bad.
    public enum Action {
        /// It waits for a person; a campaign that returns the updated devices is proposed.
        PAUSE,
        /// It ends, and such a campaign is proposed.
        ABORT,
        /// It ends, and the updated devices return at once: who approved the campaign has approved that with it.
        ROLLBACK;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Action parse(String text) {
            for (Action action : values()) {
                if (action.text().equals(text)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("action is pause, abort or rollback, not " + text);
        }
    }

    /// How fast offers go out, and how fast all downloads of the campaign together; 0 means unlimited.
    public record Rate(int devicesPerMinute, long bytesPerSecond) {}

    /// How often a device is tried that fails for a passing reason, and how long it waits first; each time twice as long.
    ///
    /// @param codes where a failure's code ([Refusal#code]) asks for something else
    public record Retry(int attempts, Duration backoff, Map<String, Attempts> codes) {
        public Retry {
            codes = codes == null ? Map.of() : Map.copyOf(codes); // plans made before have none
        }

        public Attempts of(String code) {
            return codes.getOrDefault(code, new Attempts(attempts, backoff));
        }
    }

    /// @param attempts how many offers a device gets in all before such a failure is final
    public record Attempts(int attempts, Duration backoff) {}

    public enum Mode {
        FORCED,
        /// A device may put it off, until the deadline where there is one.
        SOFT,
        /// As [#SOFT], with a deadline for sure.
        TIME_FORCED,
        DOWNLOAD_ONLY;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @JsonCreator
        public static Mode parse(String text) {
            for (Mode mode : values()) {
                if (mode.text().equals(text)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(
                    "mode is forced, soft, time-forced or download-only, not " + text);
        }
    }
}
