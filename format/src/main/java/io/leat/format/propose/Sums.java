package io.leat.format.propose;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that two others add up to: the total tells a change, its parts say how it is made up. */
final class Sums {

    private static final int MOST_FIELDS = 12;
    private static final int MOST_ROWS = 2_000;
    private static final int LEAST_ROWS = 100;
    private static final double NEARLY_ALWAYS = 0.98;

    private final Table table;

    Sums(Table table) {
        this.table = table;
    }

    /** A field and the total that it is part of. */
    record Part(Column part, Column total) {}

    /** The parts among some fields. */
    List<Part> of(List<Column> fields) {
        List<Column> few = fields.subList(0, Math.min(MOST_FIELDS, fields.size()));
        List<Part> parts = new ArrayList<>();
        for (Column total : few) {
            for (int i = 0; i < few.size(); i++) {
                for (int j = i + 1; j < few.size(); j++) {
                    Column one = few.get(i);
                    Column other = few.get(j);
                    if (!total.equals(one) && !total.equals(other) && addUp(total, one, other)) {
                        parts.add(new Part(one, total));
                        parts.add(new Part(other, total));
                    }
                }
            }
        }
        return parts;
    }

    private boolean addUp(Column total, Column one, Column other) {
        int all = 0;
        int right = 0;
        int step = Math.max(1, table.size() / MOST_ROWS);
        for (int row = 0; row < table.size(); row += step) {
            BigDecimal sum = number(total, row);
            BigDecimal a = number(one, row);
            BigDecimal b = number(other, row);
            if (sum != null && a != null && b != null && a.signum() > 0 && b.signum() > 0) {
                all++;
                right += sum.compareTo(a.add(b)) == 0 ? 1 : 0;
            }
        }
        return all >= LEAST_ROWS && right >= NEARLY_ALWAYS * all;
    }

    private @Nullable BigDecimal number(Column column, int row) {
        int value = table.value(row, column);
        if (value == 0) {
            return null;
        }
        try {
            return new BigDecimal(column.cell(value).text());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
