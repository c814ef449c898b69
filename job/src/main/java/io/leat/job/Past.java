package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Known;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a key where the scrapes are that are read again, while that is less than what is known now.
 *
 * @param known {@code null} for nothing
 * @param departures when the key was told as gone since, oldest first
 */
public record Past(@Nullable Known known, List<Change> departures) {

    /** Nothing was known. */
    public static final Past NONE = new Past(null, List.of());

    /** What an entry takes beside its texts, roughly. */
    private static final int ENTRY_BYTES = 300;

    public Past {
        departures = List.copyOf(departures);
    }

    Past departing(Change gone) {
        List<Change> more = new ArrayList<>(departures);
        more.add(gone);
        return new Past(known, more);
    }

    /** About how many bytes it takes. */
    long weight() {
        Known then = known;
        long texts = 0;
        if (then != null) {
            for (String value : then.compared().values()) {
                texts += value.length();
            }
            for (String path : then.compared().paths()) {
                texts += path.length();
            }
        }
        return ENTRY_BYTES * (1L + departures.size()) + texts;
    }
}
