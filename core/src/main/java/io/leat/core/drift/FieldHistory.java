package io.leat.core.drift;

import io.leat.core.drift.DriftAlert.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for one field of one site, and the evidence that it is so no more.
 *
 * <p>For each look a cumulative sum of log-likelihood ratios (Page's test): "most scrapes look so now" against "as often as
 * ever". Scrapes come in crawls that list odd items together. So a look that was seen before also has to be that of many
 * scrapes with hardly any others between, and the evidence twice that of any earlier time that passed by itself; and a field is
 * judged only when its history is a day or ten thousand records long.
 */
final class FieldHistory {

    private static final double LEAST_RECORDS = 300;
    private static final long LEAST_SPAN_MILLIS = 86_400_000;
    /** So many are whole crawls, however short the time. */
    private static final double MANY_RECORDS = 10_000;

    private static final double MOST = 0.6;
    private static final double LEAST_SHARE = 0.003;
    /** A look that was more usual than this is none to be told of. */
    private static final double RARE = 0.02;

    /** A drift that returns sooner than this was never over, though some records looked so: it keeps its number. */
    private static final long SAME_MILLIS = 86_400_000;

    private static final double ENOUGH = 25;
    /** Fewer scrapes of a look that was seen before, or among more others, are a cluster of odd items. */
    private static final double LEAST_AGAIN = 45;

    private static final double LEAST_SHARE_AGAIN = 0.8;
    private static final double BEYOND_HISTORY = 2;
    private static final double RECORDS_TO_END = 20;
    private static final double RECORDS_TO_SETTLE = 5_000;
    /** The weight of the past: beyond it every count is halved. */
    private static final double MEMORY = 20_000;

    private final double[] counts = new double[Look.COUNT];
    private final double[] evidence = new double[Look.COUNT];
    private final double[] peak = new double[Look.COUNT];
    private final double[] passed = new double[Look.COUNT];
    /** As the evidence began. */
    private final double[] seenBefore = new double[Look.COUNT];

    private final double[] recordsBefore = new double[Look.COUNT];
    private final double[] run = new double[Look.COUNT];
    private final double[] runRecords = new double[Look.COUNT];
    private final double[] during = new double[Look.COUNT];
    private final long[] since = new long[Look.COUNT];
    private final String[] samples = new String[Look.COUNT];
    private long begun;
    private long open = -1;
    /** The look of the last drift that was told, and when that ended. */
    private long last = -1;

    private long endedMillis;
    private long number;
    private long isTold;
    private double others;

    FieldHistory(double absentRecords, long begunMillis) {
        counts[Look.ABSENT.place()] = absentRecords;
        begun = begunMillis;
        Arrays.fill(samples, "");
    }

    /** A short quote of a value that looks so, if there is one. */
    void sample(Look look, @Nullable String sample) {
        if (sample != null) {
            samples[look.place()] = sample;
        }
    }

    /**
     * Takes in scrapes that look as most do, while there is no evidence of anything else: then none of them settles anything.
     *
     * @return whether it has; otherwise each has to be looked at
     */
    boolean isUsual(Look look, int scrapes) {
        double records = sum(counts);
        if (open >= 0 || share(look.place(), records) < MOST) {
            return false;
        }
        for (double each : evidence) {
            if (each > 0) {
                return false;
            }
        }
        int left = scrapes;
        while (left > 0) {
            int some = (int) Math.min(left, Math.max(1, Math.ceil(MEMORY - records)));
            counts[look.place()] += some;
            halveAt(records + some);
            records = sum(counts);
            left -= some;
        }
        return true;
    }

    private void halveAt(double records) {
        if (records >= MEMORY) {
            Arrays.setAll(counts, one -> counts[one] / 2);
        }
    }

    /** Looks at one more scrape; an alert if it settles something, else {@code null}. */
    @Nullable
    DriftAlert look(String site, String field, Look look, long timeMillis) {
        return open >= 0 ? during(site, field, look, timeMillis) : before(site, field, look, timeMillis);
    }

    private @Nullable DriftAlert before(String site, String field, Look look, long timeMillis) {
        double records = sum(counts);
        boolean isKnown =
                records >= MANY_RECORDS || records >= LEAST_RECORDS && timeMillis - begun >= LEAST_SPAN_MILLIS;
        for (int one = 0; one < Look.COUNT; one++) {
            boolean isThis = one == look.place();
            if (isThis || evidence[one] > 0) {
                weigh(one, isThis, records, timeMillis);
                if (isKnown && isOutstanding(one) && evidence[one] > Math.max(ENOUGH, BEYOND_HISTORY * passed[one])) {
                    return start(site, field, one, timeMillis);
                }
            }
        }
        counts[look.place()]++;
        halveAt(records + 1);
        return null;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Whether the look was rare before, and what is seen now is no cluster of odd items. */
    private boolean isOutstanding(int look) {
        if (seenBefore[look] == 0) {
            return recordsBefore[look] >= LEAST_RECORDS;
        }
        return seenBefore[look] <= RARE * recordsBefore[look]
                && runRecords[look] >= LEAST_AGAIN
                && runRecords[look] >= LEAST_SHARE_AGAIN * run[look];
    }

    private double share(int look, double records) {
        return records == 0 ? 1 : Math.max(counts[look] / records, LEAST_SHARE);
    }

    private void weigh(int look, boolean isThis, double records, long timeMillis) {
        double usual = share(look, records);
        if (isThis && usual >= MOST) {
            forget(look);
            return;
        }
        if (evidence[look] == 0) {
            since[look] = timeMillis;
            seenBefore[look] = counts[look];
            recordsBefore[look] = records;
        }
        run[look]++;
        runRecords[look] += isThis ? 1 : 0;
        evidence[look] += isThis ? Math.log(MOST / usual) : Math.log((1 - MOST) / (1 - Math.min(usual, 0.99)));
        if (evidence[look] <= 0) {
            passed[look] = Math.max(passed[look], peak[look]);
            peak[look] = 0;
            forget(look);
        }
        peak[look] = Math.max(peak[look], evidence[look]);
    }

    private void forget(int look) {
        evidence[look] = 0;
        run[look] = 0;
        runRecords[look] = 0;
    }

    private @Nullable DriftAlert start(String site, String field, int look, long timeMillis) {
        open = look;
        others = 0;
        Arrays.fill(during, 0);
        during[look] = 1;
        Look before = usual();
        // A field that was hardly ever there before and now is: good to know, but nothing has broken.
        isTold = before.isNothing() && look != Look.REFUSED.place() ? 0 : 1;
        boolean isTheSame = look == last && timeMillis - endedMillis < SAME_MILLIS;
        number += isTheSame ? 0 : isTold;
        return alert(site, field, State.STARTED, timeMillis, runRecords[look], runRecords[look] / run[look]);
    }

    private @Nullable DriftAlert during(String site, String field, Look look, long timeMillis) {
        during[look.place()]++;
        others = look.place() == open ? Math.max(0, others - 1) : others + 1;
        double records = Arrays.stream(during).sum();
        boolean isOver = others >= RECORDS_TO_END;
        if (!isOver && records < RECORDS_TO_SETTLE) {
            return null;
        }
        int drifted = (int) open;
        DriftAlert alert = alert(
                site,
                field,
                isOver ? State.OVER : State.SETTLED,
                timeMillis,
                during[drifted],
                during[drifted] / records);
        if (isOver) {
            passed[drifted] = Math.max(passed[drifted], during[drifted] * Math.log(MOST / LEAST_SHARE));
            Arrays.setAll(counts, one -> counts[one] + during[one]);
        } else {
            System.arraycopy(during, 0, counts, 0, Look.COUNT);
            Arrays.fill(passed, 0);
            begun = timeMillis;
        }
        last = isTold == 1 ? open : -1;
        endedMillis = timeMillis;
        open = -1;
        Arrays.fill(evidence, 0);
        Arrays.fill(run, 0);
        Arrays.fill(runRecords, 0);
        Arrays.fill(peak, 0);
        return alert;
    }

    /** What a value mostly looks like, unless there hardly ever is one. */
    private Look usual() {
        double nothing = counts[Look.EMPTY.place()] + counts[Look.ABSENT.place()];
        boolean isHardlyThere = nothing > (1 - RARE) * sum(counts);
        Look usual = isHardlyThere ? Look.EMPTY : Look.TEXT;
        for (int one = 0; one < Look.COUNT; one++) {
            boolean isAsked = Look.at(one).isNothing() == isHardlyThere;
            usual = isAsked && counts[one] > counts[usual.place()] ? Look.at(one) : usual;
        }
        return usual;
    }

    private @Nullable DriftAlert alert(
            String site, String field, State state, long timeMillis, double records, double share) {
        if (isTold == 0) {
            return null;
        }
        int now = (int) open;
        Look before = usual();
        return new DriftAlert(
                site,
                field,
                (int) number,
                state,
                Look.at(now),
                before,
                since[now],
                timeMillis,
                Math.round(records),
                share,
                samples[now],
                samples[before.place()]);
    }

    void pass(Parts parts) {
        for (double[] numbers :
                new double[][] {counts, evidence, peak, passed, seenBefore, recordsBefore, run, runRecords, during}) {
            Arrays.setAll(numbers, one -> parts.number(numbers[one]));
        }
        Arrays.setAll(since, one -> parts.whole(since[one]));
        Arrays.setAll(samples, one -> parts.text(samples[one]));
        begun = parts.whole(begun);
        open = parts.whole(open);
        last = parts.whole(last);
        endedMillis = parts.whole(endedMillis);
        number = parts.whole(number);
        isTold = parts.whole(isTold);
        others = parts.number(others);
    }
}
