package io.leat.format.contract;

import io.leat.format.json.Document;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of ECMA-262 that takes a bounded number of steps: each character it looks at costs one of those that a record
 * may take, so that one which explodes ends the record and not the feed.
 */
final class TextPattern {

    private final String source;
    private final Pattern pattern;
    /** The same where it can be held against the bytes of an ASCII text, {@code null} where not. */
    private final @Nullable PlainPattern plain;

    private final Steps steps;

    private TextPattern(String source, Pattern pattern, Steps steps) {
        this.source = source;
        this.pattern = pattern;
        this.plain = PlainPattern.of(source);
        this.steps = steps;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    static TextPattern of(String source, Steps steps) {
        try {
            return new TextPattern(source, Pattern.compile(EcmaPattern.translate(source)), steps);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'%s' is not a pattern: %s.".formatted(source, e.getDescription()), e);
        }
    }

    /** Whether a text is a pattern. */
    static boolean isPattern(String text) {
        try {
            Pattern.compile(EcmaPattern.translate(text));
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Whether it is found anywhere in a string. */
    boolean isFoundIn(Document document, int string) {
        return plain != null && document.isAscii(string)
                ? plain.matches(document, string)
                : isFoundIn(document.text(string));
    }

    /** Whether it is found anywhere in a text. */
    boolean isFoundIn(String text) {
        try {
            return pattern.matcher(new Counted(text, 0, text.length(), steps)).find();
        } catch (StackOverflowError e) {
            throw new Steps.Spent();
        }
    }

    @Override
    public String toString() {
        return source;
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, int from, int to, Steps steps) implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            steps.spend(1);
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
