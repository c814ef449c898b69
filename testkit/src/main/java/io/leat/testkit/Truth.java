package io.leat.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What truly changed in a recorded stream: the rows of a {@code truth-*.tsv} file. */
public final class Truth {

    /** When two values differ, from the strictest reading to the mildest. */
    public enum Reading {
        /** Their text differs: 1 and 1.0. */
        EXACT,
        /** They differ as JSON values, numbers as decimals. */
        NUMERIC,
        /** They differ with numeric strings as numbers, and null, absent and "" as one. */
        NORMALISED
    }

    /**
     * One change.
     *
     * @param seq which record of the stream told it
     * @param arrivedAt when that record came
     * @param isNew whether it is the first of its key
     * @param key a list
     * @param before the tracked values as they were, {@code null} if new
     * @param after the tracked values, a list
     */
    public record Row(
            long seq, Instant arrivedAt, boolean isNew, JsonNode key, @Nullable JsonNode before, JsonNode after) {}

    private Truth() {}

    /** Gives all rows that are changes under a reading, in the order of the stream, and says how many. */
    public static long forEach(Path file, Reading reading, Consumer<Row> rows) throws IOException {
        long[] count = new long[1];
        StreamFile.forEachLine(file, line -> {
            String[] cells = new String(line, StandardCharsets.UTF_8).split("\t", -1);
            boolean isNew = cells[2].equals("new");
            if (isNew || Reading.valueOf(cells[3].toUpperCase(Locale.ROOT)).compareTo(reading) >= 0) {
                count[0]++;
                rows.accept(new Row(
                        Long.parseLong(cells[0]),
                        Instant.parse(cells[1]),
                        isNew,
                        PlainJson.parse(cells[4]),
                        isNew ? null : PlainJson.parse(cells[5]),
                        PlainJson.parse(cells[6])));
            }
        });
        return count[0];
    }
}
