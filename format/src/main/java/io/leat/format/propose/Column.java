package io.leat.format.propose;

import io.leat.core.FieldPath;
import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One field of the sampled records, by its place in a row. Values are known by numbers from 1; 0 is an absent one. */
final class Column {

    private final int index;
    private final FieldPath path;
    private final Map<Cell, Integer> numbers = new HashMap<>();
    private final List<Cell> cells = new ArrayList<>();

    Column(int index, FieldPath path) {
        this.index = index;
        this.path = path;
    }

    int index() {
        return index;
    }

    FieldPath path() {
        return path;
    }

    /** The name of the field itself. */
    String name() {
        return path.names().get(path.names().size() - 1);
    }

    int number(Cell cell) {
        return numbers.computeIfAbsent(cell, each -> {
            cells.add(each);
            return cells.size();
        });
    }

    /** The value with a number from 1. */
    Cell cell(int number) {
        return cells.get(number - 1);
    }

    boolean isEmpty(int number) {
        return number == 0 || cell(number).isEmpty();
    }

    /** The share of its different values that pass a test, empty ones apart; 0 if there are none. */
    double share(Predicate<Cell> test) {
        long all = cells.stream().filter(cell -> !cell.isEmpty()).count();
        long passed = cells.stream()
                .filter(cell -> !cell.isEmpty() && test.test(cell))
                .count();
        return all == 0 ? 0 : (double) passed / all;
    }

    boolean isEver(JsonKind kind) {
        return cells.stream().anyMatch(cell -> cell.kind() == kind);
    }

    /** Its first different values that are not empty, at most so many. */
    List<Cell> samples(int most) {
        return cells.stream().filter(cell -> !cell.isEmpty()).limit(most).toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
