package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Differences;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Footing;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Ruling;
import io.leat.core.Sameness;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what is known of a key by other rules than it was made by, when the key's next item comes.
 *
 * <p>The item is read by the former rules too. What those call the same has not changed, however else the present ones read
 * it: that is known now as the item shows it. What they call different is put into the item as it was known, and the whole is
 * read by the present rules: whatever differs then has changed by both. So a value of which the raw text is not kept need not
 * be known in its new form unless it changed.
 *
 * <p>Follows from its arguments alone. Not safe for use by several threads at once.
 */
public final class Rereader {

    private final Sameness then;
    private final Sameness now;
    private final Differences differencesThen;
    private final Differences differencesNow;
    private final Values readThen;
    private final Values readNow;
    private final Footing footing;

    /**
     * @param then the rules of what is known
     * @param now those of the items that come
     */
    public Rereader(Sameness then, Sameness now) {
        this.then = then;
        this.now = now;
        this.differencesThen = new Differences(then);
        this.differencesNow = new Differences(now);
        this.readThen = new Values(then);
        this.readNow = new Values(now);
        this.footing = new Footing(now.fingerprint(), null);
    }

    /**
     * What is known, as if it had always been read by the present rules.
     *
     * @param known by the former rules; by any other it is left as it is
     * @param item the key's next, read by the present ones
     */
    public Known reread(Known known, Item item) {
        if (known.footing().sameness() == footing.sameness() || !mayDecide(known, item)) {
            return known;
        }
        if (!known.isPresent()) {
            return known.on(footing);
        }
        ObjectNode scraped = RawForm.of(item);
        Compared seenThen = readThen.of(scraped);
        List<String> differing = seenThen == null
                ? known.compared().paths() // the former rules would have refused it
                : differencesThen.countingBetween(known.compared(), seenThen);
        Compared asKnown =
                differing.isEmpty() ? item.compared() : readNow.of(with(scraped, known.compared(), differing));
        return standing(known, values(known.compared(), asKnown, item.compared()), footing.sameness());
    }

    /** Whether an item may be decided by the values that are known: it is neither stale nor a reset. */
    private static boolean mayDecide(Known known, Item item) {
        return item.ruling() == Ruling.NONE
                ? known.isBelow(item.eventTime(), item.tie())
                : item.ruling() != Ruling.RESET;
    }

    /**
     * What is known where nobody knows by which rules: what an item shows, whether it changed or not.
     *
     * @param sameness the fingerprint of the rules that the item was read by
     */
    public static Known adopt(Known known, Item item, int sameness) {
        return known.isPresent() ? standing(known, item.compared(), sameness) : known.on(new Footing(sameness, null));
    }

    /** The values known go on to count for what the present rules call the same. */
    private Compared values(Compared known, @Nullable Compared asKnown, Compared seen) {
        List<String> paths = asKnown == null ? seen.paths() : asKnown.paths();
        List<String> values = new ArrayList<>(paths.size());
        for (String path : paths) {
            boolean isKnown = known.paths().contains(path);
            boolean isKept = isKnown && (asKnown == null || differencesNow.agree(path, known.at(path), seen.at(path)));
            values.add(isKept ? known.at(path) : asKnown == null ? seen.at(path) : asKnown.at(path));
        }
        return new Compared(paths, values);
    }

    private static Known standing(Known known, Compared values, int sameness) {
        Compared toldBefore = known.footing().told();
        List<String> paths = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String path : values.paths()) {
            boolean isTold = toldBefore != null && toldBefore.paths().contains(path);
            if (isTold || known.compared().paths().contains(path)) {
                String text = toldBefore != null && isTold
                        ? toldBefore.at(path)
                        : known.compared().at(path);
                if (!text.equals(values.at(path))) {
                    paths.add(path);
                    texts.add(text);
                }
            }
        }
        Compared told = paths.isEmpty() ? null : new Compared(paths, texts);
        return known.on(new Footing(sameness, told), values);
    }

    /** Puts values that were known where the former rules found those of the item. */
    private ObjectNode with(ObjectNode scraped, Compared known, List<String> differing) {
        for (String path : differing) {
            FieldPath field = FieldPath.parse(path);
            FieldPath place = Places.of(then.comparison(), field).stream()
                    .filter(each -> !Normalizing.at(scraped, each).isMissingNode())
                    .findFirst()
                    .orElse(field);
            Places.ahead(now.comparison(), place).forEach(each -> RawForm.remove(scraped, each));
            RawForm.put(scraped, place, Json.OWN.readTree(known.at(path)));
        }
        return scraped;
    }

    /** Where compared fields may stand. */
    private static final class Places {

        private Places() {}

        /** A field's own place and its former ones, in the order they are tried. */
        static List<FieldPath> of(Feed.Comparison comparison, FieldPath field) {
            List<FieldPath> places = new ArrayList<>(List.of(field));
            if (comparison instanceof Feed.Comparison.Only only) {
                only.former().stream()
                        .filter(each -> each.present().equals(field))
                        .forEach(each -> places.add(each.former()));
            }
            return places;
        }

        /** The places that are tried before one. */
        static Set<FieldPath> ahead(Feed.Comparison comparison, FieldPath place) {
            Set<FieldPath> ahead = new LinkedHashSet<>();
            if (comparison instanceof Feed.Comparison.Only only) {
                for (FieldPath field : only.fields()) {
                    List<FieldPath> places = of(comparison, field);
                    ahead.addAll(places.subList(0, Math.max(0, places.indexOf(place))));
                }
            }
            return ahead;
        }
    }

    /** What some rules compare of a record as it was scraped. */
    private static final class Values {

        private final NormalReader normal;
        private final ComparedValues compared;
        private final DocumentReader json = new DocumentReader(NormalReader.OWN);

        Values(Sameness sameness) {
            this.normal = new NormalReader(new Normalizing(sameness), false);
            this.compared = new ComparedValues(sameness.comparison());
        }

        /** {@code null} if the record has no normal form, or would be too large. */
        @Nullable
        Compared of(ObjectNode scraped) {
            byte[] bytes = CanonicalJson.of(scraped).getBytes(StandardCharsets.UTF_8);
            return json.read(bytes) == null
                            && normal.of(json.document()) instanceof Lookup.Found<NormalReader.Normal> found
                    ? compared.of(found.value().rec(), bytes.length, Integer.MAX_VALUE)
                    : null;
        }
    }
}
