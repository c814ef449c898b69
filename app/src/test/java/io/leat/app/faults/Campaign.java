package io.leat.app.faults;

import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** One trouble after the other for a cluster under load, each followed by a recovery, and the verdict at the end. */
final class Campaign {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PER_SECOND = Integer.getInteger("leat.pace", 200);
    private static final String[] SECONDS =
            System.getProperty("leat.fault.seconds", "2-3").split("-");
    private static final Path PAGE = Path.of(System.getProperty("leat.faults.page", ""));

    private final Cluster cluster;
    private final RandomSeed seed;
    private final Scrapers scrapers;
    private final Recoveries recoveries = new Recoveries();
    private final long begun = System.nanoTime();

    /** Begins the load and waits until it flows. */
    Campaign(Cluster cluster, RandomSeed seed) {
        this.cluster = cluster;
        this.seed = seed;
        this.scrapers = new Scrapers(
                cluster.ingest(), cluster.brokers.bootstrap(Link.CLIENT), Cluster.FEED + ".raw", seed, PER_SECOND);
        cluster.client.awaitPulse(0, PATIENCE);
        cluster.awaitReplicas();
    }

    /** How long a trouble lasts, by chance. */
    static Duration length(RandomGenerator random) {
        long least = Long.parseLong(SECONDS[0]) * 1_000;
        return Duration.ofMillis(least + random.nextLong(Long.parseLong(SECONDS[1]) * 1_000 - least + 1));
    }

    /** Lets it happen for so long, and waits until the pulse is back. */
    void endure(Trouble trouble, Duration length) throws Exception {
        long took =
                switch (trouble.since()) {
                    case STRUCK -> struck(trouble);
                    case HEALED -> healed(trouble, length);
                    case UNNOTICED -> unnoticed(trouble, length);
                };
        recoveries.add(trouble.kind(), took);
        System.out.printf(
                Locale.ROOT, "%6.1f s: %s (%s), recovered in %d ms%n", seconds(), trouble.kind(), trouble.what(), took);
    }

    private long struck(Trouble trouble) throws Exception {
        long mark = scrapers.mark();
        long at = System.nanoTime();
        trouble.strike().run();
        cluster.client.awaitPulse(mark, PATIENCE);
        long took = millisSince(at);
        trouble.heal().run();
        return took;
    }

    private long healed(Trouble trouble, Duration length) throws Exception {
        trouble.strike().run();
        LockSupport.parkNanos(length.toNanos());
        trouble.heal().run();
        long mark = scrapers.mark();
        long at = System.nanoTime();
        cluster.client.awaitPulse(mark, PATIENCE);
        long took = millisSince(at);
        cluster.awaitReplicas();
        return took;
    }

    /** The longest the pulse took at any time. */
    private long unnoticed(Trouble trouble, Duration length) throws Exception {
        long longest = 0;
        trouble.strike().run();
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < until) {
            long mark = scrapers.mark();
            long at = System.nanoTime();
            cluster.client.awaitPulse(mark, PATIENCE);
            longest = Math.max(longest, millisSince(at));
        }
        trouble.heal().run();
        return longest;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    double seconds() {
        return millisSince(begun) / 1_000.0;
    }

    /** Ends the load, and judges. */
    Verdict end() throws Exception {
        scrapers.close();
        return Verdict.of(cluster, scrapers.ledger());
    }

    /** Prints the result, and writes a page of it where one is wanted. */
    void tell(String name, Verdict verdict, String more) throws IOException {
        String text =
                """
                %s: %d troubles in %.0f s, %d records a second and the pulse; answers to posts %s

                %s
                %s
                %s
                %s, ended %s
                """
                        .formatted(
                                name,
                                recoveries.count(),
                                seconds(),
                                PER_SECOND,
                                scrapers.answers(),
                                recoveries.table(),
                                verdict,
                                more,
                                seed,
                                Instant.now());
        System.out.println(text);
        if (!PAGE.toString().isEmpty()) {
            Files.writeString(PAGE, "# Faults that cross a network\n\n" + text);
        }
    }
}
