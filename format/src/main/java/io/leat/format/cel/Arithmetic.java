package io.leat.format.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import io.leat.format.json.CanonicalText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What can be done with numbers in an expression. */
final class Arithmetic {

    static final CelType NUMBER = OpaqueType.create("number");

    /** A whole number of the language's own, such as a size, as a number. */
    static final String NUMBER_OF = "@number";
    /** What {@code double} does: the number of a text. */
    static final String DECIMAL_OF = "@decimal";
    /** What {@code int} and {@code uint} do: the same without what follows the point. */
    static final String WHOLE_OF = "@whole";
    /** What stands between brackets. */
    static final String INDEX_OF = "@index";

    private static final List<CelFunctionDecl> DECLARATIONS = new ArrayList<>();
    private static final List<CelFunctionBinding> BINDINGS = new ArrayList<>();

    static {
        operator("_+_", "add_number", Decimal::plus);
        operator("_-_", "subtract_number", Decimal::minus);
        operator("_*_", "multiply_number", Decimal::times);
        operator("_/_", "divide_number", Decimal::dividedBy);
        operator("_%_", "modulo_number", Decimal::remainder);
        comparison("_<_", "less_number", (one, other) -> one.compareTo(other) < 0);
        comparison("_<=_", "less_equals_number", (one, other) -> one.compareTo(other) <= 0);
        comparison("_>_", "greater_number", (one, other) -> one.compareTo(other) > 0);
        comparison("_>=_", "greater_equals_number", (one, other) -> one.compareTo(other) >= 0);
        of("-_", "negate_number", NUMBER, NUMBER, Decimal.class, Decimal::negated);
        of("string", "number_to_string", SimpleType.STRING, NUMBER, Decimal.class, Arithmetic::text);
        of("timestamp", "number_to_timestamp", SimpleType.TIMESTAMP, NUMBER, Decimal.class, Arithmetic::moment);
        of(NUMBER_OF, "number_of_any", NUMBER, SimpleType.DYN, Object.class, Arithmetic::number);
        of(DECIMAL_OF, "decimal_of_any", NUMBER, SimpleType.DYN, Object.class, Arithmetic::number);
        of(WHOLE_OF, "whole_of_any", NUMBER, SimpleType.DYN, Object.class, any -> number(any)
                .truncated());
        of(INDEX_OF, "index_of_any", SimpleType.DYN, SimpleType.DYN, Object.class, Arithmetic::index);
    }

    private Arithmetic() {}

    static List<CelFunctionDecl> declarations() {
        return List.copyOf(DECLARATIONS);
    }

    static List<CelFunctionBinding> bindings() {
        return List.copyOf(BINDINGS);
    }

    private static void operator(String name, String id, Binary<Decimal, Decimal> does) {
        DECLARATIONS.add(newFunctionDeclaration(name, newGlobalOverload(id, NUMBER, NUMBER, NUMBER)));
        BINDINGS.add(CelFunctionBinding.from(id, Decimal.class, Decimal.class, does));
    }

    private static void comparison(String name, String id, Binary<Decimal, Decimal> does) {
        DECLARATIONS.add(newFunctionDeclaration(name, newGlobalOverload(id, SimpleType.BOOL, NUMBER, NUMBER)));
        BINDINGS.add(CelFunctionBinding.from(id, Decimal.class, Decimal.class, does));
    }

    private static <T> void of(
            String name, String id, CelType result, CelType argument, Class<T> type, Unary<T> does) {
        DECLARATIONS.add(newFunctionDeclaration(name, newGlobalOverload(id, result, argument)));
        BINDINGS.add(CelFunctionBinding.from(id, type, does));
    }

    private static Decimal number(Object any) {
        if (any instanceof Decimal number) {
            return number;
        }
        if (any instanceof Long whole) {
            return Decimal.of(whole);
        }
        if (any instanceof String text) {
            return Decimal.of(text.strip());
        }
        if (any instanceof Instant moment) {
            return Decimal.of(moment.getEpochSecond());
        }
        throw new IllegalArgumentException("no number");
    }

    private static String text(Decimal number) {
        return CanonicalText.plain(number.value());
    }

    private static Instant moment(Decimal number) {
        BigDecimal nanos = number.times(Decimal.of(1_000_000_000)).truncated().value();
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static Object index(Object any) {
        return any instanceof Decimal number ? (Object) number.value().longValueExact() : any;
    }
}
