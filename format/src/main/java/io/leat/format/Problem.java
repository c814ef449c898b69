package io.leat.format;

/**
 * Something wrong in a file a person wrote.
 *
 * @param file the file as the person named it
 * @param line from 1
 * @param column from 1
 * @param code stable, {@code LEAT-1xx}
 * @param message one sentence
 * @param hint what to do; empty if the message says it all
 */
public record Problem(String file, int line, int column, String code, String message, String hint) {

    /** {@code prices.yaml:14:11  LEAT-103  'monney' is not … Did you mean 'money'?} */
    @Override
    public String toString() {
        return "%s:%s:%s  %s  %s%s".formatted(file, line, column, code, message, hint.isEmpty() ? "" : " " + hint);
    }
}
