package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.plan.Target;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.release.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Our translation into SQL chooses the very devices that CEL's own evaluator chooses.
class TargetIT {
    private static final int EXPRESSIONS = 400;
    private static final List<String> WORDS = List.of("", "a", "A", "ab", "b%", "a_b", "é", "2.4.0",
            "2.10.0-rc.1");
    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder().build();

    @Test
    void sqlAndCelAgree() throws Exception {
        CelCompiler compiler = compiler();
        Random data = new Random(7);
        Map<String, Map<String, Object>> devices = new HashMap<>();
        try (Database database = TestDatabase.create("ota")) {
            for (int i = 0; i < 60; i++) {
                insert(database, "D" + i, data, devices);
            }
            int matches = 0;
            for (long seed = 0; seed < EXPRESSIONS; seed++) {
                String cel = condition(new Random(seed), 3);
                Target target = Target.parse(cel);
                CelRuntime.Program program = RUNTIME.createProgram(compiler.compile(cel).getAst());
                Set<String> expected = new TreeSet<>();
                for (var device : devices.entrySet()) {
                    if (holds(program, device.getValue())) {
                        expected.add(device.getKey());
                    }
                }
                Set<String> chosen = new TreeSet<>(choose(database, target));
                assertThat(chosen).as("seed %d: %s", seed, cel).isEqualTo(expected);
                matches += expected.size();
            }
            System.out.println(
                    "Targets: " + EXPRESSIONS + " expressions over 60 devices, " + matches + " matches");
            assertThat(matches).isGreaterThan(EXPRESSIONS);
        }
    }

    @Test
    void versionsSortInTheDatabaseAsInJava() {
        List<String> texts = new ArrayList<>(
                List.of("", "x", "1.2.3.4.5", "v1.0", "1.0+build", "1.0-", "1..2"));
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = 0; part <= random.nextInt(4); part++) {
                text.append(part == 0 ? "" : ".").append(random.nextInt(random.nextBoolean() ? 3 : 2000));
            }
            if (random.nextBoolean()) {
                text.append('-')
                        .append(List.of("rc", "rc.1", "rc.10", "alpha.2", "1", "a-b").get(random.nextInt(6)));
            }
            texts.add(text.toString());
        }
        try (Database database = TestDatabase.create("ota")) {
            for (String text : texts) {
                String key = database.jdbi().withHandle(handle -> handle
                        .createQuery("SELECT coalesce(ota.version_key(:text), '')").bind("text", text)
                        .mapTo(String.class).one());
                assertThat(key).as(text).isEqualTo(Version.of(text).map(Version::key).orElse(""));
            }
        }
    }

    @Test
    void aTargetByVersionChoosesTheLowerOnes() {
        try (Database database = TestDatabase.create("ota")) {
            Map<String, Map<String, Object>> devices = new HashMap<>();
            insert(database, "low", "2.4.0-rc.1", devices);
            insert(database, "high", "2.10.0", devices);
            insert(database, "same", "2.4.0", devices);
            insert(database, "none", "", devices);
            Target target = Target.parse("semver(device.firmware) < semver(\"2.4.0\")");
            assertThat(choose(database, target)).containsExactly("low");
        }
    }

    private static List<String> choose(Database database, Target target) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT d.id FROM " + target.from() + " WHERE " + target.sql())
                .bindMap(target.binds())
                .mapTo(String.class).list());
    }

    // as CEL has it: an error (a tag that is not there) is neither true nor false
    private static boolean holds(CelRuntime.Program program, Map<String, Object> device) {
        try {
            return Boolean.TRUE.equals(program.eval(device));
        } catch (CelEvaluationException e) {
            return false;
        }
    }

    private static String condition(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return switch (random.nextInt(9)) {
                case 0 -> text(random) + ".startsWith(" + text(random) + ")";
                case 1 -> text(random) + ".endsWith(" + text(random) + ")";
                case 2 -> text(random) + ".contains(" + text(random) + ")";
                case 3 -> "has(device.tags.t" + random.nextInt(3) + ")";
                case 4 -> "\"t" + random.nextInt(3) + "\" in device.tags";
                case 5 -> text(random) + " in [" + literal(random) + ", " + literal(random) + "]";
                default -> text(random) + List.of(" == ", " != ", " < ", " <= ", " > ", " >= ")
                        .get(random.nextInt(6)) + text(random);
            };
        }
        String left = condition(random, depth - 1);
        String right = condition(random, depth - 1);
        return switch (random.nextInt(5)) {
            case 0, 1 -> "(" + left + " && " + right + ")";
            case 2, 3 -> "(" + left + " || " + right + ")";
            default -> "!(" + left + ")";
        };
    }

    private static String text(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "device.region";
            case 1 -> "device.firmware";
            case 2 -> "device.hardware";
            case 3 -> "device.tags[\"t" + random.nextInt(3) + "\"]";
            default -> literal(random);
        };
    }

    private static String literal(Random random) {
        return "\"" + WORDS.get(random.nextInt(WORDS.size())) + "\"";
    }

    private static void insert(Database database, String id, Random random,
            Map<String, Map<String, Object>> devices) {
        Map<String, String> tags = new HashMap<>();
        for (int t = 0; t < 3; t++) {
            if (random.nextInt(3) > 0) {
                tags.put("t" + t, WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        insert(database, id, WORDS.get(random.nextInt(WORDS.size())), WORDS.get(random.nextInt(WORDS.size())),
                WORDS.get(random.nextInt(WORDS.size())), tags, devices);
    }

    private static void insert(Database database, String id, String firmware,
            Map<String, Map<String, Object>> devices) {
        insert(database, id, firmware, "", "", Map.of(), devices);
    }

    private static void insert(Database database, String id, String firmware, String hardware, String region,
            Map<String, String> tags, Map<String, Map<String, Object>> devices) {
        database.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO fleet.product (model, name, document) VALUES ('M', 'M', '{}') ON CONFLICT DO NOTHING");
            handle.createUpdate("""
                    INSERT INTO fleet.device (id, model, token_hash, hardware, firmware, region, tags)
                    VALUES (:id, 'M', sha256(:id::bytea), :hardware, :firmware, :region, :tags::jsonb)""")
                    .bind("id", id).bind("hardware", hardware).bind("firmware", firmware)
                    .bind("region", region)
                    .bind("tags", Json.text(tags)).execute();
        });
        Map<String, Object> known = new HashMap<>();
        Target.TEXTS.keySet().forEach(name -> known.put(name, ""));
        known.putAll(
                Map.of("device.id", id, "device.model", "M", "device.firmware", firmware, "device.hardware",
                        hardware, "device.region", region, "device.tags", tags));
        devices.put(id, known);
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.HAS)
                .addVar(Target.TAGS, MapType.create(SimpleType.STRING, SimpleType.STRING));
        Target.TEXTS.keySet().forEach(name -> builder.addVar(name, SimpleType.STRING));
        return builder.build();
    }
}
