package io.leat.app.log;

/** Text of strangers on its way to a terminal. */
public final class SafeText {

    private SafeText() {}

    /** The text with everything replaced that could move the cursor, colour, hide or reorder what stands beside it. */
    public static String of(String text) {
        return text.codePoints()
                .map(point -> isHarmless(point) ? point : '\ufffd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
