package io.leat.core.normalize;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Leaves out the accents of Latin and Greek letters, as people do who are in a hurry. */
final class Accents {

    private Accents() {}

    /** These phrases, and each without its accents unless that is another of them. */
    static <V> Map<String, V> optional(Map<String, V> phrases) {
        Map<String, V> all = new LinkedHashMap<>(phrases);
        phrases.forEach((phrase, meaning) -> all.putIfAbsent(without(phrase), meaning));
        return all;
    }

    private static String without(String phrase) {
        String apart = Normalizer.normalize(phrase, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            boolean isAccent = c >= 0x300 && c < 0x370 && i > 0 && apart.charAt(i - 1) < 0x400;
            if (!isAccent) {
                plain.append(c == 'ı' ? 'i' : c);
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }
}
