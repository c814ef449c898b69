package io.leat.core.normalize;

import java.time.LocalDate;

/** Moments as text. */
final class Moments {

    private static final int SECONDS_PER_DAY = 86_400;

    private Moments() {}

    /**
     * RFC 3339 in UTC with 0, 3 or 6 digits of a second, as many as are needed.
     *
     * @param nanos of the second; below a microsecond they are dropped, which is what event times keep
     */
    static String text(long second, int nanos) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
        StringBuilder out = new StringBuilder(27);
        digits(out, date.getYear(), 1_000).append('-');
        digits(out, date.getMonthValue(), 10).append('-');
        digits(out, date.getDayOfMonth(), 10).append('T');
        digits(out, ofDay / 3_600, 10).append(':');
        digits(out, ofDay / 60 % 60, 10).append(':');
        digits(out, ofDay % 60, 10);
        int micros = nanos / 1_000;
        if (micros % 1_000 != 0) {
            digits(out.append('.'), micros, 100_000);
        } else if (micros != 0) {
            digits(out.append('.'), micros / 1_000, 100);
        }
        return out.append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder out, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) {
            out.append((char) ('0' + number / unit % 10));
        }
        return out;
    }
}
