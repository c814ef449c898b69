package io.leat.format.propose;

import io.leat.core.FieldPath;
import io.leat.core.normalize.Normalization;
import io.leat.format.NormalizerTrial;
import io.leat.format.Quote;
import io.leat.format.feedfile.DeclaredNormalizer;
import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tries on the texts of a field what could make them comparable. */
final class NormalForms {

    private static final int MOST_TEXTS = 300;
    private static final int SHOWN = 3;
    private static final double ENOUGH = 0.97;

    private final Collection<Column> columns;

    NormalForms(Collection<Column> columns) {
        this.columns = columns;
    }

    /** What reads nearly all texts of a compared field and makes a difference; {@code null} if nothing does or need be. */
    @Nullable
    NormalForm of(Column column) {
        List<String> texts = column.samples(Integer.MAX_VALUE).stream()
                .filter(cell -> cell.kind() == JsonKind.STRING)
                .limit(MOST_TEXTS)
                .map(Cell::text)
                .toList();
        if (texts.isEmpty()) {
            return null;
        }
        Meaning meaning = Meaning.of(column.name());
        List<Map<String, String>> tried = new ArrayList<>();
        if (texts.stream().anyMatch(text -> text.chars().anyMatch(Character::isDigit))) {
            if (meaning == Meaning.MONEY) {
                tried.add(options("money", ""));
                tried.add(options("money", "en"));
                tried.add(options("money", "de"));
            }
            tried.add(options("number", ""));
        }
        if (meaning == Meaning.STOCK || meaning == Meaning.STATE) {
            tried.add(options("availability", ""));
        }
        tried.add(options("boolean", ""));
        if (texts.stream().allMatch(text -> text.startsWith("http://") || text.startsWith("https://"))) {
            tried.add(options("url", ""));
        }
        if (meaning == Meaning.TITLE) {
            tried.add(options("text", ""));
        }
        for (Map<String, String> options : tried) {
            NormalForm form = trial(column, options, texts);
            boolean isKept = "url".equals(form.options().get("as"))
                    || "text".equals(form.options().get("as"));
            if (form.read() >= ENOUGH * form.of() && (!isKept || isDifferent(form))) {
                return form;
            }
        }
        return null;
    }

    private static boolean isDifferent(NormalForm form) {
        return !form.samples().isEmpty();
    }

    private static Map<String, String> options(String as, String locale) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("as", as);
        if (!locale.isEmpty()) {
            options.put("locale", locale);
        }
        return options;
    }

    private NormalForm trial(Column column, Map<String, String> options, List<String> texts) {
        Normalization declared = Objects.requireNonNull(
                DeclaredNormalizer.of(options).normalization(), "an option that the feed file does not know");
        NormalizerTrial trial = new NormalizerTrial(declared);
        List<String> samples = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int read = 0;
        for (String text : texts) {
            NormalizerTrial.Answer answer = trial.read(text, Map.of());
            if (answer.why() == null) {
                read++;
                String became = String.valueOf(answer.values().get("value"));
                if (samples.size() < SHOWN && !became.equals(quoted(text))) {
                    samples.add(quoted(text) + " → " + became);
                }
            } else if (refused.size() < SHOWN) {
                refused.add(quoted(text));
            }
        }
        FieldPath currency = "money".equals(options.get("as")) ? currency(column) : null;
        return new NormalForm(column.path(), options, currency, read, texts.size(), samples, refused);
    }

    private static String quoted(String text) {
        return '"' + Quote.shorten(text) + '"';
    }

    /** The field beside a price that names its currency, made if there is none. */
    private FieldPath currency(Column price) {
        List<String> names = price.path().names();
        List<String> parents = names.subList(0, names.size() - 1);
        for (Column column : columns) {
            List<String> other = column.path().names();
            if (Meaning.of(column.name()) == Meaning.CURRENCY
                    && other.subList(0, other.size() - 1).equals(parents)) {
                return column.path();
            }
        }
        List<String> made = new ArrayList<>(parents);
        made.add("currency");
        return new FieldPath(made);
    }
}
