package io.aftercare.diagnostics.expression;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A metric or text attribute as a condition names it: bare (`temp`, `env.temp`), or where its name has other marks, spelt out (`metric("fuser-temp")`,
/// `attribute("print-mode")`).
///
/// @param identifier how it is written, which is also its name for the checker
/// @param plain      the name of the metric or attribute
/// @param says       which of both, where the spelling says so
record Name(String identifier, String plain, Says says) {
    private static final String END = "\")";

    /// What a spelling says of the thing.
    enum Says {
        NOTHING, METRIC, ATTRIBUTE
    }

    /// How `metric("…")` and `attribute("…")` are written.
    static String written(String function, String plain) {
        return function + "(\"" + plain + END;
    }

    /// The name that a node is; empty where it is none, or the device's.
    static Optional<Name> of(CelExpr node) {
        String path = path(node);
        if (path == null || path.equals("device") || path.startsWith("device.")) {
            return Optional.empty();
        }
        for (Says says : Says.values()) {
            String begin = switch (says) {
                case NOTHING -> "";
                case METRIC -> "metric(\"";
                case ATTRIBUTE -> "attribute(\"";
            };
            if (says != Says.NOTHING && path.startsWith(begin)) {
                return Optional.of(
                        new Name(path, path.substring(begin.length(), path.length() - END.length()), says));
            }
        }
        return Optional.of(new Name(path, path, Says.NOTHING));
    }

    /// `a.b.c` of nested selections; null where something else than a name begins it.
    static @Nullable String path(CelExpr node) {
        return switch (node.getKind()) {
            case IDENT -> node.ident().name();
            case SELECT -> {
                String operand = node.select().testOnly() ? null : path(node.select().operand());
                yield operand == null ? null : operand + "." + node.select().field();
            }
            case CONSTANT, CALL, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> null;
        };
    }
}
