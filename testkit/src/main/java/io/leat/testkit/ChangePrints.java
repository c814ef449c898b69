package io.leat.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A long list of changes in little memory: of each change only the number of its key and a fingerprint of what it says.
 * A change that says the same as one before is kept once.
 */
final class ChangePrints {

    private final FingerprintTable prints = new FingerprintTable();
    private int[] keys = new int[1024];

    int size() {
        return prints.size();
    }

    Fingerprint get(int number) {
        return prints.get(number);
    }

    /** The number of the key a change belongs to. */
    int key(int number) {
        return keys[number];
    }

    boolean contains(Fingerprint print) {
        return prints.find(print) >= 0;
    }

    void add(int keyNumber, Fingerprint print) {
        int number = prints.add(print);
        if (number == keys.length) {
            keys = Arrays.copyOf(keys, number * 2);
        }
        keys[number] = keyNumber;
    }

    /** What a change says: its key, event time, and compared values before and after. */
    static Fingerprint print(Fingerprint key, long timeMicros, @Nullable Fingerprint before, Fingerprint after) {
        return before == null
                ? Fingerprint.of(key.hi(), key.lo(), timeMicros, after.hi(), after.lo())
                : Fingerprint.of(key.hi(), key.lo(), timeMicros, before.hi(), before.lo(), after.hi(), after.lo());
    }
}
