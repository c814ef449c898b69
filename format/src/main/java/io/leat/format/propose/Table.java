package io.leat.format.propose;

import io.leat.core.FieldPath;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sampled records as rows of values, in the order they came. Objects are taken apart; lists are values. For one thread. */
final class Table {

    private static final int MOST_COLUMNS = 400;
    private static final int MOST_DEPTH = 5;

    private final Map<List<String>, Column> columns = new LinkedHashMap<>();
    private final List<Column> byIndex = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();

    /** Adds a record, an object, as the last row. */
    void add(Document rec) {
        int[] row = new int[Math.max(8, byIndex.size())];
        rows.add(collect(rec, Document.ROOT, List.of(), row));
    }

    private int[] collect(Document rec, int object, List<String> above, int[] row) {
        int[] filled = row;
        for (int member = object + 1; member < rec.after(object); member = rec.after(member)) {
            List<String> names = new ArrayList<>(above);
            names.add(rec.name(member));
            JsonKind kind = rec.kind(member);
            if (kind == JsonKind.OBJECT && rec.size(member) > 0 && names.size() < MOST_DEPTH) {
                filled = collect(rec, member, names, filled);
                continue;
            }
            Column column = column(names);
            if (column != null) {
                if (column.index() >= filled.length) {
                    filled = java.util.Arrays.copyOf(filled, Math.max(column.index() + 1, filled.length * 2));
                }
                String text = kind == JsonKind.STRING ? rec.text(member) : rec.canonical(member);
                filled[column.index()] = column.number(Cell.of(kind, text));
            }
        }
        return filled;
    }

    private @Nullable Column column(List<String> names) {
        Column known = columns.get(names);
        if (known != null || byIndex.size() >= MOST_COLUMNS) {
            return known;
        }
        Column column = new Column(byIndex.size(), new FieldPath(names));
        byIndex.add(column);
        columns.put(List.copyOf(names), column);
        return column;
    }

    int size() {
        return rows.size();
    }

    Collection<Column> columns() {
        return byIndex;
    }

    /** The column of a field, {@code null} if it was never seen. */
    @Nullable
    Column at(FieldPath path) {
        return columns.get(path.names());
    }

    /** The number of the value in a row. */
    int value(int row, Column column) {
        int[] values = rows.get(row);
        return column.index() < values.length ? values[column.index()] : 0;
    }

    boolean isEmpty(int row, Column column) {
        return column.isEmpty(value(row, column));
    }

    /** Removes the rows that fail a test of a column's value. */
    void keep(Column column, Predicate<Cell> test) {
        rows.removeIf(row -> {
            int value = column.index() < row.length ? row[column.index()] : 0;
            return value == 0 || !test.test(column.cell(value));
        });
    }

    /** The share of the rows that have a field, if empty. */
    double presence(Column column) {
        return share(row -> value(row, column) != 0);
    }

    /** The share of the rows that have something in a field. */
    double filled(Column column) {
        return share(row -> !isEmpty(row, column));
    }

    private double share(java.util.function.IntPredicate test) {
        int passed = 0;
        for (int row = 0; row < rows.size(); row++) {
            passed += test.test(row) ? 1 : 0;
        }
        return rows.isEmpty() ? 0 : (double) passed / rows.size();
    }
}
