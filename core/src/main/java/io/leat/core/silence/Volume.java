package io.leat.core.silence;

import io.leat.core.drift.Parts;
import org.jspecify.annotations.Nullable;

/**
 * How many records a site sends in windows of time, judged in the shortest window that can tell a drop to a third from chance.
 * Chance is a negative binomial: sites that send in bursts have a variance far above their mean, and then little can be
 * told. Times in milliseconds; for one thread.
 */
final class Volume {

    private static final long[] SPANS = {10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000L, 86_400_000};
    /** From so many records to be expected on, a drop to 30 % has less than one chance in a million. */
    private static final double LEAST_EXPECTED = 41;

    private static final double CHANCE = 1e-9;
    private static final double DROP = 0.7;
    private static final double SURGE = 3;
    private static final double DROP_IS_OVER = 0.65;
    private static final double SURGE_IS_OVER = 2;
    private static final long LEAST_WINDOWS = 50;
    private static final double LONGEST_MEMORY = 1_000;
    private static final int RUNNING = 2;

    private final Span[] spans = new Span[SPANS.length];

    Volume() {
        for (int i = 0; i < SPANS.length; i++) {
            spans[i] = new Span(SPANS[i]);
        }
    }

    /** What a complete window shows. */
    record Finding(boolean isDrop, boolean isOver, long since, long count, long expected, long span) {}

    void saw(long at, long records) {
        for (Span span : spans) {
            span.count(at, records);
        }
    }

    /**
     * Closes the windows that are over.
     *
     * @param isQuiet whether the site is silent, or nobody knows: then windows are neither judged nor learned
     * @return what is new; {@code null} for mostly nothing
     */
    @Nullable
    Finding look(long now, boolean isQuiet) {
        Finding found = null;
        boolean hasJudge = false;
        for (Span span : spans) {
            boolean judges = !hasJudge && span.canTell();
            hasJudge |= judges;
            Finding of = span.look(now, isQuiet, judges);
            found = of != null ? of : found;
        }
        return found;
    }

    /** How long a drop lasts at least until it is told; {@code null} if none of the windows can tell. */
    @Nullable
    Long leastMillis() {
        for (Span span : spans) {
            if (span.canTell()) {
                return RUNNING * span.length;
            }
        }
        return null;
    }

    boolean isTold(boolean asDrop) {
        for (Span span : spans) {
            if (asDrop ? span.told < 0 : span.told > 0) {
                return true;
            }
        }
        return false;
    }

    void pass(Parts parts) {
        for (Span span : spans) {
            span.pass(parts);
        }
    }

    /** Windows of one length, side by side. */
    private static final class Span {
        private final long length;
        private long start = Site.NEVER;
        private long count;
        private long next;
        private double mean;
        private double squares;
        private long windows;
        private long low;
        private long high;
        private long since;
        /** -1 a drop is told, 1 a surge. */
        private long told;

        Span(long length) {
            this.length = length;
        }

        void count(long at, long records) {
            if (start == Site.NEVER) {
                start = Math.floorDiv(at, length) * length + length; // the first one is not whole
            }
            if (at >= start + length) {
                next += records;
            } else if (at >= start) {
                count += records;
            }
        }

        boolean canTell() {
            return windows >= LEAST_WINDOWS && mean >= LEAST_EXPECTED;
        }

        @Nullable
        Finding look(long now, boolean isQuiet, boolean judges) {
            if (start == Site.NEVER || now < start + length) {
                return null;
            }
            boolean isWhole = now < start + 2 * length;
            Finding found = null;
            if (!isQuiet && isWhole) {
                found = judges || told != 0 ? judge() : null;
                if (told == 0 && low == 0 && high == 0) {
                    learn();
                }
            } else {
                low = 0;
                high = 0;
            }
            start = Math.floorDiv(now, length) * length;
            count = isWhole ? next : 0;
            next = 0;
            return found;
        }

        private void learn() {
            windows++;
            double weight = 1 / Math.min((double) windows, LONGEST_MEMORY);
            double off = (double) count - mean;
            mean += weight * off;
            squares += weight * (off * ((double) count - mean) - squares);
        }

        private @Nullable Finding judge() {
            boolean isLow = count <= (1 - DROP) * mean && chanceOfAtMost(count) < CHANCE;
            boolean isHigh = count >= SURGE * mean && chanceOfAtLeast(count) < CHANCE;
            if (told != 0) {
                if (told < 0 ? count < DROP_IS_OVER * mean : count > SURGE_IS_OVER * mean) {
                    return null;
                }
                boolean wasDrop = told < 0;
                told = 0;
                return new Finding(wasDrop, true, since, count, Math.round(mean), length);
            }
            low = isLow ? low + 1 : 0;
            high = isHigh ? high + 1 : 0;
            since = low == 1 || high == 1 ? start : since;
            if (low < RUNNING && high < RUNNING) {
                return null;
            }
            told = isLow ? -1 : 1;
            low = 0;
            high = 0;
            return new Finding(isLow, false, since, count, Math.round(mean), length);
        }

        private double spread() {
            double over = squares - mean;
            return over <= 0 ? Double.MAX_VALUE : mean * mean / over;
        }

        private double chanceOfAtMost(long most) {
            double sum = 0;
            for (long k = 0; k <= most && sum < CHANCE; k++) {
                sum += Chances.ofExactly(k, mean, spread());
            }
            return sum;
        }

        /** Beyond the mean each further count is less likely by a factor that shrinks: a short sum is enough. */
        private double chanceOfAtLeast(long least) {
            double sum = 0;
            double term = Chances.ofExactly(least, mean, spread());
            for (long k = least; term > CHANCE * 1e-6 && sum < CHANCE; k++) {
                sum += term;
                term = Chances.ofExactly(k + 1, mean, spread());
            }
            return sum;
        }

        void pass(Parts parts) {
            start = parts.whole(start);
            count = parts.whole(count);
            next = parts.whole(next);
            mean = parts.number(mean);
            squares = parts.number(squares);
            windows = parts.whole(windows);
            low = parts.whole(low);
            high = parts.whole(high);
            since = parts.whole(since);
            told = parts.whole(told);
        }
    }
}
