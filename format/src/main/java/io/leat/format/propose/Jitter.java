package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Numbers that tremble: many of their moves are tiny. */
final class Jitter {

    private static final BigDecimal TINY = new BigDecimal("0.01");
    private static final double LEAST_MOVES = 0.02;
    private static final double MANY = 0.3;

    private final Table table;
    private final Histories histories;

    Jitter(Table table, Histories histories) {
        this.table = table;
        this.histories = histories;
    }

    /** One sentence if a field trembles, {@code null} if it does not. */
    @Nullable
    String of(Column column) {
        if (!column.isEver(JsonKind.NUMBER)) {
            return null;
        }
        double moves = histories.moves(column);
        double tiny = histories.share((last, row) -> isTiny(column, last, row) ? 1 : 0);
        return moves < LEAST_MOVES || tiny < MANY * moves
                ? null
                : "%s of its moves are at most 1 %%. If they mean nothing to you:"
                        .formatted(Words.percent(tiny / moves));
    }

    private boolean isTiny(Column column, int last, int row) {
        int was = table.value(last, column);
        int is = table.value(row, column);
        BigDecimal before = was == 0 ? null : column.cell(was).number();
        BigDecimal after = is == 0 ? null : column.cell(is).number();
        if (was == is || before == null || after == null || before.signum() == 0) {
            return false;
        }
        return after.subtract(before)
                        .divide(before, MathContext.DECIMAL32)
                        .abs()
                        .compareTo(TINY)
                <= 0;
    }
}
