package io.leat.core.normalize;

/** Text for people: entities decoded, white space collapsed and trimmed, NFC, nothing that has no width but joiners. */
final class Tidied {

    private final StringBuilder out;
    private boolean isGap;

    private Tidied(int length) {
        this.out = new StringBuilder(length);
    }

    static String of(String text) {
        if (Plain.isPlain(text)) {
            return text;
        }
        String whole = Composed.of(text);
        Tidied tidied = new Tidied(whole.length());
        for (int i = 0; i < whole.length(); ) {
            int c = whole.codePointAt(i);
            i += Character.charCount(c);
            tidied.append(c);
        }
        return whole.contentEquals(tidied.out) ? whole : Composed.of(tidied.out.toString());
    }

    private void append(int c) {
        if (Plain.isSpace(c) || Character.isISOControl(c)) {
            isGap = true;
            return;
        }
        if (c == 0x200b || c == 0xfeff || c == 0xad) {
            return;
        }
        if (isGap && !out.isEmpty()) {
            out.append(' ');
        }
        isGap = false;
        out.appendCodePoint(c);
        int decoded = c == ';' ? Entities.take(out) : -1;
        if (decoded >= 0) {
            untrail();
            append(decoded);
        }
    }

    /** What an entity leaves behind may end in the space that stood before it. */
    private void untrail() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
            isGap = true;
        }
    }
}
