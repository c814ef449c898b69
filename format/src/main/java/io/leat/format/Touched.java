package io.leat.format;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer.OfMoney;
import io.leat.core.normalize.Normalizer.OfUnitPrice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that normalization reads or writes.
 *
 * @param fields some may be there twice
 */
record Touched(List<FieldPath> fields) {

    static Touched by(Feed feed) {
        List<FieldPath> fields = new ArrayList<>();
        for (Normalization each : feed.normalize()) {
            fields.add(each.field());
            if (feed.comparison() instanceof Feed.Comparison.Only only) {
                only.former().stream()
                        .filter(name -> name.present().equals(each.field()))
                        .forEach(name -> fields.add(name.former()));
            }
            if (each.as() instanceof OfMoney money) {
                add(money.currency(), fields);
            } else if (each.as() instanceof OfUnitPrice price) {
                add(price.currency(), fields);
                add(price.unit(), fields);
            }
        }
        return new Touched(List.copyOf(fields));
    }

    private static void add(@Nullable FieldPath field, List<FieldPath> fields) {
        if (field != null) {
            fields.add(field);
        }
    }

    /** Whether a part of a feed's key may be a normal form. */
    boolean hasKey(Feed feed) {
        return feed.key().stream()
                .anyMatch(part -> has(
                        part instanceof Feed.KeyPart.Field field
                                ? field.path()
                                : ((Feed.KeyPart.RestOf) part).object()));
    }

    /** Whether a field may be a normal form, or hold one; {@code null} stands for the record itself. */
    boolean has(@Nullable FieldPath path) {
        return path == null
                ? !fields.isEmpty()
                : fields.stream().anyMatch(field -> isOneWithin(field.names(), path.names()));
    }

    private static boolean isOneWithin(List<String> one, List<String> other) {
        int shorter = Math.min(one.size(), other.size());
        return one.subList(0, shorter).equals(other.subList(0, shorter));
    }
}
