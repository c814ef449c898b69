package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code type}. */
final class TypeCheck implements Check {

    private final boolean[] allowed = new boolean[JsonKind.values().length];
    private final boolean wholeOnly;
    private final String expected;

    TypeCheck(List<String> words) {
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        for (String word : words) {
            switch (word) {
                case "object" -> kinds.add(JsonKind.OBJECT);
                case "array" -> kinds.add(JsonKind.ARRAY);
                case "string" -> kinds.add(JsonKind.STRING);
                case "number", "integer" -> kinds.add(JsonKind.NUMBER);
                case "boolean" -> kinds.addAll(EnumSet.of(JsonKind.TRUE, JsonKind.FALSE));
                case "null" -> kinds.add(JsonKind.NULL);
                default -> throw new NotCompilable("the type " + word);
            }
        }
        kinds.forEach(kind -> allowed[kind.code()] = true);
        wholeOnly = words.contains("integer") && !words.contains("number");
        expected = String.join(" or ", words);
    }

    @Override
    public boolean passes(Document document, int value, Trial trial) {
        JsonKind kind = document.kind(value);
        boolean isRight = allowed[kind.code()]
                && (!wholeOnly || kind != JsonKind.NUMBER || document.isDigits(value) || isWhole(document, value));
        return isRight || trial.breaks(value, "type", expected);
    }

    private static boolean isWhole(Document document, int value) {
        BigDecimal number = document.decimal(value);
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }
}
