package io.leat.core.silence;

import io.leat.core.drift.Parts;

/**
 * Records in a row that tell nothing. It is alarming when there are twice as many as ever, over twice the time: a shop that
 * changes prices by day, and one that is visited twice as often, are usual. For one thread.
 */
final class Standstill {

    private static final long TIMES = 2;
    private static final long LEAST_RECORDS = 200;
    private static final long LEAST_ENDS = 20;

    private final GapMemory records = new GapMemory();
    private final GapMemory times = new GapMemory();
    private long run;
    private long begin = Site.NEVER;
    private long ends;
    private long told;
    private long doubted;

    /**
     * Takes a window.
     *
     * @param isLearning whether it is only remembered
     * @return what it comes to
     */
    HighShare.Turn take(long changed, long of, long at, boolean isLearning) {
        if (begin == Site.NEVER) {
            begin = at;
            return HighShare.Turn.NOTHING;
        }
        if (changed > 0) {
            return ended(at);
        }
        run += of;
        boolean isLong =
                run >= LEAST_RECORDS && run > TIMES * records.longest(at) && at - begin > TIMES * times.longest(at);
        if (told != 0 || isLearning || ends < LEAST_ENDS || !isLong) {
            return HighShare.Turn.NOTHING;
        }
        told = 1;
        return HighShare.Turn.STARTED;
    }

    private HighShare.Turn ended(long at) {
        boolean wasTold = told != 0;
        long lasted = at - begin;
        boolean isSecond = doubted > 0 && Math.max(doubted, lasted) <= 2 * Math.min(doubted, lasted);
        if (!wasTold || isSecond) {
            records.add(run, at);
            times.add(lasted, at);
        }
        if (wasTold) {
            doubted = isSecond ? 0 : lasted;
        }
        ends++;
        run = 0;
        begin = at;
        told = 0;
        return wasTold ? HighShare.Turn.OVER : HighShare.Turn.NOTHING;
    }

    long since() {
        return begin;
    }

    long run() {
        return run;
    }

    long usual(long at) {
        return records.longest(at);
    }

    boolean isTold() {
        return told != 0;
    }

    void pass(Parts parts) {
        records.pass(parts);
        times.pass(parts);
        run = parts.whole(run);
        begin = parts.whole(begin);
        ends = parts.whole(ends);
        told = parts.whole(told);
        doubted = parts.whole(doubted);
    }
}
