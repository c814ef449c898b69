package io.leat.job.read;

import io.leat.core.Feed;
import io.leat.core.Order;
import io.leat.core.Rules;
import java.io.Serializable;
import java.time.Duration;

/**
 * How event time is followed.
 *
 * @param isAsked whether anything in the feed depends on it
 * @param tellsHeads whether somebody wants to know when everything has been read
 * @param bound how far items may be behind the newest of their partition
 * @param lookEvery how often the broker is asked where partitions end
 * @param looksToSilence how often one must have been found read to its end to be silent
 * @param reach how far one partition is read ahead of the others, {@link #ANY} for as far as it goes
 */
public record Pace(
        boolean isAsked, boolean tellsHeads, Duration bound, Duration lookEvery, int looksToSilence, Duration reach)
        implements Serializable {

    /** Stands for no limit. */
    public static final Duration ANY = Duration.ofMillis(Long.MAX_VALUE);

    private static final Duration MOST_OFTEN = Duration.ofMillis(50);
    private static final Duration LEAST_OFTEN = Duration.ofMillis(2_500);
    /** A site may be told to be silent after a few seconds. */
    private static final Duration WATCHING = Duration.ofSeconds(1);

    private static final int LOOKS = 4;
    /** Where only the end of a crawl tells what is gone. */
    private static final Duration REACH_OF_CRAWLS = Duration.ofDays(1);

    /** As a feed asks for it. What is gone is told of all keys at once, so items ahead of it may have to wait. */
    public static Pace of(Feed feed) {
        Order order = feed.time().order();
        Duration share = order.idleAfter().dividedBy(LOOKS);
        Duration every = share.compareTo(LEAST_OFTEN) > 0 ? LEAST_OFTEN : share;
        every = every.compareTo(MOST_OFTEN) < 0 ? MOST_OFTEN : every;
        boolean watches = feed.watch() != null;
        every = watches && every.compareTo(WATCHING) > 0 ? WATCHING : every;
        long looks = Math.max(1, -Math.floorDiv(-order.idleAfter().toMillis(), every.toMillis()));
        Rules.Gone gone = feed.rules().gone();
        return new Pace(
                gone != null
                        || feed.rules().expireAfter() != null
                        || !feed.windows().isEmpty()
                        || order.memory(feed.rules().expireAfter()) != null,
                watches,
                order.bound() instanceof Order.Bound.Fixed fixed ? fixed.longest() : Duration.ZERO,
                every,
                (int) Math.min(Integer.MAX_VALUE, looks),
                gone == null ? ANY : gone.after() == null ? REACH_OF_CRAWLS : gone.after());
    }
}
