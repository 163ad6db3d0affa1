package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.aftercare.fleet.device.Device;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// What a condition says of the device alone (`device.model == "LP-2000"`) changes only when the device does. It is
/// evaluated then, by CEL's own interpreter, and its answer kept in a slot: texts never reach the hot path.
final class Facts {
    private static final CelRuntime RUNTIME = runtime();

    private Facts() {}

    /// Something that a device's registration decides.
    ///
    /// @param key   what it says, the same for the same fact
    /// @param value the number; 1 or 0 for a truth, NaN for unknown; called when a device is met or changes
    record Fact(String key, Of value) {}

    /// The number that a device's registration gives.
    @FunctionalInterface
    interface Of {
        double device(Device device);
    }

    static Fact of(String key, CelAbstractSyntaxTree checked) {
        try {
            CelRuntime.Program program = RUNTIME.createProgram(checked);
            return new Fact(key, device -> evaluate(program, device));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("CEL refuses its own checked expression " + key, e);
        }
    }

    /// When the device was bought, or else registered: microseconds since 1970.
    static Fact birth() {
        return new Fact("device's birth", device -> {
            LocalDate purchased = device.purchased();
            var since = purchased == null
                    ? device.created()
                    : purchased.atStartOfDay(ZoneOffset.UTC).toInstant();
            return since.getEpochSecond() * 1e6;
        });
    }

    private static double evaluate(CelRuntime.Program program, Device device) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("device.model", device.model());
        attributes.put("device.hardware", device.hardware());
        attributes.put("device.firmware", device.firmware());
        attributes.put("device.region", device.region());
        attributes.put("device.tags", device.tags());
        try {
            return switch (program.eval(attributes)) {
                case Boolean truth -> truth ? 1 : 0;
                case Double number -> number;
                case Object other -> throw new IllegalStateException("No truth and no number: " + other);
            };
        } catch (CelEvaluationException e) {
            return Double.NaN; // a missing tag, a firmware that is no version: unknown
        }
    }

    private static CelRuntime runtime() {
        Class<SemanticVersion> version = SemanticVersion.class;
        return CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(options()).addFunctionBindings(
                CelFunctionBinding.from("semver_string", String.class, SemanticVersion::parse),
                CelFunctionBinding.from("less_semver", version, version, (a, b) -> a.compareTo(b) < 0),
                CelFunctionBinding.from("less_equals_semver", version, version,
                        (a, b) -> a.compareTo(b) <= 0),
                CelFunctionBinding.from("greater_semver", version, version, (a, b) -> a.compareTo(b) > 0),
                CelFunctionBinding.from("greater_equals_semver", version, version,
                        (a, b) -> a.compareTo(b) >= 0))
                .build();
    }

    static CelOptions options() {
        return CelOptions.current().maxExpressionCodePointSize(Language.LENGTH_MAX)
                .maxParseRecursionDepth(Language.DEPTH_MAX).maxRegexProgramSize(1000)
                .enableHeterogeneousNumericComparisons(true)
                .build();
    }
}
