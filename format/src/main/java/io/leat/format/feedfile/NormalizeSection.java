package io.leat.format.feedfile;

import io.leat.core.FieldPath;
import io.leat.core.normalize.DateCalendar;
import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Money.Negative;
import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import io.leat.core.normalize.Timestamps.Order;
import io.leat.core.normalize.Urls.Fragment;
import io.leat.format.Quote;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code normalize}. */
final class NormalizeSection {

    private static final String ENTRY = "normalize[]";

    /** Each normalizer and the keys it takes beside {@code as} and {@code on_failure}. */
    private static final Map<String, Set<FeedKey>> OPTIONS = Map.of(
            "money", Set.of(NormalizeKey.CURRENCY, NormalizeKey.LOCALE, NormalizeKey.SEVERAL, NormalizeKey.NEGATIVE),
            "number", Set.of(NormalizeKey.LOCALE),
            "unit_price", Set.of(NormalizeKey.CURRENCY, NormalizeKey.LOCALE, NormalizeKey.UNIT),
            "availability", Set.of(NormalizeKey.WORDS),
            "text", Set.of(),
            "url", Set.of(NormalizeKey.BASE, NormalizeKey.DROP, NormalizeKey.KEEP, NormalizeKey.FRAGMENT),
            "timestamp", Set.of(NormalizeKey.ZONE, NormalizeKey.ORDER, NormalizeKey.LANGUAGES, NormalizeKey.CALENDAR),
            "boolean", Set.of());

    private final Values values;
    private final Problems problems;
    private final NormalizeTexts texts;

    NormalizeSection(Values values, Problems problems) {
        this.values = values;
        this.texts = new NormalizeTexts(values, problems);
        this.problems = problems;
    }

    List<Normalization> read(@Nullable Node node) {
        List<Normalization> normalizations = new ArrayList<>();
        if (node == null) {
            return normalizations;
        }
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of field paths", "Write {price: {as: money}}.");
            return normalizations;
        }
        Set<FieldPath> written = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            FieldPath field = values.path(entry.getKeyNode());
            Normalization one = field == null ? null : one(field, entry.getValueNode());
            if (one != null) {
                claim(one.field(), entry.getKeyNode(), written);
                beside(one.as()).forEach(other -> claim(other, entry.getKeyNode(), written));
                normalizations.add(one);
            }
        }
        return normalizations;
    }

    private void claim(FieldPath field, Node at, Set<FieldPath> written) {
        if (!written.add(field)) {
            problems.add(
                    at,
                    ProblemCode.NORMALIZED_TWICE,
                    "'" + Quote.shorten(field.toString()) + "' gets two normal forms.",
                    "Name each field once, as a field or as the currency or unit of another.");
        }
    }

    private static List<FieldPath> beside(Normalizer as) {
        List<FieldPath> beside = new ArrayList<>();
        if (as instanceof Normalizer.OfMoney money && money.currency() != null) {
            beside.add(money.currency());
        } else if (as instanceof Normalizer.OfUnitPrice price) {
            if (price.currency() != null) {
                beside.add(price.currency());
            }
            if (price.unit() != null) {
                beside.add(price.unit());
            }
        }
        return beside;
    }

    private @Nullable Normalization one(FieldPath field, Node node) {
        if (!(node instanceof MappingNode)) {
            String as = as(node);
            Normalizer normalizer = as == null ? null : normalizer(as, null);
            return normalizer == null ? null : new Normalization(field, normalizer, false);
        }
        Section section = values.section(node, ENTRY);
        Node asNode = section == null ? null : section.required(NormalizeKey.AS);
        String as = asNode == null ? null : as(asNode);
        if (section == null || as == null) {
            return null;
        }
        for (FeedKey key : FeedKeys.within(ENTRY)) {
            Node option = section.get(key);
            boolean isTaken = key == NormalizeKey.AS
                    || key == NormalizeKey.ON_FAILURE
                    || OPTIONS.getOrDefault(as, Set.of()).contains(key);
            if (option != null && !isTaken) {
                problems.add(
                        option,
                        ProblemCode.NORMALIZER_OPTION,
                        "'" + as + "' takes no '" + key.word() + "'.",
                        "Leave it out.");
            }
        }
        Normalizer normalizer = normalizer(as, section);
        return normalizer == null ? null : new Normalization(field, normalizer, isNullOnFailure(section));
    }

    private @Nullable String as(Node node) {
        Text text = values.text(node);
        if (text == null || OPTIONS.containsKey(text.value())) {
            return text == null ? null : text.value();
        }
        problems.add(
                node,
                ProblemCode.BAD_NORMALIZER,
                "There is no normalizer " + text.shown() + ".",
                Spelling.hint(
                        text.filled() ? "" : text.value(),
                        OPTIONS.keySet().stream().sorted().toList()));
        return null;
    }

    private @Nullable Normalizer normalizer(String as, @Nullable Section section) {
        Locality locality = locality(get(section, NormalizeKey.LOCALE));
        FieldPath currency = path(get(section, NormalizeKey.CURRENCY));
        return switch (as) {
            case "money" ->
                new Normalizer.OfMoney(
                        currency,
                        locality,
                        choice(get(section, NormalizeKey.SEVERAL), Several.values(), Several.FIRST),
                        choice(get(section, NormalizeKey.NEGATIVE), Negative.values(), Negative.ALLOW));
            case "number" -> new Normalizer.OfNumber(locality);
            case "unit_price" -> new Normalizer.OfUnitPrice(currency, path(get(section, NormalizeKey.UNIT)), locality);
            case "availability" -> new Normalizer.OfAvailability(texts.words(get(section, NormalizeKey.WORDS)));
            case "text" -> new Normalizer.OfText();
            case "url" ->
                new Normalizer.OfUrl(
                        texts.base(get(section, NormalizeKey.BASE)),
                        texts.names(get(section, NormalizeKey.DROP)),
                        texts.names(get(section, NormalizeKey.KEEP)),
                        choice(get(section, NormalizeKey.FRAGMENT), Fragment.values(), Fragment.AUTO));
            case "timestamp" ->
                new Normalizer.OfTimestamp(
                        zone(get(section, NormalizeKey.ZONE)),
                        choice(get(section, NormalizeKey.ORDER), Order.values(), Order.AUTO),
                        texts.languages(get(section, NormalizeKey.LANGUAGES)),
                        choice(get(section, NormalizeKey.CALENDAR), DateCalendar.values(), DateCalendar.GREGORIAN));
            case "boolean" -> new Normalizer.OfBoolean();
            default -> null;
        };
    }

    private static @Nullable Node get(@Nullable Section section, FeedKey key) {
        return section == null ? null : section.get(key);
    }

    private @Nullable FieldPath path(@Nullable Node node) {
        return node == null ? null : values.path(node);
    }

    private Locality locality(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return Locality.AUTO;
        }
        try {
            return Locality.parse(text.value());
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_LOCALE,
                    "A locale cannot be " + text.shown() + ".",
                    "Write auto, a language such as de, or language and region such as en-IN.");
            return Locality.AUTO;
        }
    }

    private @Nullable ZoneId zone(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            return ZoneId.of(text.value());
        } catch (DateTimeException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_ZONE,
                    "A time zone cannot be " + text.shown() + ".",
                    "Write a name such as Europe/Berlin, or UTC.");
            return null;
        }
    }

    private <E extends Enum<E>> E choice(@Nullable Node node, E[] choices, E fallback) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return fallback;
        }
        for (E choice : choices) {
            if (word(choice).equals(text.value())) {
                return choice;
            }
        }
        problems.add(
                node,
                ProblemCode.NOT_A_CHOICE,
                "It cannot be " + text.shown() + ".",
                Spelling.hint(
                        text.filled() ? "" : text.value(),
                        Arrays.stream(choices).map(NormalizeSection::word).toList()));
        return fallback;
    }

    private boolean isNullOnFailure(Section section) {
        Node node = section.get(NormalizeKey.ON_FAILURE);
        if (node == null || node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return node != null;
        }
        Text text = values.text(node);
        if (text != null && !text.value().equals("refuse") && !text.value().equals("null")) {
            problems.add(
                    node,
                    ProblemCode.NOT_A_CHOICE,
                    "A failure cannot be met with " + text.shown() + ".",
                    "Write refuse or null.");
        }
        return text != null && text.value().equals("null");
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
