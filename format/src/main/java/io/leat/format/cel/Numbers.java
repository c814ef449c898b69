package io.leat.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableComprehension;
import dev.cel.common.ast.CelMutableExpr.CelMutableIdent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes all numbers of a parsed expression one kind: each literal becomes a constant of exactly what is written, and what
 * the language counts by itself is turned into a number. For one expression, one thread.
 */
final class Numbers {

    private static final Set<String> COUNTS = Set.of(
            "size",
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");
    private static final Map<String, String> CONVERSIONS = Map.of(
            "int", Arithmetic.WHOLE_OF, "uint", Arithmetic.WHOLE_OF, "double", Arithmetic.DECIMAL_OF);
    private static final String INDEX = "_[_]";
    private static final long NEW_IDS = 1L << 32;

    private final String text;
    private final Map<Long, Integer> positions;
    private final Map<String, Decimal> constants = new LinkedHashMap<>();
    private long nextId = NEW_IDS;

    private Numbers(String text, Map<Long, Integer> positions) {
        this.text = text;
        this.positions = positions;
    }

    /**
     * An expression whose numbers are of one kind.
     *
     * @param constants its literals, by the names that stand for them
     */
    record Unified(CelAbstractSyntaxTree tree, Map<String, Decimal> constants) {}

    /** @throws ArithmeticException for a literal of too many digits */
    static Unified unify(CelAbstractSyntaxTree parsed, String text) {
        Numbers numbers = new Numbers(text, parsed.getSource().getPositionsMap());
        CelMutableAst tree = CelMutableAst.fromCelAst(parsed);
        numbers.unify(tree.expr());
        return new Unified(tree.toParsedAst(true), Map.copyOf(numbers.constants));
    }

    private void unify(CelMutableExpr expr) {
        switch (expr.getKind()) {
            case CONSTANT -> constant(expr);
            case SELECT -> unify(expr.select().operand());
            case CALL -> call(expr);
            case LIST -> expr.list().elements().forEach(this::unify);
            case MAP -> expr.map().entries().forEach(entry -> {
                unifyUnlessLiteral(entry.key());
                unify(entry.value());
            });
            case STRUCT -> expr.struct().entries().forEach(entry -> unify(entry.value()));
            case COMPREHENSION -> comprehension(expr.comprehension());
            default -> {
                // a name stands for itself
            }
        }
    }

    private void comprehension(CelMutableComprehension loop) {
        unify(loop.iterRange());
        unify(loop.accuInit());
        unify(loop.loopCondition());
        unify(loop.loopStep());
        unify(loop.result());
    }

    private void call(CelMutableExpr expr) {
        CelMutableCall call = expr.call();
        call.target().ifPresent(this::unify);
        if (call.function().equals(INDEX)) {
            unify(call.args().get(0));
            index(call.args().get(1));
            return;
        }
        call.args().forEach(this::unify);
        if (COUNTS.contains(call.function())) {
            wrap(expr, Arithmetic.NUMBER_OF);
        } else if (CONVERSIONS.containsKey(call.function())) {
            call.setFunction(CONVERSIONS.get(call.function()));
        }
    }

    /** Lists are counted in whole numbers of the language's own. */
    private void index(CelMutableExpr expr) {
        if (expr.getKind() != Kind.CONSTANT) {
            unify(expr);
            wrap(expr, Arithmetic.INDEX_OF);
        }
    }

    private void unifyUnlessLiteral(CelMutableExpr key) {
        if (key.getKind() != Kind.CONSTANT) {
            unify(key);
        }
    }

    private void wrap(CelMutableExpr expr, String function) {
        CelMutableExpr inner = CelMutableExpr.newInstance(expr);
        expr.setId(nextId++);
        expr.setCall(CelMutableCall.create(function, List.of(inner)));
    }

    private void constant(CelMutableExpr expr) {
        Decimal number = number(expr.constant(), positions.get(expr.id()));
        if (number != null) {
            String name = "@n" + constants.size();
            constants.put(name, number);
            expr.setIdent(CelMutableIdent.create(name));
        }
    }

    /** The number of a literal; {@code null} if it is another one. */
    private @Nullable Decimal number(CelConstant literal, @Nullable Integer at) {
        return switch (literal.getKind()) {
            case INT64_VALUE -> Decimal.of(literal.int64Value());
            case UINT64_VALUE -> Decimal.of(literal.uint64Value().toString());
            case DOUBLE_VALUE -> exactly(literal.doubleValue(), at == null ? "" : written(at));
            default -> null;
        };
    }

    /** As it is written, and not as what was made of it. */
    private static Decimal exactly(double read, String written) {
        BigDecimal exact = Decimal.of(written).value();
        return new Decimal(read < 0 ? exact.negate() : exact);
    }

    private String written(int codePoint) {
        int start = text.offsetByCodePoints(0, codePoint);
        while (text.charAt(start) == '-' || Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && isOfNumber(end)) {
            end++;
        }
        return text.substring(start, end);
    }

    private boolean isOfNumber(int at) {
        char c = text.charAt(at);
        return (c >= '0' && c <= '9')
                || c == '.'
                || c == 'e'
                || c == 'E'
                || ((c == '-' || c == '+') && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E'));
    }
}
