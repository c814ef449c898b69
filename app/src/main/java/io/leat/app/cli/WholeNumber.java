package io.leat.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number on the command line, within bounds; anything else is refused with a sentence. */
abstract class WholeNumber implements ITypeConverter<Integer> {

    private final int least;
    private final int most;

    private WholeNumber(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is not a whole number from " + least + " to " + most);
    }

    /** Where to listen; 0 for any free port. */
    static final class Port extends WholeNumber {
        Port() {
            super(0, 65_535);
        }
    }

    /** As many as Flink may give slots to in one process. */
    static final class Subtasks extends WholeNumber {
        Subtasks() {
            super(1, 1_024);
        }
    }

    /** So many, at least one. */
    static final class Count extends WholeNumber {
        Count() {
            super(1, Integer.MAX_VALUE);
        }
    }
}
