package io.leat.gateway.access;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tickets for browsers, which cannot send a key with an event stream: for one feed, for half a minute, good once at each
 * gateway that signs with the same secret. A ticket says whose it is and is signed; what has been used is remembered as long
 * as it could be used again. Gateways' clocks may differ by as much as that. Bounded. Thread-safe.
 */
final class Tickets {

    static final int SECONDS = 30;
    private static final int NONCE = 16;
    private static final int USED = 100_000;
    private static final Pattern TICKET =
            Pattern.compile("(([\\w-]{1,100})\\.([0-9a-z]{1,13})\\.\\w{16})\\.([\\w-]{43})");

    private final TicketSecret secret;
    private final RandomGenerator random;
    /** Until when they could be used again, in the order of their use. */
    private final Map<String, Long> used = new LinkedHashMap<>();

    Tickets(TicketSecret secret, RandomGenerator random) {
        this.secret = secret;
        this.random = random;
    }

    /** A ticket of a caller, whose id is that of a key. */
    String give(String caller, String feed, long now) {
        String text = caller + "." + Long.toString(now + SECONDS * 1_000L, Character.MAX_RADIX) + "."
                + ApiKey.text(random, NONCE);
        return text + "." + secret.signature(feed + "\n" + text);
    }

    /** Whose ticket it is; {@code null} if it is none, or no longer. It is used up by asking. */
    synchronized @Nullable String take(String text, String feed, long now) {
        Matcher parts = TICKET.matcher(text);
        if (!parts.matches() || !secret.isOf(feed + "\n" + parts.group(1), parts.group(4))) {
            return null;
        }
        long until = Long.parseLong(parts.group(3), Character.MAX_RADIX);
        forget(now);
        boolean good = now < until
                && until <= now + 2 * SECONDS * 1_000L
                && used.size() < USED
                && used.putIfAbsent(parts.group(1), until) == null;
        return good ? parts.group(2) : null;
    }

    private void forget(long now) {
        Iterator<Long> oldest = used.values().iterator();
        while (oldest.hasNext() && oldest.next() <= now) {
            oldest.remove();
        }
    }
}
