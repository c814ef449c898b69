package io.leat.gateway.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a key allows with a feed. None includes another. */
public enum Scope {
    /** Sending scrapes. */
    INGEST,
    /** Reading changes. */
    READ,
    /** Subscriptions of others. */
    MANAGE;

    /** Stands for every feed in a grant. */
    public static final String EVERY_FEED = "*";

    private static final Pattern FEED = Pattern.compile("\\*|[a-z0-9][a-z0-9-]{0,62}");

    /** The word in a grant: {@code prices:read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * One scope with one feed, or with every feed.
     *
     * @param feed its name, or {@code *}
     */
    public record Grant(String feed, Scope scope) {

        /** Reads {@code FEED:SCOPE}; {@code null} if it is none. */
        public static @Nullable Grant parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 0 || !FEED.matcher(text.substring(0, colon)).matches()) {
                return null;
            }
            return Arrays.stream(values())
                    .filter(scope -> scope.word().equals(text.substring(colon + 1)))
                    .findFirst()
                    .map(scope -> new Grant(text.substring(0, colon), scope))
                    .orElse(null);
        }

        boolean covers(String wanted, Scope wantedScope) {
            return scope == wantedScope && (feed.equals(EVERY_FEED) || feed.equals(wanted));
        }

        @Override
        public String toString() {
            return feed + ":" + scope.word();
        }
    }
}
