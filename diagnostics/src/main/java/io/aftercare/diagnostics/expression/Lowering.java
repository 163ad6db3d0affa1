package io.aftercare.diagnostics.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelUnparserFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compiles a checked tree into [Condition] and [Quantity] nodes over the slots of a [Layout]. The largest subtrees that
/// speak of the device and its text attributes alone become [Facts].
final class Lowering {
    private static final Map<String, Comparison> COMPARISONS = Map.of("_<_", Comparison.LESS, "_<=_",
            Comparison.LESS_EQUAL, "_>_", Comparison.GREATER, "_>=_", Comparison.GREATER_EQUAL, "_==_",
            Comparison.EQUAL, "_!=_", Comparison.NOT_EQUAL);

    private final CelAbstractSyntaxTree tree;
    private final Layout layout;
    private final TimeCalls timeCalls;

    Lowering(CelAbstractSyntaxTree tree, Layout layout) {
        this.tree = tree;
        this.layout = layout;
        this.timeCalls = new TimeCalls(this, layout);
    }

    Condition condition(CelExpr node) {
        if (!type(node).equals(SimpleType.BOOL)) {
            throw refuse(node, "of type " + type(node).name() + " where true or false is needed");
        }
        if (node.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return Conditions.constant(node.constant().booleanValue());
        }
        if (isOfDeviceAlone(node)) {
            return Conditions.slot(fact(node));
        }
        if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
            throw refuse(node, "not a condition");
        }
        if (Functions.OVER_TIME.containsKey(node.call().function())) {
            return timeCalls.condition(node);
        }
        ImmutableList<CelExpr> args = node.call().args();
        String function = node.call().function();
        Comparison comparison = COMPARISONS.get(function);
        if (comparison != null) {
            return comparison(comparison, args.get(0), args.get(1));
        }
        return switch (function) {
            case "_&&_" -> Conditions.and(condition(args.get(0)), condition(args.get(1)));
            case "_||_" -> Conditions.or(condition(args.get(0)), condition(args.get(1)));
            case "!_" -> Conditions.not(condition(args.get(0)));
            case "_?_:_" ->
                Conditions.choose(condition(args.get(0)), condition(args.get(1)), condition(args.get(2)));
            case "@in" -> oneOf(args.get(0), args.get(1));
            default -> throw refuse(node, "the function " + function + " is not part of the rule language");
        };
    }

    private Condition comparison(Comparison how, CelExpr left, CelExpr right) {
        if (type(left).equals(SimpleType.BOOL)) {
            Condition same = Conditions.same(condition(left), condition(right));
            return switch (how) {
                case EQUAL -> same;
                case NOT_EQUAL -> Conditions.not(same);
                case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                    throw refuse(left, "true and false have no order; use == or !=");
            };
        }
        if (!type(left).equals(SimpleType.DOUBLE)) {
            throw refuse(left, "a text that depends on a number; compare each text by itself, such as"
                    + " temp > 80 && mode == \"eco\"");
        }
        Optional<Double> constant = literal(right);
        Optional<Double> mirrored = literal(left);
        if (constant.isPresent() && slot(left).isPresent()) {
            return how.slotWith(slot(left).get(), constant.get());
        }
        if (mirrored.isPresent() && slot(right).isPresent()) {
            return how.mirrored().slotWith(slot(right).get(), mirrored.get());
        }
        return how.of(quantity(left), quantity(right));
    }

    private Condition oneOf(CelExpr value, CelExpr list) {
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
            throw refuse(list, "write the list out, such as mode in [1, 2, 3]");
        }
        double[] values = list.list().elements().stream().mapToDouble(element -> literal(element)
                .orElseThrow(() -> refuse(element, "a list holds plain numbers only"))).toArray();
        return Conditions.oneOf(quantity(value), values);
    }

    Quantity quantity(CelExpr node) {
        if (!type(node).equals(SimpleType.DOUBLE)) {
            throw refuse(node, "of type " + type(node).name() + " where a number is needed");
        }
        Optional<Double> literal = literal(node);
        if (literal.isPresent()) {
            return Quantities.constant(literal.get());
        }
        Optional<Integer> slot = slot(node);
        if (slot.isPresent()) {
            return Quantities.slot(slot.get());
        }
        if ("device.age_days".equals(Name.path(node))) {
            return Quantities.age(Layout.NOW, layout.fact(Facts.birth()));
        }
        if (isOfDeviceAlone(node)) {
            return Quantities.slot(fact(node));
        }
        if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
            throw refuse(node, "not a number");
        }
        if (Functions.OVER_TIME.containsKey(node.call().function())) {
            return timeCalls.quantity(node);
        }
        ImmutableList<CelExpr> args = node.call().args();
        return switch (node.call().function()) {
            case "_+_" -> Quantities.sum(quantity(args.get(0)), quantity(args.get(1)));
            case "_-_" -> Quantities.difference(quantity(args.get(0)), quantity(args.get(1)));
            case "_*_" -> Quantities.product(quantity(args.get(0)), quantity(args.get(1)));
            case "_/_" -> Quantities.quotient(quantity(args.get(0)), quantity(args.get(1)));
            case "-_" -> Quantities.negative(quantity(args.get(0)));
            case "abs" -> Quantities.absolute(quantity(args.get(0)));
            case "double" -> quantity(args.get(0));
            case "_?_:_" ->
                Quantities.choose(condition(args.get(0)), quantity(args.get(1)), quantity(args.get(2)));
            default -> throw refuse(node,
                    "the function " + node.call().function() + " is not part of the rule language");
        };
    }

    /// The slot of a metric.
    private Optional<Integer> slot(CelExpr node) {
        return Name.of(node).filter(_ -> type(node).equals(SimpleType.DOUBLE))
                .map(name -> layout.metric(name.plain()));
    }

    static Optional<Double> literal(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> node.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
                    ? Optional.of(node.constant().doubleValue())
                    : Optional.empty();
            case CALL -> node.call().function().equals("-_")
                    ? literal(node.call().args().get(0)).map(value -> -value)
                    : Optional.empty();
            case IDENT, SELECT, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> Optional.empty();
        };
    }

    private boolean isOfDeviceAlone(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> true;
            case IDENT, SELECT -> Name.of(node).isPresent()
                    ? type(node).equals(SimpleType.STRING)
                    : !"device.age_days".equals(Name.path(node));
            case CALL -> !Functions.OVER_TIME.containsKey(node.call().function())
                    && node.call().target().map(this::isOfDeviceAlone).orElse(true)
                    && node.call().args().stream().allMatch(this::isOfDeviceAlone);
            case LIST -> node.list().elements().stream().allMatch(this::isOfDeviceAlone);
            case STRUCT, MAP, COMPREHENSION, NOT_SET -> false;
        };
    }

    private int fact(CelExpr node) {
        String key = text(node);
        return layout.fact(key).orElseGet(() -> {
            Map<String, String> texts = new TreeMap<>();
            collect(node, texts);
            return layout.fact(Facts.of(key, subtree(node), texts));
        });
    }

    /// The text attributes below a node, and the patterns, which must be plain and sound.
    private void collect(CelExpr node, Map<String, String> texts) {
        Name.of(node).filter(_ -> type(node).equals(SimpleType.STRING))
                .ifPresent(name -> texts.put(name.identifier(), name.plain()));
        if (node.getKind() == CelExpr.ExprKind.Kind.CALL) {
            CelExpr.CelCall call = node.call();
            if (call.function().equals("matches")) {
                Pattern.check(tree, call.args().getLast());
            }
            call.target().ifPresent(target -> collect(target, texts));
            call.args().forEach(argument -> collect(argument, texts));
        } else if (node.getKind() == CelExpr.ExprKind.Kind.LIST) {
            node.list().elements().forEach(element -> collect(element, texts));
        }
    }

    CelType type(CelExpr node) {
        return tree.getTypeOrThrow(node.id());
    }

    private CelAbstractSyntaxTree subtree(CelExpr node) {
        return CelAbstractSyntaxTree.newCheckedAst(node, tree.getSource(), tree.getReferenceMap(),
                tree.getTypeMap());
    }

    /// The names of the text attributes below a node.
    String texts(CelExpr node) {
        Map<String, String> texts = new TreeMap<>();
        collect(node, texts);
        return texts.values().toString();
    }

    /// The node as its author might have written it.
    String text(CelExpr node) {
        return CelUnparserFactory.newUnparser()
                .unparse(CelAbstractSyntaxTree.newParsedAst(node, tree.getSource()));
    }

    InvalidExpression refuse(CelExpr node, String why) {
        return Names.at(tree, node, why);
    }
}
