package io.leat.format;

import io.leat.format.json.Document;
import tools.jackson.databind.JsonNode;

/** Shows a little of what strangers sent: short, on one line, without control characters. */
public final class Quote {

    private static final int LIMIT = 80;
    private static final int SENTENCE = 600;

    private Quote() {}

    /** A JSON value as short text. */
    public static String of(JsonNode value) {
        return value.isMissingNode() ? "nothing" : shorten(CanonicalJson.of(value));
    }

    /** A value as short text. */
    public static String of(Document document, int value) {
        return value == Document.NONE ? "nothing" : shorten(document.canonical(value));
    }

    /** A text as short text. */
    public static String shorten(String text) {
        return shorten(text, LIMIT);
    }

    /** A sentence made of such a text, whole as long as it is one. */
    public static String sentence(String text) {
        return shorten(text, SENTENCE);
    }

    private static String shorten(String text, int limit) {
        StringBuilder quote = new StringBuilder();
        for (int i = 0; i < text.length() && i < limit; i++) {
            char c = text.charAt(i);
            quote.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() > limit ? quote.append('…').toString() : quote.toString();
    }
}
