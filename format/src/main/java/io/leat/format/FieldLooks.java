package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.drift.Look;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Observation.Seen;
import io.leat.format.json.Document;
import io.leat.format.json.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says how the fields of a record look. A sample of each look is told now and then, not with every record; and records of one
 * site mostly look alike, so what was said of one is said again of those of its shape. For one thread.
 */
final class FieldLooks {

    private static final int MOST_FIELDS = 500;
    private static final int MOST_DEPTH = 8;
    private static final int RECORDS_TO_NEXT_SAMPLES = 20_000;

    private final Name[] by;
    private final Set<String> sampled = new HashSet<>();
    private final SiteLooks sites = new SiteLooks();
    private final RecordShape.Reader shapes = new RecordShape.Reader(MOST_DEPTH);

    private int records;

    /** @param by the field that names the site of a record */
    FieldLooks(FieldPath by) {
        this.by = Name.path(by);
    }

    /** Every leaf of a record by its dotted path; the field that a refusal names looks refused. {@code null} if it names no site. */
    @Nullable
    Observation of(Document rec, @Nullable Refusal refusal) {
        int named = rec.at(by);
        if (Records.isEmpty(rec, named)) {
            return null;
        }
        if (++records % RECORDS_TO_NEXT_SAMPLES == 0) {
            sampled.clear();
            sites.forget();
        }
        SiteLooks.Site site = sites.of(rec, named);
        Observation last = site.asLast(rec, MOST_DEPTH);
        RecordShape shape = last == null ? shapes.of(rec) : null;
        Observation usual = shape == null ? last : site.usual(shape);
        if (usual != null && refusal == null) {
            return usual;
        }
        Map<String, Seen> fields = new HashMap<>();
        if (usual == null) {
            collect(site.name(), rec, Document.ROOT, "", 0, fields);
            site.remember(Objects.requireNonNull(shape), new Observation(site.name(), withoutSamples(fields)));
        } else {
            fields.putAll(usual.fields());
        }
        if (refusal != null && !refusal.field().isEmpty()) {
            fields.put(refusal.field(), new Seen(Look.REFUSED, Quote.shorten(refusal.message())));
        }
        return new Observation(site.name(), fields);
    }

    private static Map<String, Seen> withoutSamples(Map<String, Seen> fields) {
        Map<String, Seen> without = new HashMap<>(fields);
        without.replaceAll((path, seen) -> seen.sample() == null ? seen : new Seen(seen.look(), null));
        return without;
    }

    private void collect(String site, Document rec, int object, String above, int depth, Map<String, Seen> fields) {
        for (int member = object + 1; member < rec.after(object); member = rec.after(member)) {
            if (fields.size() >= MOST_FIELDS) {
                return;
            }
            String name = FieldPath.escaped(rec.name(member));
            String path = above.isEmpty() ? name : above + "." + name;
            Look look = look(rec, member);
            if (look == Look.OBJECT && rec.size(member) > 0 && depth < MOST_DEPTH) {
                collect(site, rec, member, path, depth + 1, fields);
            } else {
                boolean isNew = sampled.add(site + '\n' + path + '\n' + look);
                fields.put(path, new Seen(look, isNew ? Quote.of(rec, member) : null));
            }
        }
    }

    static Look look(Document rec, int value) {
        return switch (rec.kind(value)) {
            case OBJECT -> Look.OBJECT;
            case ARRAY -> Look.LIST;
            case STRING -> rec.length(value) == 0 ? Look.EMPTY : Look.TEXT;
            case NUMBER -> Look.NUMBER;
            case TRUE, FALSE -> Look.BOOLEAN;
            case NULL -> Look.EMPTY;
            case ABSENT -> Look.ABSENT;
        };
    }
}
