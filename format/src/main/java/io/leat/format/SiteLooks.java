package io.leat.format;

import io.leat.core.drift.Observation;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records of each site look like: found by the bytes of its name, without reading that as text. For one thread.
 *
 * <p>Limits: {@value #MOST_SITES} sites, {@value #MOST_SHAPES} shapes of each; beyond them all begins anew.
 */
final class SiteLooks {

    private static final int MOST_SITES = 2_000;
    private static final int MOST_SHAPES = 500;
    private static final int PLACES = 4_096;

    private final @Nullable Site[] places = new Site[PLACES];
    private int count;

    /** A site, and what its records of a shape look like when all of them has been sampled. */
    static final class Site {

        private final JsonKind kind;
        private final byte[] bytes;
        private final String name;
        private final Map<RecordShape, Observation> usual = new HashMap<>();
        private @Nullable RecordShape last;
        private @Nullable Observation lastLook;

        private Site(JsonKind kind, byte[] bytes, String name) {
            this.kind = kind;
            this.bytes = bytes;
            this.name = name;
        }

        /** Its name, shortened. */
        String name() {
            return name;
        }

        /** What was remembered of records of the last one's shape, {@code null} if this one has another. */
        @Nullable
        Observation asLast(Document rec, int mostDepth) {
            RecordShape before = last;
            return before != null && before.is(rec, mostDepth) ? lastLook : null;
        }

        /** What was remembered of a shape, {@code null} if nothing was. */
        @Nullable
        Observation usual(RecordShape shape) {
            Observation known = usual.get(shape);
            if (known != null) {
                last = shape;
                lastLook = known;
            }
            return known;
        }

        void remember(RecordShape shape, Observation look) {
            if (usual.size() >= MOST_SHAPES) {
                forget();
            }
            usual.put(shape, look);
        }

        private void forget() {
            usual.clear();
            last = null;
            lastLook = null;
        }
    }

    /** The site that a value names; of odd ones and those beyond the limit one of which nothing is remembered. */
    Site of(Document rec, int named) {
        JsonKind kind = rec.kind(named);
        if (kind != JsonKind.STRING && kind != JsonKind.NUMBER) {
            return new Site(kind, new byte[0], Quote.shorten(Quote.of(rec, named)));
        }
        int place = place(rec.bytesHash(named));
        for (Site site = places[place]; site != null; site = places[place]) {
            if (site.kind == kind && rec.hasBytes(named, site.bytes)) {
                return site;
            }
            place = place + 1 & PLACES - 1;
        }
        String name = kind == JsonKind.STRING ? rec.text(named) : Quote.of(rec, named);
        Site site = new Site(kind, rec.bytes(named), Quote.shorten(name));
        if (count < MOST_SITES) {
            places[place] = site;
            count++;
        }
        return site;
    }

    private static int place(int hash) {
        return (hash ^ hash >>> 16) & PLACES - 1;
    }

    /** Forgets what records look like, and the sites where there are too many. */
    void forget() {
        if (count == MOST_SITES) {
            Arrays.fill(places, null);
            count = 0;
        }
        for (Site site : places) {
            if (site != null) {
                site.forget();
            }
        }
    }
}
