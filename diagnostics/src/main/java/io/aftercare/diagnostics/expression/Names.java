package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which metrics and text attributes a parsed expression names. A bare name is a text attribute where it is used as a text (beside a quoted text, in a
/// list of them, with `startsWith` and its like, in `semver`), and else a metric.
final class Names {
    private static final Set<String> ORDER = Set.of("_<_", "_<=_", "_>_", "_>=_");
    private static final Set<String> ARITHMETIC = Set.of("_-_", "_*_", "_/_", "-_", "abs", "double");
    private static final Set<String> OF_TEXTS = Set.of("startsWith", "endsWith", "contains", "matches");

    private final CelAbstractSyntaxTree tree;
    private final Map<String, Use> uses = new TreeMap<>();

    /// What a node is of; nodes that must be of one kind are joined.
    private enum Kind {
        NUMBER, TEXT, VERSION, OTHER
    }

    private static final class Use {
        final @Nullable Name name;
        @Nullable
        Use joined;
        @Nullable
        Kind kind;
        final CelExpr where;

        Use(@Nullable Name name, @Nullable Kind kind, CelExpr where) {
            this.name = name;
            this.kind = kind;
            this.where = where;
        }

        Use root() {
            Use root = this;
            for (Use next = root.joined; next != null; next = root.joined) {
                root = next;
            }
            return root;
        }
    }

    private Names(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /// The type of each identifier, to declare to the checker.
    static Map<String, CelType> types(CelAbstractSyntaxTree parsed) {
        Names names = new Names(parsed);
        names.use(parsed.getExpr());
        return names.uses.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().root().kind == Kind.TEXT ? SimpleType.STRING : SimpleType.DOUBLE));
    }

    private Use use(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> new Use(null, switch (node.constant().getKind()) {
                case STRING_VALUE -> Kind.TEXT;
                case DOUBLE_VALUE -> Kind.NUMBER;
                default -> Kind.OTHER; // true, false and what the checker refuses
            }, node);
            case IDENT, SELECT -> name(node);
            case CALL -> call(node);
            case LIST -> {
                Use one = new Use(null, null, node);
                node.list().elements().forEach(element -> join(one, use(element), element));
                yield one;
            }
            case STRUCT, MAP, COMPREHENSION, NOT_SET ->
                throw at(tree, node, "maps, structures and comprehensions are not part of the rule language");
        };
    }

    private Use name(CelExpr node) {
        String path = Name.path(node);
        if (path == null) {
            throw at(tree, node, "a dot follows a name only, such as device.model or env.temp");
        }
        Name name = Name.of(node).orElse(null);
        if (name != null) {
            return uses.computeIfAbsent(path, _ -> new Use(name, switch (name.says()) {
                case NOTHING -> null;
                case METRIC -> Kind.NUMBER;
                case ATTRIBUTE -> Kind.TEXT;
            }, node));
        }
        CelType type = Language.DEVICE.get(path);
        if (type == null) {
            throw at(tree, node,
                    path + " is not known; there is " + String.join(", ", Language.DEVICE.keySet())
                            + " (a tag is device.tags[\"name\"])");
        }
        return new Use(null, type.equals(SimpleType.STRING)
                ? Kind.TEXT
                : type.equals(SimpleType.DOUBLE) ? Kind.NUMBER : Kind.OTHER, node);
    }

    private Use call(CelExpr node) {
        String function = node.call().function();
        Use target = node.call().target().map(this::use).orElse(null);
        List<CelExpr> args = node.call().args();
        List<Use> of = args.stream().map(this::use).toList();
        if (of.size() == 2
                && (ORDER.contains(function) || function.equals("_==_") || function.equals("_!=_"))) {
            compare(node, function, of, args);
            return new Use(null, Kind.OTHER, node);
        }
        if (OF_TEXTS.contains(function) && target != null) {
            be(target, Kind.TEXT, node.call().target().orElse(node));
            all(of, args, Kind.TEXT);
            return new Use(null, Kind.OTHER, node);
        }
        return switch (function) {
            case "_+_" -> sum(node, of, args);
            case "@in" -> {
                boolean inTags = of.get(1).kind == Kind.OTHER;
                if (inTags) {
                    be(of.get(0), Kind.TEXT, args.get(0));
                } else {
                    join(of.get(1), of.get(0), args.get(0));
                }
                yield new Use(null, Kind.OTHER, node);
            }
            case "_[_]" -> {
                all(of.subList(1, of.size()), args.subList(1, args.size()), Kind.TEXT);
                yield new Use(null, Kind.TEXT, node);
            }
            case "_?_:_" -> {
                join(of.get(1), of.get(2), args.get(2));
                yield of.get(1);
            }
            case "semver" -> {
                all(of, args, Kind.TEXT);
                yield new Use(null, Kind.VERSION, node);
            }
            default -> {
                if (ARITHMETIC.contains(function)) {
                    all(of, args, Kind.NUMBER);
                } else if (Functions.OVER_TIME.containsKey(function) && !function.equals("changed")
                        && !function.equals("within")
                        && !of.isEmpty() && (of.get(0).name != null || of.get(0).root().kind != Kind.TEXT)) {
                    be(of.get(0), Kind.NUMBER, args.get(0));
                }
                yield new Use(null, resultOf(function), node);
            }
        };
    }

    private static Kind resultOf(String function) {
        return switch (function) {
            case "absent", "changed", "within", "_&&_", "_||_", "!_" -> Kind.OTHER;
            default -> Kind.NUMBER;
        };
    }

    private Use sum(CelExpr node, List<Use> of, List<CelExpr> args) {
        boolean ofTexts = of.stream().anyMatch(it -> it.root().kind == Kind.TEXT);
        all(of, args, ofTexts ? Kind.TEXT : Kind.NUMBER);
        return new Use(null, ofTexts ? Kind.TEXT : Kind.NUMBER, node);
    }

    private void compare(CelExpr node, String function, List<Use> of, List<CelExpr> args) {
        for (int i = 0; i < 2; i++) {
            Name name = of.get(i).name;
            if (name != null && of.get(1 - i).root().kind == Kind.VERSION) {
                throw at(tree, args.get(i), name.identifier() + " is compared with a version: write semver("
                        + name.identifier() + ")");
            }
        }
        join(of.get(0), of.get(1), args.get(1));
        if (ORDER.contains(function) && of.get(0).root().kind == Kind.TEXT
                && of.get(1).root().kind == Kind.TEXT) {
            throw at(tree, node,
                    "no matching overload: texts have no order; write a number without quotes, compare texts with == and"
                            + " versions as semver(device.firmware) < semver(\"2.4.0\")");
        }
    }

    private void all(List<Use> of, List<CelExpr> nodes, Kind kind) {
        for (int i = 0; i < of.size(); i++) {
            be(of.get(i), kind, nodes.get(i));
        }
    }

    private void be(Use use, Kind kind, CelExpr node) {
        join(use, new Use(null, kind, node), node);
    }

    /// Says that two uses are of one kind. Where that cannot be and none of both is a bare name, the checker says so in its own words.
    private void join(Use left, Use right, CelExpr node) {
        Use one = left.root();
        Use other = right.root();
        if (one == other) {
            return;
        }
        if (one.kind != null && other.kind != null && one.kind != other.kind) {
            Name name = left.name != null ? left.name : right.name;
            boolean mixed = one.kind != Kind.OTHER && other.kind != Kind.OTHER;
            if (name != null && mixed && name.says() == Name.Says.NOTHING) {
                Use named = left.name != null ? left : right;
                throw conflict(name, named, named.root().kind == Kind.TEXT, node);
            }
            return;
        }
        if (other.kind != null && one.kind == null) {
            one.kind = other.kind;
        }
        if (other.name != null || other.kind == null) {
            other.joined = one;
        }
    }

    private InvalidExpression conflict(Name name, Use before, boolean wasText, CelExpr node) {
        String first = wasText ? "text" : "number";
        String second = wasText ? "number" : "text";
        return at(tree, node,
                name.plain() + " is used as a " + second + " here and as a " + first + " at column "
                        + at(tree, before.where, "").issues().getFirst().column()
                        + "; a device sends it as one of both (or"
                        + " write metric(\"" + name.plain() + "\") and attribute(\"" + name.plain() + "\"))");
    }

    static InvalidExpression at(CelAbstractSyntaxTree tree, CelExpr node, String message) {
        Integer offset = tree.getSource().getPositionsMap().get(node.id());
        var place = offset == null ? null : tree.getSource().getOffsetLocation(offset).orElse(null);
        return new InvalidExpression(List.of(place == null
                ? new InvalidExpression.Issue(1, 1, message)
                : new InvalidExpression.Issue(place.getLine(), place.getColumn() + 1, message)));
    }
}
