package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Our evaluator and CEL's own must say the same of every expression, also where values, texts or tags are missing.
class EvaluatorAgreesWithCelTest {
    private static final int EXPRESSIONS = Integer.getInteger("expressions", 100_000);
    private static final int FRAMES = 16;
    /// Each expression is asked of every eighth frame.
    private static final int STRIDE = 8;
    private static final int BATCHES = 25;
    private static final int LIST_LENGTH = 4_000;
    private static final long NOW = 1;
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "A1", "2.4.0", "",
            null, "eu",
            "", Map.of("line", "7"), "active", 1, Instant.EPOCH, null);
    private static final CelRuntime CEL = Facts.runtime();

    @Test
    void ofGeneratedExpressions() throws Exception {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        Generator generator = new Generator(random);
        int decided = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            // Parsing costs far more than evaluating, so conditions are parsed as one list, and then mixed.
            StringBuilder list = new StringBuilder("[").append(generator.condition(3));
            for (String next = generator.condition(random.nextInt(3)); list.length()
                    + next.length() < LIST_LENGTH; next = generator.condition(random.nextInt(3))) {
                list.append(", ").append(next);
            }
            Mixture mixture = new Mixture(random, Language.check(list.append(']').toString()));
            List<CelExpr> mixed = Stream.generate(() -> mixture.condition(random.nextInt(4)))
                    .limit(EXPRESSIONS / BATCHES).toList();
            decided += agree(mixture.tree(), mixed, random, seed);
        }
        assertThat(decided).as("seed %d", seed).isGreaterThan(EXPRESSIONS);
    }

    /// Joins checked conditions to larger ones, as the checker would have them.
    private static final class Mixture {
        private final Random random;
        private final CelAbstractSyntaxTree of;
        private final List<CelExpr> pieces;
        private final Map<Long, CelType> types;
        private final Map<Long, CelReference> references;
        private long next = 1_000_000;

        Mixture(Random random, CelAbstractSyntaxTree of) {
            this.random = random;
            this.of = of;
            this.pieces = of.getExpr().list().elements();
            this.types = new HashMap<>(of.getTypeMap());
            this.references = new HashMap<>(of.getReferenceMap());
        }

        CelExpr condition(int depth) {
            if (depth == 0) {
                return pieces.get(random.nextInt(pieces.size()));
            }
            return switch (random.nextInt(8)) {
                case 0, 1 -> call("_&&_", "logical_and", condition(depth - 1), condition(depth - 1));
                case 2, 3 -> call("_||_", "logical_or", condition(depth - 1), condition(depth - 1));
                case 4 -> call("!_", "logical_not", condition(depth - 1));
                case 5 -> call("_==_", "equals", condition(depth - 1), condition(depth - 1));
                case 6 -> call("_!=_", "not_equals", condition(depth - 1), condition(depth - 1));
                default -> call("_?_:_", "conditional", condition(depth - 1), condition(depth - 1),
                        condition(depth - 1));
            };
        }

        private CelExpr call(String function, String overload, CelExpr... arguments) {
            long id = next++;
            types.put(id, SimpleType.BOOL);
            references.put(id, CelReference.newBuilder().addOverloadIds(overload).build());
            return CelExpr.ofCall(id, Optional.empty(), function, ImmutableList.copyOf(arguments));
        }

        CelAbstractSyntaxTree tree() {
            return CelAbstractSyntaxTree.newCheckedAst(of.getExpr(), of.getSource(),
                    ImmutableMap.copyOf(references), ImmutableMap.copyOf(types));
        }
    }

    /// How many answers there are that are not unknown.
    private static int agree(CelAbstractSyntaxTree tree, List<CelExpr> mixed, Random random, long seed)
            throws CelEvaluationException {
        Layout layout = new Layout();
        Lowering lowering = new Lowering(tree, layout);
        List<Condition> ours = mixed.stream().map(lowering::condition).toList();
        List<Map<String, Object>> values = Stream.generate(() -> Generator.values(random)).limit(FRAMES)
                .toList();
        List<Frame> frames = values.stream().map(it -> frame(layout, it)).toList();
        int decided = 0;
        for (int i = 0; i < ours.size(); i++) {
            CelExpr one = mixed.get(i);
            CelRuntime.Program theirs = CEL.createProgram(CelAbstractSyntaxTree.newCheckedAst(one,
                    tree.getSource(), tree.getReferenceMap(), tree.getTypeMap()));
            for (int frame = i % STRIDE; frame < FRAMES; frame += STRIDE) {
                int expected = theirs(theirs, values.get(frame));
                int found = ours.get(i).of(frames.get(frame));
                if (found != expected) {
                    assertThat(found).as("seed %d: %s with %s", seed, lowering.text(one), values.get(frame))
                            .isEqualTo(expected);
                }
                decided += expected == Condition.UNKNOWN ? 0 : 1;
            }
        }
        return decided;
    }

    private static Frame frame(Layout layout, Map<String, Object> values) {
        Frame frame = new Frame(layout);
        frame.describe(DEVICE);
        values.forEach((name, value) -> {
            switch (value) {
                case Double number when layout.metrics().containsKey(name) ->
                    frame.value(layout.metrics().get(name), number, NOW);
                case String text -> frame.text(name, text, NOW);
                default -> {
                }
            }
        });
        return frame;
    }

    private static int theirs(CelRuntime.Program program, Map<String, Object> values) {
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
        static final List<String> METRICS = List.of("temp", "rpm", "volts", "env.mode");
        static final List<String> TEXTS = List.of("state", "job.kind");
        static final List<String> WORDS = List.of("eco", "boost", "2.4.0", "LP-2000", "");

        static Map<String, Object> values(Random random) {
            Map<String, Object> values = new HashMap<>();
            METRICS.forEach(name -> {
                if (random.nextInt(5) > 0) {
                    values.put(name, (double) random.nextInt(-4, 5));
                }
            });
            TEXTS.forEach(name -> {
                if (random.nextInt(4) > 0) {
                    values.put(name, WORDS.get(random.nextInt(WORDS.size())));
                }
            });
            return values;
        }

        String condition(int depth) {
            if (depth == 0) {
                return comparison(0);
            }
            return switch (random.nextInt(10)) {
                case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
                case 2, 3 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
                case 4 -> "!(" + condition(depth - 1) + ")";
                case 5 -> "(" + condition(depth - 1) + (random.nextBoolean() ? " == " : " != ")
                        + condition(depth - 1) + ")";
                case 6 ->
                    "(" + condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1)
                            + ")";
                case 7 -> "(" + fact() + ")";
                case 8 -> "(" + ofText() + ")";
                default -> comparison(depth - 1);
            };
        }

        private String fact() {
            return List.of("device.model == \"LP-2000\"", "device.hardware in [\"A2\", \"B1\"]",
                    "device.model.startsWith(\"LP\")", "device.tags[\"line\"] == \"7\"",
                    "device.tags[\"none\"] == \"7\"", "\"line\" in device.tags",
                    "device.region.matches(\"^e.$\")",
                    "device.firmware.contains(\".4\") && true", "false",
                    "semver(device.firmware) >= semver(\"2.4.0-rc.1\")").get(random.nextInt(10));
        }

        private String ofText() {
            String name = TEXTS.get(random.nextInt(TEXTS.size()));
            String word = "\"" + WORDS.get(random.nextInt(WORDS.size())) + "\"";
            return switch (random.nextInt(9)) {
                case 0, 1 -> name + " == " + word;
                case 2 -> word + " != " + name;
                case 3 -> name + " in [" + word + ", \"eco\"]";
                case 4 -> name + ".startsWith(" + word + ")";
                case 5 -> name + ".matches(\"^[a-e]+\")";
                case 6 -> "semver(" + name + ") < semver(\"2.5\")";
                case 7 -> name + " == device.model";
                default -> "(" + fact() + " ? " + name + " : " + word + ") != \"boost\"";
            };
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
            return switch (random.nextInt(7)) {
                case 0 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
                case 1 -> "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
                case 2 -> "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
                case 3 -> "(" + number(depth - 1) + " / " + (1 + random.nextInt(4)) + ")";
                case 4 -> "(-" + number(depth - 1) + ")";
                case 5 -> "abs(" + number(depth - 1) + ")";
                default ->
                    "(" + condition(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
            };
        }
    }
}
