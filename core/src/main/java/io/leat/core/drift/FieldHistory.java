package io.leat.core.drift;

import io.leat.core.drift.DriftAlert.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for one field of one site, and the evidence that it is so no more.
 *
 * <p>For each look a cumulative sum of log-likelihood ratios (Page's test): "most scrapes look so now" against "as often as
 * ever". Scrapes come in crawls that list odd items together, so the evidence also has to be twice that of any earlier time
 * that passed by itself, and a field is judged only when its history is a day or ten
 * thousand records long.
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

    private static final double ENOUGH = 25;
    private static final double BEYOND_HISTORY = 2;
    private static final double RECORDS_TO_END = 20;
    private static final double RECORDS_TO_SETTLE = 5_000;
    /** The weight of the past: beyond it every count is halved. */
    private static final double MEMORY = 20_000;

    private final double[] counts = new double[Look.COUNT];
    private final double[] evidence = new double[Look.COUNT];
    private final double[] peak = new double[Look.COUNT];
    private final double[] passed = new double[Look.COUNT];
    private final double[] run = new double[Look.COUNT];
    private final double[] runRecords = new double[Look.COUNT];
    private final double[] during = new double[Look.COUNT];
    private final long[] since = new long[Look.COUNT];
    private final String[] samples = new String[Look.COUNT];
    private long begun;
    private long open = -1;
    private long number;
    private long isTold;
    private double others;

    FieldHistory(double emptyRecords, long begunMillis) {
        counts[Look.EMPTY.place()] = emptyRecords;
        begun = begunMillis;
        Arrays.fill(samples, "");
    }

    /** Looks at one more scrape; an alert if it settles something, else {@code null}. */
    @Nullable
    DriftAlert look(String site, String field, Look look, @Nullable String sample, long timeMillis) {
        if (sample != null) {
            samples[look.place()] = sample;
        }
        return open >= 0 ? during(site, field, look, timeMillis) : before(site, field, look, timeMillis);
    }

    private @Nullable DriftAlert before(String site, String field, Look look, long timeMillis) {
        double records = Arrays.stream(counts).sum();
        boolean isKnown =
                records >= MANY_RECORDS || records >= LEAST_RECORDS && timeMillis - begun >= LEAST_SPAN_MILLIS;
        for (int one = 0; one < Look.COUNT; one++) {
            boolean isThis = one == look.place();
            if (isThis || evidence[one] > 0) {
                weigh(one, isThis, records, timeMillis);
                double usual = share(one, records);
                if (isKnown && usual <= RARE && evidence[one] > Math.max(ENOUGH, BEYOND_HISTORY * passed[one])) {
                    return start(site, field, one, timeMillis);
                }
            }
        }
        counts[look.place()]++;
        if (records + 1 >= MEMORY) {
            Arrays.setAll(counts, one -> counts[one] / 2);
        }
        return null;
    }

    private double share(int look, double records) {
        return records == 0 ? 1 : Math.max(counts[look] / records, LEAST_SHARE);
    }

    private void weigh(int look, boolean isThis, double records, long timeMillis) {
        double usual = share(look, records);
        if (isThis && usual >= MOST) {
            evidence[look] = 0;
            return;
        }
        if (evidence[look] == 0) {
            since[look] = timeMillis;
            run[look] = 0;
            runRecords[look] = 0;
        }
        run[look]++;
        runRecords[look] += isThis ? 1 : 0;
        evidence[look] += isThis ? Math.log(MOST / usual) : Math.log((1 - MOST) / (1 - Math.min(usual, 0.99)));
        if (evidence[look] <= 0) {
            passed[look] = Math.max(passed[look], peak[look]);
            peak[look] = 0;
            evidence[look] = 0;
        }
        peak[look] = Math.max(peak[look], evidence[look]);
    }

    private @Nullable DriftAlert start(String site, String field, int look, long timeMillis) {
        open = look;
        others = 0;
        Arrays.fill(during, 0);
        during[look] = 1;
        Look before = usual();
        // A field that was never there before and now is: good to know, but nothing has broken.
        isTold = before == Look.EMPTY && look != Look.REFUSED.place() ? 0 : 1;
        number += isTold;
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
        open = -1;
        Arrays.fill(evidence, 0);
        Arrays.fill(peak, 0);
        return alert;
    }

    private Look usual() {
        int usual = 0;
        for (int one = 1; one < Look.COUNT; one++) {
            usual = counts[one] > counts[usual] ? one : usual;
        }
        return Look.at(usual);
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
        for (double[] numbers : new double[][] {counts, evidence, peak, passed, run, runRecords, during}) {
            Arrays.setAll(numbers, one -> parts.number(numbers[one]));
        }
        Arrays.setAll(since, one -> parts.whole(since[one]));
        Arrays.setAll(samples, one -> parts.text(samples[one]));
        begun = parts.whole(begun);
        open = parts.whole(open);
        number = parts.whole(number);
        isTold = parts.whole(isTold);
        others = parts.number(others);
    }
}
