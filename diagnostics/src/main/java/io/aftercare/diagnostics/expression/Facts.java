package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import io.aftercare.fleet.device.Device;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// What a condition says of the device and its text attributes alone (`device.model == "LP-2000"`, `mode == "eco"`) changes only when those do. It is
/// evaluated then, by CEL's own interpreter, and its answer kept in a slot: texts never reach the hot path.
final class Facts {
    private static final CelRuntime RUNTIME = runtime();

    private Facts() {}

    /// Something that a device's registration and text attributes decide.
    ///
    /// @param key   what it says, the same for the same fact
    /// @param texts the text attributes that matter: how each is written, and its name
    /// @param value the number; 1 or 0 for a truth, NaN for unknown; called when a device is met, or changes
    record Fact(String key, Map<String, String> texts, Of value) {
        Fact {
            texts = Map.copyOf(texts);
        }
    }

    /// The number that a device gives.
    @FunctionalInterface
    interface Of {
        /// @param texts the text attributes known, by how they are written
        double of(Device device, Map<String, String> texts);
    }

    static Fact of(String key, CelAbstractSyntaxTree checked, Map<String, String> texts) {
        try {
            CelRuntime.Program program = RUNTIME.createProgram(checked);
            return new Fact(key, texts, (device, known) -> evaluate(program, device, known));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("CEL refuses its own checked expression " + key, e);
        }
    }

    /// When the device was bought, or else registered: microseconds since 1970.
    static Fact birth() {
        return new Fact("device's birth", Map.of(), (device, _) -> {
            LocalDate purchased = device.purchased();
            var since = purchased == null
                    ? device.created()
                    : purchased.atStartOfDay(ZoneOffset.UTC).toInstant();
            return since.getEpochSecond() * 1e6;
        });
    }

    private static double evaluate(CelRuntime.Program program, Device device, Map<String, String> texts) {
        Map<String, Object> attributes = new HashMap<>(texts);
        attributes.put("device.model", device.model());
        attributes.put("device.hardware", device.hardware());
        attributes.put("device.firmware", device.firmware());
        attributes.put("device.region", device.region());
        attributes.put("device.tags", device.tags());
        try {
            return switch (program.eval(attributes)) {
                case Boolean truth -> truth ? 1 : 0;
                case Double number -> number;
                case CelUnknownSet _ -> Double.NaN; // an attribute that the device never sent
                case Object other -> throw new IllegalStateException("No truth and no number: " + other);
            };
        } catch (CelEvaluationException e) {
            return Double.NaN; // a missing tag, a firmware that is no version: unknown
        }
    }

    static CelRuntime runtime() {
        Class<SemanticVersion> version = SemanticVersion.class;
        return CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(options()).addFunctionBindings(
                CelFunctionBinding.from("semver_string", String.class, SemanticVersion::parse),
                CelFunctionBinding.from("less_semver", version, version, (a, b) -> a.compareTo(b) < 0),
                CelFunctionBinding.from("less_equals_semver", version, version,
                        (a, b) -> a.compareTo(b) <= 0),
                CelFunctionBinding.from("greater_semver", version, version, (a, b) -> a.compareTo(b) > 0),
                CelFunctionBinding.from("greater_equals_semver", version, version,
                        (a, b) -> a.compareTo(b) >= 0),
                CelFunctionBinding.from("abs_double", Double.class, Math::abs))
                .build();
    }

    static CelOptions options() {
        return CelOptions.current().maxExpressionCodePointSize(Language.LENGTH_MAX)
                .maxParseRecursionDepth(Language.DEPTH_MAX).maxRegexProgramSize(1000)
                .enableHeterogeneousNumericComparisons(true)
                .build();
    }
}
