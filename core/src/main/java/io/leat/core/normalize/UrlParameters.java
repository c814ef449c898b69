package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which parameters of an address name nothing. */
final class UrlParameters {

    private static final List<String> TRACKING =
            List.copyOf(Table.of("tracking").words("parameters"));

    private final Set<String> exact = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();
    private final List<String> keptPrefixes = new ArrayList<>();

    UrlParameters(List<String> drop, List<String> keep) {
        TRACKING.forEach(name -> add(name, exact, prefixes));
        drop.forEach(name -> add(name, exact, prefixes));
        keep.forEach(name -> add(name, kept, keptPrefixes));
    }

    private static void add(String name, Set<String> exact, List<String> prefixes) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("*")) {
            prefixes.add(lower.substring(0, lower.length() - 1));
        } else {
            exact.add(lower);
        }
    }

    boolean isDropped(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return has(lower, exact, prefixes) && !has(lower, kept, keptPrefixes);
    }

    private static boolean has(String name, Set<String> exact, List<String> prefixes) {
        if (exact.contains(name)) {
            return true;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (name.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }
}
