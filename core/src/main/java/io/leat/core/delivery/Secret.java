package io.leat.core.delivery;

/**
 * A text that is never shown.
 *
 * @param text what must not reach a log, a page or an error
 */
public record Secret(String text) {

    /** Hides the text: redaction goes by type. */
    @Override
    public String toString() {
        return "***";
    }
}
