package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code enum} and {@code const}: values of the schema that a value must be the same as. */
final class Constants implements Check {

    private static final int FEW = 8;
    private static final int SHOWN = 60;

    private final String rule;
    private final Document schema;
    private final int[] values;
    /** Canonical texts, where there are many. */
    private final Set<String> texts = new HashSet<>();

    private final String expected;

    Constants(String rule, Document schema, int[] values) {
        this.rule = rule;
        this.schema = schema;
        this.values = values;
        List<String> words = new ArrayList<>();
        for (int value : values) {
            String text = schema.canonical(value);
            words.add(text);
            if (values.length > FEW) {
                texts.add(text);
            }
        }
        String all = String.join(", ", words);
        expected = (values.length == 1 ? "" : "one of ") + (all.length() > SHOWN ? all.substring(0, SHOWN) + "…" : all);
    }

    @Override
    public boolean passes(Document document, int value, Trial trial) {
        if (values.length > FEW) {
            return texts.contains(document.canonical(value)) || trial.breaks(value, rule, expected);
        }
        JsonKind kind = document.kind(value);
        for (int constant : values) {
            if (schema.kind(constant) == kind && document.same(value, schema, constant)) {
                return true;
            }
        }
        return trial.breaks(value, rule, expected);
    }
}
