package io.aftercare.service.runbook;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that a step looks at on the device. Immutable.
sealed interface Condition {
    /// For how long it has to be so.
    Duration over();

    /// How long is waited for it to become so; zero to look once.
    Duration within();

    /// How long there is in all: it cannot have lasted before that much time is over.
    default Duration patience() {
        return within().compareTo(over()) > 0 ? within() : over();
    }

    /// In words, such as `memory_used_pct < 70 (mean over PT1M)`.
    String text();

    /// A metric's samples of the time before, put together and compared.
    record Metric(String metric, Of of, Operator operator, double value, Duration over,
            Duration within)
            implements
                Condition {
        @Override
        public String text() {
            return metric + " " + operator.sign + " " + number(value) + " (" + of.text() + " over " + over
                    + ")";
        }
    }

    /// The faults of the case are over.
    record FaultCleared(Duration over, Duration within) implements Condition {
        @Override
        public String text() {
            return "the fault is cleared";
        }
    }

    record Online(boolean online, Duration within) implements Condition {
        @Override
        public Duration over() {
            return Duration.ZERO;
        }

        @Override
        public String text() {
            return online ? "the device is connected" : "the device is away";
        }
    }

    record Firmware(String version, Duration within) implements Condition {
        @Override
        public Duration over() {
            return Duration.ZERO;
        }

        @Override
        public String text() {
            return "the device runs firmware " + version;
        }
    }

    /// What the self-test that this run asked for said.
    ///
    /// @param test of this name, or `passed` for all of them
    record SelfTest(String test) implements Condition {
        static final String ALL = "passed";

        @Override
        public Duration over() {
            return Duration.ZERO;
        }

        @Override
        public Duration within() {
            return Duration.ZERO;
        }

        @Override
        public String text() {
            return test.equals(ALL) ? "every self-test passed" : "the self-test " + test + " passed";
        }
    }

    /// How samples are put together.
    enum Of {
        MEAN, MIN, MAX;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Of> parse(String text) {
            return Stream.of(values()).filter(of -> of.text().equals(text)).findFirst();
        }
    }

    /// How a number is compared.
    enum Operator {
        BELOW("<"), AT_MOST("<="), ABOVE(">"), AT_LEAST(">="), EQUAL("=="), OTHER("!=");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Optional<Operator> parse(String sign) {
            return Stream.of(values()).filter(operator -> operator.sign.equals(sign)).findFirst();
        }

        boolean holds(double left, double right) {
            return switch (this) {
                case BELOW -> left < right;
                case AT_MOST -> left <= right;
                case ABOVE -> left > right;
                case AT_LEAST -> left >= right;
                case EQUAL -> left == right;
                case OTHER -> left != right;
            };
        }
    }

    /// A number as people read it.
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
