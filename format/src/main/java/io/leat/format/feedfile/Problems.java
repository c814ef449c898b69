package io.leat.format.feedfile;

import io.leat.format.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong in one file, in any order. */
final class Problems {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    private final String file;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node at, ProblemCode code, String message, String hint) {
        add(at.getStartMark(), code, message, hint);
    }

    void add(Optional<Mark> at, ProblemCode code, String message, String hint) {
        int line = at.map(mark -> mark.getLine() + 1).orElse(1);
        int column = at.map(mark -> mark.getColumn() + 1).orElse(1);
        Problem problem = new Problem(file, line, column, code.code(), message, hint);
        (code.isWarning() ? warnings : errors).add(problem);
    }

    boolean isFatal() {
        return !errors.isEmpty();
    }

    List<Problem> errors() {
        return errors.stream().sorted(BY_PLACE).distinct().toList();
    }

    List<Problem> warnings() {
        return warnings.stream().sorted(BY_PLACE).distinct().toList();
    }
}
