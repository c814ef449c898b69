package io.leat.core;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which differences are worth telling. A field without a rule is told as soon as it differs.
 *
 * @param tolerance how far a number may stray from the last value told
 * @param debounce for how long a new value must have been seen before it is told
 * @param fingerprint texts in which white space, letter case and Unicode form do not matter
 * @param hold which values are too strange to be told on one scrape's word
 * @param confirmWithin how long a held value waits for a second scrape that agrees
 * @param firstSeen what becomes of the first item of a key
 * @param expireAfter a key that was not seen for longer is forgotten; {@code null} for never
 * @param gone when a key that stopped appearing is told as gone; {@code null} for never
 * @param average numbers of which a moving average is kept, and its half-life
 */
public record Rules(
        Map<FieldPath, Tolerance> tolerance,
        Map<FieldPath, Duration> debounce,
        Set<FieldPath> fingerprint,
        Map<FieldPath, Plausible> hold,
        Duration confirmWithin,
        FirstSeen firstSeen,
        @Nullable Duration expireAfter,
        @Nullable Gone gone,
        Map<FieldPath, Duration> average)
        implements Serializable {

    public static final Duration DEFAULT_CONFIRM_WITHIN = Duration.ofHours(24);

    /** Every difference is told at once, every key from its first item on. */
    public static final Rules NONE =
            new Rules(Map.of(), Map.of(), Set.of(), Map.of(), DEFAULT_CONFIRM_WITHIN, FirstSeen.EMIT, null);

    /** Rules under which no key is told as gone and nothing is averaged. */
    public Rules(
            Map<FieldPath, Tolerance> tolerance,
            Map<FieldPath, Duration> debounce,
            Set<FieldPath> fingerprint,
            Map<FieldPath, Plausible> hold,
            Duration confirmWithin,
            FirstSeen firstSeen,
            @Nullable Duration expireAfter) {
        this(tolerance, debounce, fingerprint, hold, confirmWithin, firstSeen, expireAfter, null, Map.of());
    }

    public Rules {
        tolerance = Map.copyOf(tolerance);
        debounce = Map.copyOf(debounce);
        fingerprint = Set.copyOf(fingerprint);
        hold = Map.copyOf(hold);
        average = Map.copyOf(average);
        for (Map.Entry<FieldPath, Plausible> rule : hold.entrySet()) {
            if (rule.getValue().of() == Measure.AVERAGE && !average.containsKey(rule.getKey())) {
                throw new IllegalArgumentException("no average is kept of " + rule.getKey());
            }
        }
    }

    /** The same rules under which the first item of each key is remembered silently. */
    Rules seeding() {
        return new Rules(
                tolerance, debounce, fingerprint, hold, confirmWithin, FirstSeen.SEED, expireAfter, gone, average);
    }

    /** What becomes of the first item of a key. */
    public enum FirstSeen {
        /** It is told as new. */
        EMIT,
        /** It is remembered silently. */
        SEED
    }

    /**
     * When a key that stopped appearing is told as gone.
     *
     * @param after it was not seen for so long by event time; {@code null} if only the end of a crawl tells
     * @param sitePart which part of the key names its site, from 0; -1 if all keys are of one site
     * @param coverage the least share of a site's keys, 0 to 1, that must have been seen in that time
     * @param crawlEnd how the end of a crawl is marked; {@code null} if it is not
     */
    public record Gone(@Nullable Duration after, int sitePart, BigDecimal coverage, @Nullable CrawlEnd crawlEnd)
            implements Serializable {
        public static final BigDecimal DEFAULT_COVERAGE = new BigDecimal("0.5");
    }

    /**
     * How scrapers mark the end of a complete crawl of a site: a record of the raw topic.
     *
     * @param field where the mark stands
     * @param value the text it is
     * @param started the moment the crawl began, written like the feed's event time
     * @param site the site crawled; {@code null} if there is only one
     */
    public record CrawlEnd(FieldPath field, String value, FieldPath started, @Nullable FieldPath site)
            implements Serializable {}

    /**
     * How far a number may stray.
     *
     * @param amount not negative
     * @param isPercent whether it is a share of the last value told, in percent
     */
    public record Tolerance(BigDecimal amount, boolean isPercent) implements Serializable {
        public Tolerance {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("a tolerance cannot be negative");
            }
        }
    }

    /** What a ratio is measured by. */
    public enum Measure {
        /** The last value told. */
        LAST,
        /** The moving average of the values told. */
        AVERAGE
    }

    /**
     * Which numbers are plausible. Each bound is {@code null} where there is none, and is itself plausible.
     *
     * @param leastRatio the least share of the measure
     * @param mostRatio the greatest
     * @param floor the least number
     * @param ceiling the greatest
     * @param unitFlip whether about 100 times the last value told, or a hundredth of it, is implausible
     * @param of what the ratio is measured by
     */
    public record Plausible(
            @Nullable BigDecimal leastRatio,
            @Nullable BigDecimal mostRatio,
            @Nullable BigDecimal floor,
            @Nullable BigDecimal ceiling,
            boolean unitFlip,
            Measure of)
            implements Serializable {

        /** Bounds whose ratio is measured by the last value told. */
        public Plausible(
                @Nullable BigDecimal leastRatio,
                @Nullable BigDecimal mostRatio,
                @Nullable BigDecimal floor,
                @Nullable BigDecimal ceiling,
                boolean unitFlip) {
            this(leastRatio, mostRatio, floor, ceiling, unitFlip, Measure.LAST);
        }
    }
}
