package io.leat.format;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Sighting;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees of a record what a change of it depends on, before anything is normalized: the compared fields, and whatever goes
 * into a normal form. Remembers which of these were seen to have one. For one thread.
 *
 * <p>There is none for feeds that compare all fields but some, nor for those whose key or time is a normal form.
 */
final class Sightings {

    /** No canonical or normal form has more bytes than this many times the value it is made of. */
    private static final int GROWS = 16;

    private final List<List<Name[]>> compared = new ArrayList<>();
    private final List<Name[]> normalized = new ArrayList<>();
    private final CanonicalText text = new CanonicalText();
    private final MessageDigest sha256;
    private final Seen seen = new Seen();
    private final int mostBytes;

    private Sightings(Feed.Comparison.Only comparison, Touched touched, int mostChangeBytes) {
        for (FieldPath field : comparison.fields()) {
            compared.add(ComparedValues.places(comparison, field));
        }
        for (FieldPath field : touched.fields()) {
            normalized.add(Name.path(field));
        }
        mostBytes = mostChangeBytes / GROWS / (1 + comparison.fields().size());
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The sightings of a feed, {@code null} if it has none.
     *
     * @param mostChangeBytes how large a change may be
     */
    static @Nullable Sightings of(Feed feed, int mostChangeBytes) {
        Touched touched = Touched.by(feed);
        return feed.comparison() instanceof Feed.Comparison.Only only && isOrderAsScraped(feed, touched)
                ? new Sightings(only, touched, mostChangeBytes)
                : null;
    }

    /** Whether key, time and tie are what was scraped. */
    private static boolean isOrderAsScraped(Feed feed, Touched touched) {
        FieldPath tieBreak = feed.time().tieBreak();
        return !touched.hasKey(feed)
                && !touched.has(feed.time().field())
                && (tieBreak == null || !touched.has(tieBreak));
    }

    /**
     * Sees a record.
     *
     * @return {@code null} if it is so large that only reading it tells whether it is an item
     */
    @Nullable
    Sighting of(Document rec) {
        byte[] source = rec.source();
        if (source.length > mostBytes) {
            return null;
        }
        text.clear();
        for (List<Name[]> tried : compared) {
            add(rec, ComparedValues.first(rec, tried));
        }
        for (Name[] path : normalized) {
            add(rec, place(rec, path));
        }
        sha256.update(text.utf8());
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
        return new Sighting(hash.getLong(), hash.getLong(), source);
    }

    /** The value at the end of a path; on the way, whether a normal form could be put there. */
    private int place(Document rec, Name[] path) {
        int value = Document.ROOT;
        for (Name name : path) {
            JsonKind above = rec.kind(value);
            text.one(above == JsonKind.OBJECT ? '+' : above == JsonKind.ABSENT ? '0' : '-');
            value = rec.member(value, name);
        }
        return value;
    }

    private void add(Document rec, int value) {
        if (value != Document.NONE) {
            text.value(rec, value);
        }
        text.one(';');
    }

    /** Whether a record with this sighting is known to have a normal form. */
    boolean isNormal(Sighting sighting) {
        return normalized.isEmpty() || seen.contains(sighting);
    }

    /** A record with this sighting has a normal form. */
    void normal(Sighting sighting) {
        if (!normalized.isEmpty()) {
            seen.add(sighting);
        }
    }

    /** Sightings, in a table that grows to 16 MB; where four that belong to one place are taken, a newer one takes theirs. */
    private static final class Seen {

        /** In longs: two a sighting. */
        private static final int LEAST = 1 << 11;

        private static final int MOST = 1 << 21;
        private static final int PLACE = 8;

        private long[] table = new long[LEAST];
        private int added;

        boolean contains(Sighting sighting) {
            int place = place(sighting.low());
            for (int slot = place; slot < place + PLACE; slot += 2) {
                if (table[slot] == sighting.high() && table[slot + 1] == sighting.low()) {
                    return true;
                }
            }
            return false;
        }

        void add(Sighting sighting) {
            if (++added > table.length / 4 && table.length < MOST) {
                grow();
            }
            put(sighting.high(), sighting.low());
        }

        private void grow() {
            long[] former = table;
            table = new long[2 * former.length];
            added = 0;
            for (int slot = 0; slot < former.length; slot += 2) {
                if ((former[slot] | former[slot + 1]) != 0) {
                    put(former[slot], former[slot + 1]);
                    added++;
                }
            }
        }

        private void put(long high, long low) {
            int slot = place(low);
            int last = slot + PLACE;
            while (slot < last && (table[slot] | table[slot + 1]) != 0) {
                slot += 2;
            }
            int taken = slot < last ? slot : last - PLACE + ((int) (high >>> 32) & PLACE - 2);
            table[taken] = high;
            table[taken + 1] = low;
        }

        private int place(long low) {
            return (int) low & table.length - PLACE;
        }
    }
}
