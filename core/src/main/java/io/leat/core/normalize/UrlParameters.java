package io.leat.core.normalize;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which parameters of an address name nothing. */
final class UrlParameters {

    private static final List<String> TRACKING =
            List.copyOf(Table.of("tracking").words("parameters"));

    /** How a name of a list has to be met. */
    private enum Match {
        WHOLE,
        /** As the beginning of a longer name as well. */
        BEGINNING
    }

    private final Lexicon<Match> dropped;
    private final Lexicon<Match> kept;

    UrlParameters(List<String> drop, List<String> keep) {
        this.dropped = names(Stream.concat(TRACKING.stream(), drop.stream()));
        this.kept = names(keep.stream());
    }

    private static Lexicon<Match> names(Stream<String> listed) {
        Map<String, Match> names = new HashMap<>();
        listed.map(name -> name.toLowerCase(Locale.ROOT)).forEach(name -> {
            if (name.endsWith("*")) {
                names.put(name.substring(0, name.length() - 1), Match.BEGINNING);
            } else {
                names.putIfAbsent(name, Match.WHOLE);
            }
        });
        return Lexicon.of(names);
    }

    /** Whether the parameter that stands here in a query is of no meaning; its name ends where {@code =} or it ends. */
    boolean isDropped(String query, int from, int to) {
        return isIn(dropped, query, from, to) && !isIn(kept, query, from, to);
    }

    private static boolean isIn(Lexicon<Match> names, String query, int from, int to) {
        int state = Lexicon.START;
        for (int at = from; at < to && query.charAt(at) != '='; at++) {
            if (names.value(state) == Match.BEGINNING) {
                return true;
            }
            state = names.next(state, Scripts.lower(query.charAt(at)));
            if (state < 0) {
                return false;
            }
        }
        return names.isEnd(state);
    }
}
