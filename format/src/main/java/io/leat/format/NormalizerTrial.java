package io.leat.format;

import io.leat.core.normalize.Explained;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads single texts as a feed would read a field. Thread-safe. */
public final class NormalizerTrial {

    private static final String VALUE = "value";

    private final Normalization declared;
    private final Normalizing normalizing;

    public NormalizerTrial(Normalization declared) {
        this.declared = declared;
        this.normalizing = new Normalizing(List.of(declared));
    }

    /**
     * What became of a text.
     *
     * @param values the fields in their normal form as JSON, its own first; empty if the text was refused
     * @param why a code and a sentence if it was refused, {@code null} if it was not
     * @param reading what the figures of the text were taken for, where the normalizer reads figures
     */
    public record Answer(Map<String, String> values, @Nullable String why, List<String> reading) {}

    /**
     * Reads a text.
     *
     * @param beside other fields of the record, by name
     */
    public Answer read(String text, Map<String, String> beside) {
        ObjectNode rec = JsonNodeFactory.instance.objectNode();
        beside.forEach(rec::put);
        rec.put(VALUE, text);
        List<String> reading = reading(text);
        if (normalizing.apply(CanonicalJson.of(rec)) instanceof Normalizing.Done done) {
            Map<String, String> values = new LinkedHashMap<>();
            JsonNode item = Json.OWN.readTree(done.item());
            values.put(VALUE, CanonicalJson.of(item.path(VALUE)));
            item.properties().forEach(field -> values.putIfAbsent(field.getKey(), CanonicalJson.of(field.getValue())));
            return new Answer(values, null, reading);
        }
        Normalizing.Failed failed = (Normalizing.Failed) normalizing.apply(CanonicalJson.of(rec));
        return new Answer(
                Map.of(),
                failed.refusal().code().name().toLowerCase(Locale.ROOT) + ": "
                        + failed.refusal().message(),
                reading);
    }

    private List<String> reading(String text) {
        Normalizer as = declared.as();
        if (as instanceof Normalizer.OfMoney money) {
            return Explained.figures(text, money.locality());
        }
        if (as instanceof Normalizer.OfUnitPrice price) {
            return Explained.figures(text, price.locality());
        }
        return as instanceof Normalizer.OfNumber number ? Explained.figures(text, number.locality()) : List.of();
    }
}
