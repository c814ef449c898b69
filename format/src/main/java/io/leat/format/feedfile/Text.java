package io.leat.format.feedfile;

import io.leat.format.Quote;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A text of the file with its references filled in.
 *
 * @param node where it stands
 * @param value the text
 * @param filled whether any of it came from a variable or another file, and so must not be shown
 */
record Text(Node node, String value, boolean filled) {

    /** How a problem names it: {@code 'monney'}, or {@code '***'} if it is not to be shown. */
    String shown() {
        return "'" + (filled ? "***" : Quote.shorten(value)) + "'";
    }

    /** Hides the value: a text may be a secret. */
    @Override
    public String toString() {
        return "Text[" + shown() + "]";
    }
}
