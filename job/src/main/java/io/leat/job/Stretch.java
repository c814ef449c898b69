package io.leat.job;

import io.leat.core.drift.Observation;
import java.util.Arrays;

/**
 * What a task saw of one site in a while; or that it had nothing more to read. Records that the broker took at one moment
 * count together. Filled and handed on by one thread, which may fill it anew after that.
 */
public final class Stretch {

    private static final int FIRST = 16;

    private final String site;
    private final int reader;
    private final int readers;
    private long[] moments;
    private long[] records;
    private int momentCount;
    private long refused;
    private long bytes;
    private Observation[] looks;
    private long[] times;
    private int lookCount;

    private Stretch(String site, int reader, int readers, int size) {
        this.site = site;
        this.reader = reader;
        this.readers = readers;
        this.moments = new long[size];
        this.records = new long[size];
        this.looks = new Observation[size];
        this.times = new long[size];
    }

    /** Nothing of a site yet. */
    public static Stretch of(String site) {
        return new Stretch(site, 0, 0, FIRST);
    }

    /** As {@link Scrape#atHead}. */
    public static Stretch atHead(int reader, int readers, long millis) {
        Stretch head = new Stretch("", reader, readers, 1);
        head.moment(millis, 0);
        return head;
    }

    /**
     * One more record.
     *
     * @param moment when the broker took it, milliseconds since 1970
     * @param time when it was taken from its site, the same
     * @param size its bytes
     */
    void add(Observation look, long moment, long time, boolean isRefused, int size) {
        moment(moment, 1);
        look(look, time);
        refused += isRefused ? 1 : 0;
        bytes += size;
    }

    /** Records that the broker took at a moment. */
    public void moment(long moment, long count) {
        if (momentCount > 0 && moments[momentCount - 1] == moment) {
            records[momentCount - 1] += count;
            return;
        }
        if (momentCount == moments.length) {
            moments = Arrays.copyOf(moments, 2 * momentCount);
            records = Arrays.copyOf(records, 2 * momentCount);
        }
        moments[momentCount] = moment;
        records[momentCount++] = count;
    }

    /** How a record looks that was taken at a time. */
    public void look(Observation look, long time) {
        if (lookCount == looks.length) {
            looks = Arrays.copyOf(looks, 2 * lookCount);
            times = Arrays.copyOf(times, 2 * lookCount);
        }
        looks[lookCount] = look;
        times[lookCount++] = time;
    }

    /** So many records were refused, and all had so many bytes. */
    public void weighs(long refusedRecords, long allBytes) {
        refused += refusedRecords;
        bytes += allBytes;
    }

    /** Begins anew. */
    void clear() {
        Arrays.fill(looks, 0, lookCount, null);
        momentCount = 0;
        lookCount = 0;
        refused = 0;
        bytes = 0;
    }

    public String site() {
        return site;
    }

    /** Whether a reader, {@link #reader}, had nothing more to read at its only moment. */
    public boolean isAtHead() {
        return readers > 0;
    }

    public int reader() {
        return reader;
    }

    /** How many there are. */
    public int readers() {
        return readers;
    }

    public int moments() {
        return momentCount;
    }

    /** When the broker took records, milliseconds since 1970. */
    public long moment(int place) {
        return moments[place];
    }

    /** How many it took then. */
    public long records(int place) {
        return records[place];
    }

    /** How many of all were refused. */
    public long refused() {
        return refused;
    }

    /** Of all records. */
    public long bytes() {
        return bytes;
    }

    public int looks() {
        return lookCount;
    }

    public Observation look(int place) {
        return looks[place];
    }

    /** When records were taken from the site, milliseconds since 1970, in the order of {@link #look}. Not to be written to. */
    public long[] times() {
        return times;
    }

    /** Before which place the look of this one changes. */
    @SuppressWarnings("ReferenceEquality") // one object stands for records that look alike
    int endOfLook(int place) {
        int end = place + 1;
        while (end < lookCount && looks[end] == looks[place]) {
            end++;
        }
        return end;
    }

    /** How many records it has room for. */
    int room() {
        return times.length + moments.length;
    }
}
