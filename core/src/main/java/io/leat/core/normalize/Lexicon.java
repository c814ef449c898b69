package io.leat.core.normalize;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Phrases and the number that each stands for, found in a line at a place: the longest counts. A phrase ends where a word does;
 * words of scripts without spaces may follow each other. Phrases are also found without their accents. Immutable.
 */
final class Lexicon {

    /** Found nothing. */
    static final long NONE = -1;

    private static final int FREE = -1;

    private final int[] froms;
    private final char[] letters;
    private final int[] targets;
    private final int[] meanings;
    private final int mask;

    private Lexicon(Map<Long, Integer> edges, int[] meanings) {
        int size = Integer.highestOneBit(Math.max(2, edges.size())) * 4;
        this.mask = size - 1;
        this.froms = new int[size];
        this.letters = new char[size];
        this.targets = new int[size];
        this.meanings = meanings;
        Arrays.fill(froms, FREE);
        edges.forEach((edge, target) -> {
            int from = (int) (edge >> 16);
            char letter = (char) (edge & 0xffff);
            int slot = slot(from, letter);
            while (froms[slot] != FREE) {
                slot = (slot + 1) & mask;
            }
            froms[slot] = from;
            letters[slot] = letter;
            targets[slot] = target;
        });
    }

    /** The lexicon of these phrases; of two spellings that agree without accents the exact one counts. */
    static Lexicon of(Map<String, Integer> phrases) {
        Map<String, Integer> all = new LinkedHashMap<>(phrases);
        phrases.forEach((phrase, meaning) -> all.putIfAbsent(plain(phrase), meaning));
        Map<Long, Integer> edges = new HashMap<>();
        Map<Integer, Integer> ends = new HashMap<>();
        all.forEach((phrase, meaning) -> {
            int node = 0;
            for (int i = 0; i < phrase.length(); i++) {
                long edge = (long) node << 16 | phrase.charAt(i);
                node = edges.computeIfAbsent(edge, unused -> edges.size() + 1);
            }
            ends.put(node, meaning);
        });
        int[] meanings = new int[edges.size() + 1];
        Arrays.fill(meanings, FREE);
        ends.forEach((node, meaning) -> meanings[node] = meaning);
        return new Lexicon(edges, meanings);
    }

    /** Where the longest phrase that starts here ends and what it stands for, see {@link #end} and {@link #meaning}. */
    long longest(String line, int from) {
        long found = NONE;
        int node = 0;
        for (int at = from; at < line.length(); at++) {
            node = next(node, line.charAt(at));
            if (node < 0) {
                return found;
            }
            if (meanings[node] != FREE && Letters.isBreak(line, at + 1)) {
                found = (long) (at + 1) << 32 | meanings[node];
            }
        }
        return found;
    }

    static int end(long found) {
        return (int) (found >> 32);
    }

    static int meaning(long found) {
        return (int) found;
    }

    private int next(int node, char letter) {
        for (int slot = slot(node, letter); froms[slot] != FREE; slot = (slot + 1) & mask) {
            if (froms[slot] == node && letters[slot] == letter) {
                return targets[slot];
            }
        }
        return FREE;
    }

    private int slot(int from, char letter) {
        int hash = (from * 31 + letter) * 0x9e3779b9;
        return (hash ^ hash >>> 15) & mask;
    }

    /** Without the accents of Latin and Greek letters. */
    private static String plain(String phrase) {
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
