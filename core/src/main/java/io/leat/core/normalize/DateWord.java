package io.leat.core.normalize;

import java.util.Arrays;

/** What one spelling means in a date, in which languages: it can be several things. Built once, then only read. */
final class DateWord {

    /** What a word is. */
    enum Kind {
        MONTH,
        /** A month of the Persian calendar. */
        PERSIAN,
        WEEKDAY,
        /** Before or after noon: 0 or 1. */
        HALF,
        /** After a figure of a time: 0 hours, 1 minutes, 2 seconds. */
        UNIT,
        /** After a figure of a date: 0 year, 1 month, 2 day. */
        PART,
        /** Says nothing more. */
        FILLER,
        /** An offset in quarters of an hour, or a zone by its number. */
        ZONE
    }

    private record Sense(Kind kind, int value, long languages) {}

    private static final Sense[] NOTHING = {};

    private Sense[] senses = NOTHING;

    void add(Kind kind, int value, long language) {
        for (int i = 0; i < senses.length; i++) {
            Sense sense = senses[i];
            if (sense.kind() == kind && sense.value() == value) {
                senses[i] = new Sense(kind, value, sense.languages() | language);
                return;
            }
        }
        senses = Arrays.copyOf(senses, senses.length + 1);
        senses[senses.length - 1] = new Sense(kind, value, language);
    }

    /** The languages in which it is of this kind. */
    long languages(Kind kind) {
        long languages = 0;
        for (Sense sense : senses) {
            languages |= sense.kind() == kind ? sense.languages() : 0;
        }
        return languages;
    }

    boolean is(Kind kind, long languages) {
        return (languages(kind) & languages) != 0;
    }

    /** Every value it has as this kind in these languages, as bits. */
    int values(Kind kind, long languages) {
        int values = 0;
        for (Sense sense : senses) {
            values |= sense.kind() == kind && (sense.languages() & languages) != 0 ? 1 << sense.value() : 0;
        }
        return values;
    }

    /** The languages in which it is of this kind with this value. */
    long languages(Kind kind, int value) {
        for (Sense sense : senses) {
            if (sense.kind() == kind && sense.value() == value) {
                return sense.languages();
            }
        }
        return 0;
    }
}
