package io.leat.format;

import dev.cel.common.CelOptions;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The Common Expression Language as people may use it here: its limits, and JSON as its values. Thread-safe. */
public final class Cel {

    /** The longest expression, in characters. */
    public static final int LONGEST = 2_000;

    private static final int EXACT_DIGITS = 18;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .build();

    /** What runs compiled expressions. */
    public static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    private Cel() {}

    /** A compiler with the limits and the usual macros, still without variables. */
    public static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    }

    /** A JSON value. Whole numbers below 10^18 stay exact, others are 64-bit. */
    public static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new HashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> entries = new ArrayList<>();
            node.forEach(entry -> entries.add(value(entry)));
            return entries;
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.scale() <= 0 && number.precision() - number.scale() <= EXACT_DIGITS
                    ? (Object) number.longValueExact()
                    : (Object) number.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? NullValue.NULL_VALUE : node.stringValue();
    }
}
