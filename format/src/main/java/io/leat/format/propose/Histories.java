package io.leat.format.propose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of a table as histories of the items that a key tells apart. */
final class Histories {

    private static final int NONE = -1;

    private final Table table;
    private final int[] before;
    private final int keys;
    private final int keyed;

    /** @param key the fields of the key; a row where one of them is empty is of no item */
    Histories(Table table, List<Column> key) {
        this(table, key, column -> false);
    }

    /** @param rest further fields, all of which belong to the key, empty or not */
    Histories(Table table, List<Column> key, Predicate<Column> rest) {
        this.table = table;
        this.before = new int[table.size()];
        List<Column> more = table.columns().stream().filter(rest).toList();
        Map<List<Integer>, Integer> last = new HashMap<>();
        int rows = 0;
        for (int row = 0; row < table.size(); row++) {
            before[row] = NONE;
            Integer[] values = new Integer[key.size() + more.size()];
            boolean isWhole = true;
            for (int i = 0; i < values.length; i++) {
                boolean isRest = i >= key.size();
                Column column = isRest ? more.get(i - key.size()) : key.get(i);
                values[i] = table.value(row, column);
                isWhole &= isRest || !table.isEmpty(row, column);
            }
            if (isWhole) {
                rows++;
                Integer earlier = last.put(Arrays.asList(values), row);
                before[row] = earlier == null ? NONE : earlier;
            }
        }
        this.keys = last.size();
        this.keyed = rows;
    }

    /** How many items there are. */
    int keys() {
        return keys;
    }

    /** How many rows are of an item. */
    int keyed() {
        return keyed;
    }

    /** How many rows show an item again. */
    int again() {
        return keyed - keys;
    }

    /** The share of rows that show an item again for which a test of its last row and this one passes. */
    double share(IntBinaryOperator counted) {
        long passed = 0;
        for (int row = 0; row < before.length; row++) {
            passed += before[row] == NONE ? 0 : counted.applyAsInt(before[row], row);
        }
        return again() == 0 ? 0 : (double) passed / again();
    }

    /** How often a field differs from what it was when its item was last seen. */
    double moves(Column column) {
        return share((last, row) -> differs(column, last, row) ? 1 : 0);
    }

    /** Whether a field differs, where both rows have it; empty ones are alike. */
    boolean differs(Column column, int last, int row) {
        int was = table.value(last, column);
        int is = table.value(row, column);
        return was != 0 && is != 0 && was != is && !(column.isEmpty(was) && column.isEmpty(is));
    }

    /** The share of rows that show an item again in the same crawl with other values in these fields. */
    double twice(@Nullable Column crawl, List<Column> others) {
        if (crawl == null) {
            return 0;
        }
        return keyed == 0
                ? 0
                : share((last, row) -> table.value(last, crawl) == table.value(row, crawl)
                                        && others.stream().anyMatch(each -> differs(each, last, row))
                                ? 1
                                : 0)
                        * again()
                        / keyed;
    }
}
