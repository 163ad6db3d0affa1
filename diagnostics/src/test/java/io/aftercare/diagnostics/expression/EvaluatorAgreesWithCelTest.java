package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Our evaluator and CEL's own must say the same of every expression, also where values are missing.
class EvaluatorAgreesWithCelTest {
    private static final int EXPRESSIONS = 500;
    private static final int FRAMES = 24;
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "A1", "2.4.0", "",
            null, "eu",
            "", Map.of("line", "7"), "active", 1, Instant.EPOCH, null);
    private static final CelRuntime CEL = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(Facts.options()).build();

    @Test
    void ofGeneratedExpressions() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int decided = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = new Generator(random).condition(4);
            Expression expression = Language.condition(text);
            Layout layout = new Layout();
            Condition ours = expression.condition(layout);
            CelRuntime.Program theirs = CEL.createProgram(expression.tree());
            for (int f = 0; f < FRAMES; f++) {
                Map<String, Double> values = Generator.values(random);
                int expected = theirs(theirs, values);
                decided += expected == Condition.UNKNOWN ? 0 : 1;
                assertThat(ours.of(frame(layout, values))).as("seed %d: %s with %s", seed, text, values)
                        .isEqualTo(expected);
            }
        }
        assertThat(decided).as("seed %d", seed).isGreaterThan(EXPRESSIONS);
    }

    private static Frame frame(Layout layout, Map<String, Double> values) {
        Frame frame = new Frame(layout);
        frame.describe(DEVICE);
        layout.metrics().forEach((name, slot) -> {
            if (values.containsKey(name)) {
                frame.value(slot, values.get(name), 1);
            }
        });
        return frame;
    }

    private static int theirs(CelRuntime.Program program, Map<String, Double> values) {
        Map<String, Object> known = new HashMap<>(values);
        known.put("device.model", DEVICE.model());
        known.put("device.hardware", DEVICE.hardware());
        known.put("device.firmware", DEVICE.firmware());
        known.put("device.region", DEVICE.region());
        known.put("device.tags", DEVICE.tags());
        try {
            Object result = program.eval(known);
            return result instanceof Boolean truth
                    ? truth ? Condition.TRUE : Condition.FALSE
                    : Condition.UNKNOWN;
        } catch (CelEvaluationException e) {
            return Condition.UNKNOWN;
        }
    }

    /// Makes conditions of all that the language has but its functions over time.
    private record Generator(Random random) {
        static final List<String> METRICS = List.of("temp", "rpm", "volts", "mode");

        static Map<String, Double> values(Random random) {
            Map<String, Double> values = new HashMap<>();
            METRICS.forEach(name -> {
                if (random.nextInt(5) > 0) {
                    values.put(name, (double) random.nextInt(-4, 5));
                }
            });
            return values;
        }

        String condition(int depth) {
            if (depth == 0) {
                return comparison(0);
            }
            return switch (random.nextInt(9)) {
                case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
                case 2, 3 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
                case 4 -> "!(" + condition(depth - 1) + ")";
                case 5 -> "(" + condition(depth - 1) + (random.nextBoolean() ? " == " : " != ")
                        + condition(depth - 1) + ")";
                case 6 ->
                    "(" + condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1)
                            + ")";
                case 7 -> "(" + fact() + ")";
                default -> comparison(depth - 1);
            };
        }

        private String fact() {
            return List.of("device.model == \"LP-2000\"", "device.hardware in [\"A2\", \"B1\"]",
                    "device.model.startsWith(\"LP\")", "device.tags[\"line\"] == \"7\"",
                    "device.tags[\"none\"] == \"7\"", "\"line\" in device.tags",
                    "device.region.matches(\"^e.$\")",
                    "device.firmware.contains(\".4\") && true", "false").get(random.nextInt(9));
        }

        private String comparison(int depth) {
            if (random.nextInt(8) == 0) {
                return "(" + number(depth) + " in [1, 2.0, -3])";
            }
            String operator = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
            return "(" + number(depth) + " " + operator + " " + number(depth) + ")";
        }

        private String number(int depth) {
            if (depth <= 0 || random.nextInt(3) == 0) {
                return random.nextInt(3) > 0
                        ? METRICS.get(random.nextInt(METRICS.size()))
                        : random.nextBoolean()
                                ? Integer.toString(random.nextInt(5))
                                : "(-" + random.nextInt(4) + ".5)";
            }
            return switch (random.nextInt(6)) {
                case 0 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
                case 1 -> "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
                case 2 -> "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
                case 3 -> "(" + number(depth - 1) + " / " + (1 + random.nextInt(4)) + ")";
                case 4 -> "(-" + number(depth - 1) + ")";
                default ->
                    "(" + condition(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
            };
        }
    }
}
