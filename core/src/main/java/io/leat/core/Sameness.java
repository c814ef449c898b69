package io.leat.core;

import io.leat.core.normalize.Normalization;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When two scrapes show the same: what makes them scrapes of one key, how they are read and what of them is compared. What is
 * known of a key means something under the rules alone that it was read by.
 *
 * @param key what makes them scrapes of one key; empty where nobody wrote it down
 * @param comparison which fields are compared, and their former names
 * @param normalize how they become comparable
 * @param tolerance how far a number may stray
 * @param alike texts in which white space, letter case and Unicode form do not matter
 */
public record Sameness(
        List<Feed.KeyPart> key,
        Feed.Comparison comparison,
        List<Normalization> normalize,
        Map<FieldPath, Rules.Tolerance> tolerance,
        Set<FieldPath> alike)
        implements Serializable {

    /** Stands for rules that nobody wrote down: those of what was known before they were. */
    public static final int UNMARKED = 0;

    public Sameness {
        key = key == null ? List.of() : List.copyOf(key); // none where an earlier version wrote it
        normalize = List.copyOf(normalize);
        tolerance = Map.copyOf(tolerance);
        alike = Set.copyOf(alike);
    }

    /** As a feed declares it. */
    public static Sameness of(Feed feed) {
        return new Sameness(
                feed.key(),
                feed.comparison(),
                feed.normalize(),
                feed.rules().tolerance(),
                feed.rules().fingerprint());
    }

    /** The same rules for scrapes of keys that are made otherwise. */
    public Sameness withKey(List<Feed.KeyPart> other) {
        return new Sameness(other, comparison, normalize, tolerance, alike);
    }

    /** Names these rules, on every machine and never {@link #UNMARKED}: 32 bits of a hash over all they say. */
    public int fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text(this).getBytes(StandardCharsets.UTF_8));
            int bits = ByteBuffer.wrap(hash).getInt();
            return bits == UNMARKED ? 1 : bits;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** All of a declaration as text, whatever is added to it one day; sets and maps in one order on every machine. */
    private static String text(@Nullable Object part) {
        if (part instanceof Record rec) {
            StringBuilder out = new StringBuilder(rec.getClass().getSimpleName()).append('(');
            for (RecordComponent each : rec.getClass().getRecordComponents()) {
                if (rec instanceof Sameness rules
                        && rules.key.isEmpty()
                        && each.getName().equals("key")) {
                    continue; // named as before there was one
                }
                out.append(each.getName())
                        .append('=')
                        .append(text(value(rec, each)))
                        .append(',');
            }
            return out.append(')').toString();
        }
        if (part instanceof Map<?, ?> map) {
            return listed(map.entrySet().stream()
                    .map(each -> text(each.getKey()) + ':' + text(each.getValue()))
                    .sorted()
                    .toList());
        }
        if (part instanceof Set<?> set) {
            return listed(set.stream().map(Sameness::text).sorted().toList());
        }
        if (part instanceof List<?> list) {
            return listed(list.stream().map(Sameness::text).toList());
        }
        return part instanceof Enum<?> word ? word.name() : quoted(String.valueOf(part));
    }

    private static @Nullable Object value(Record rec, RecordComponent component) {
        try {
            return component.getAccessor().invoke(rec);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of a declaration cannot be read", e);
        }
    }

    private static String listed(Collection<String> texts) {
        return "[" + String.join(";", texts) + "]";
    }

    /** No text looks like the end of itself. */
    private static String quoted(String text) {
        return text.length() + "\"" + text + "\"";
    }
}
