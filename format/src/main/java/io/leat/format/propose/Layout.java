package io.leat.format.propose;

import io.leat.core.FieldPath;
import io.leat.format.json.JsonKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the records lie one after the other: which fields are moments, which one all records of a crawl share, which one
 * belongs to an item and comes again with it.
 */
final class Layout {

    private static final double ALMOST_ALL = 0.95;
    private static final double LEAST_RUN = 3;

    private final Table table;
    private final Map<Column, TimeForm> times = new LinkedHashMap<>();
    private final @Nullable Column crawl;

    Layout(Table table) {
        this(table, null);
    }

    /** @param known what all records of a crawl share, where that has been found out already */
    Layout(Table table, @Nullable FieldPath known) {
        this.table = table;
        for (Column column : table.columns()) {
            TimeForm form = form(column);
            if (form != null) {
                times.put(column, form);
            }
        }
        Column shared = known == null ? null : table.at(known);
        this.crawl = shared == null ? findCrawl() : shared;
    }

    /** The fields that hold moments, and how. */
    Map<Column, TimeForm> times() {
        return times;
    }

    /** The field whose value all records of one crawl share, {@code null} if none is seen. */
    @Nullable
    Column crawl() {
        return crawl;
    }

    private static @Nullable TimeForm form(Column column) {
        for (TimeForm form : TimeForm.values()) {
            boolean isNumber = form == TimeForm.SECONDS || form == TimeForm.MILLIS;
            double share = column.share(cell -> form.micros(cell) != null);
            if (share > ALMOST_ALL && (!isNumber || !isMoney(column))) {
                return form;
            }
        }
        return null;
    }

    private static boolean isMoney(Column column) {
        Meaning meaning = Meaning.of(column.name());
        return meaning == Meaning.MONEY || meaning == Meaning.STOCK || meaning == Meaning.ID;
    }

    private @Nullable Column findCrawl() {
        Column best = null;
        double bestRun = 0;
        for (Column column : table.columns()) {
            if (column.isEver(JsonKind.TRUE) || table.filled(column) < ALMOST_ALL) {
                continue;
            }
            double run = run(column);
            boolean isBetter = best == null || (times.containsKey(column) && !times.containsKey(best));
            if (run >= LEAST_RUN
                    && (isBetter || (run > bestRun && times.containsKey(column) == times.containsKey(best)))) {
                best = column;
                bestRun = run;
            }
        }
        return best;
    }

    /** How many records in a row share a value, on average; 0 if values come again once they are gone. */
    private double run(Column column) {
        Set<Integer> gone = new HashSet<>();
        int runs = 0;
        int returned = 0;
        int last = -1;
        for (int row = 0; row < table.size(); row++) {
            int value = table.value(row, column);
            if (value != last) {
                runs++;
                returned += gone.add(value) ? 0 : 1;
                last = value;
            }
        }
        return runs < 3 || returned * 20 > runs ? 0 : (double) table.size() / runs;
    }

    /** Fields that come again with an item: texts and whole numbers that neither name a moment nor are noise. */
    List<Column> namings(double leastPresence) {
        return table.columns().stream()
                .filter(column -> column != crawl
                        && !times.containsKey(column)
                        && !column.isEver(JsonKind.ARRAY)
                        && !isMeasure(column)
                        && table.filled(column) >= leastPresence
                        && recurrence(column) >= 0.05)
                .toList();
    }

    private static boolean isMeasure(Column column) {
        Meaning meaning = Meaning.of(column.name());
        boolean isMoving = meaning.isNoise() || meaning == Meaning.MONEY || meaning == Meaning.STOCK;
        return isMoving || column.isEver(JsonKind.TRUE) || column.share(Layout::isFraction) > 0.01;
    }

    private static boolean isFraction(Cell cell) {
        java.math.BigDecimal number = cell.number();
        return number != null && number.stripTrailingZeros().scale() > 0;
    }

    /** The share of rows whose value was there in an earlier crawl already. */
    double recurrence(Column column) {
        Map<Integer, Integer> first = new HashMap<>();
        int again = 0;
        for (int row = 0; row < table.size(); row++) {
            int value = table.value(row, column);
            int at = crawl == null ? row : table.value(row, crawl);
            Integer before = value == 0 ? null : first.putIfAbsent(value, at);
            again += before != null && before != at ? 1 : 0;
        }
        return table.size() == 0 ? 0 : (double) again / table.size();
    }

    /** Fields that say something of an item: they come again with it, and are neither clocks nor noise. */
    List<Column> telling() {
        return table.columns().stream()
                .filter(column -> column != crawl
                        && !times.containsKey(column)
                        && !Meaning.of(column.name()).isNoise()
                        && recurrence(column) >= 0.05)
                .toList();
    }

    /** The field that most nearly names one item: what histories are gathered by. {@code null} if there is none. */
    @Nullable
    Column anchor() {
        Column best = null;
        double bestScore = 0;
        for (Column column : namings(0.6)) {
            double score = distinctInCrawl(column) * Math.log(1.0 + distinct(column));
            if (score > bestScore) {
                best = column;
                bestScore = score;
            }
        }
        return best;
    }

    private double distinctInCrawl(Column column) {
        if (crawl == null) {
            return 1;
        }
        Set<Long> seen = new HashSet<>();
        int filled = 0;
        for (int row = 0; row < table.size(); row++) {
            int value = table.value(row, column);
            if (value != 0) {
                filled++;
                seen.add((long) table.value(row, crawl) << 32 | value);
            }
        }
        return filled == 0 ? 0 : (double) seen.size() / filled;
    }

    private int distinct(Column column) {
        Set<Integer> seen = new HashSet<>();
        for (int row = 0; row < table.size(); row++) {
            seen.add(table.value(row, column));
        }
        return seen.size();
    }
}
