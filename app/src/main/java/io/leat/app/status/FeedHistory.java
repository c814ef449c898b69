package io.leat.app.status;

import java.util.Arrays;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a feed has stood, for plots that are opened later: by the second for ten minutes, by the minute for a day. Made once and
 * written over, some 80 KB for a feed; a point costs a few stores. For one thread at a time.
 */
final class FeedHistory {

    static final int SECONDS = 600;
    static final int MINUTES = 1_440;
    private static final long MINUTE_MILLIS = 60_000;

    /** What a point holds, in this order behind its moment. What is not known is {@code NaN}. */
    record Point(long atMillis, double in, double out, double suppressed, double p99Millis, double lagMillis) {

        double[] values() {
            return new double[] {in, out, suppressed, p99Millis, lagMillis};
        }
    }

    private static final int WIDTH = 5;

    private final Ring seconds = new Ring(SECONDS);
    private final Ring minutes = new Ring(MINUTES);
    private final double[] sums = new double[WIDTH];
    private final int[] known = new int[WIDTH];
    private long minute = Long.MIN_VALUE;
    private long firstOfMinute;

    /** Takes a point, later than the last; one within half a second of it is passed over. */
    void add(Point point) {
        if (seconds.size > 0 && point.atMillis() - seconds.lastAt() < 500) {
            return;
        }
        seconds.add(point.atMillis(), point.values());
        long now = Math.floorDiv(point.atMillis(), MINUTE_MILLIS);
        if (now != minute) {
            endMinute();
            minute = now;
            firstOfMinute = point.atMillis();
        }
        double[] values = point.values();
        for (int i = 0; i < WIDTH; i++) {
            if (!Double.isNaN(values[i])) {
                sums[i] += values[i];
                known[i]++;
            }
        }
    }

    /** The mean of each; the p99 of a minute is the mean of its seconds'. */
    private void endMinute() {
        if (minute != Long.MIN_VALUE) {
            double[] means = new double[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                means[i] = known[i] == 0 ? Double.NaN : sums[i] / known[i];
            }
            minutes.add(firstOfMinute, means);
        }
        Arrays.fill(sums, 0);
        Arrays.fill(known, 0);
    }

    /** All of it, oldest first, as {@code GET /v1/feeds/{feed}/history} tells it; the minute that is under way is not in it. */
    ObjectNode json(long nowMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("as_of", Moments.text(nowMillis));
        json.set("seconds", seconds.json());
        json.set("minutes", minutes.json());
        return json;
    }

    /** The newest so many points. */
    private static final class Ring {
        private final long[] at;
        private final double[][] values;
        private int next;
        private int size;

        Ring(int most) {
            at = new long[most];
            values = new double[most][WIDTH];
        }

        void add(long millis, double[] point) {
            at[next] = millis;
            System.arraycopy(point, 0, values[next], 0, WIDTH);
            next = (next + 1) % at.length;
            size = Math.min(size + 1, at.length);
        }

        long lastAt() {
            return at[(next + at.length - 1) % at.length];
        }

        ArrayNode json() {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < size; i++) {
                int place = (next - size + i + at.length) % at.length;
                ArrayNode point = all.addArray().add(at[place]);
                for (double value : values[place]) {
                    if (Double.isNaN(value)) {
                        point.addNull();
                    } else {
                        point.add(Math.round(value * 1_000) / 1_000.0);
                    }
                }
            }
            return all;
        }
    }
}
