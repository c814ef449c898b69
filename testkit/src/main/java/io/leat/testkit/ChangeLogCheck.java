package io.leat.testkit;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * The judge C0: reads a change log as any client could and counts what is wrong with it.
 *
 * <p>Takes about 150 bytes a key and 80 a change. Not safe for use by several threads at once.
 */
public final class ChangeLogCheck {

    /** What a log is held against. */
    public enum Expect {
        /** The final value of every key: for input whose order is not known. */
        FINAL_VALUES,
        /** Final values, and every single change of keys without ties: for input in one known order per key. */
        EVERY_CHANGE
    }

    private final ComparedFields fields;
    private final FingerprintTable ids = new FingerprintTable();
    private final FingerprintTable keys = new FingerprintTable();
    private final ChangePrints told = new ChangePrints();
    private final Findings findings = new Findings();
    private long[] seqs = new long[1024];
    private long[] times = new long[1024];
    private int[] partitions = new int[1024];
    private Fingerprint[] values = new Fingerprint[1024];
    private long changes;

    public ChangeLogCheck(ComparedFields fields) {
        this.fields = fields;
        for (Fault fault : Fault.values()) {
            if (fault != Fault.LOST && fault != Fault.FINAL && fault != Fault.EXTRA) {
                findings.lookFor(fault);
            }
        }
    }

    /** Adds the next change of a partition; each partition in the order of its log. */
    public void add(int partition, ChangeLine line) {
        changes++;
        int idsBefore = ids.size();
        ids.add(Fingerprint.of(line.id()));
        if (ids.size() == idsBefore) {
            findings.found(Fault.DUP, () -> "id " + line.id() + " again, key " + line.keyText());
        }
        Fingerprint keyPrint = Fingerprint.of(line.keyText());
        Fingerprint before = line.before() == null ? null : Fingerprint.of(fields.text(line.before()));
        Fingerprint after = Fingerprint.of(fields.text(line.after()));
        int keysBefore = keys.size();
        int key = keys.add(keyPrint);
        if (keys.size() > keysBefore) {
            makeRoom(key);
            first(line);
            partitions[key] = partition;
        } else {
            next(key, partition, line);
        }
        if (after.equals(before)) {
            findings.found(Fault.SAME, () -> place(line) + " changes nothing compared");
        }
        told.add(key, ChangePrints.print(keyPrint, line.eventTimeMicros(), before, after));
        seqs[key] = line.seq();
        times[key] = line.eventTimeMicros();
        values[key] = after;
    }

    /** What is wrong with the log in itself. */
    public CheckResult result() {
        return findings.result(changes, keys.size());
    }

    /** What is wrong with the log in itself and against the reference. */
    public CheckResult against(LastWriterWins reference, Expect expect) {
        Findings all = new Findings(findings);
        all.lookFor(Fault.LOST);
        all.lookFor(Fault.FINAL);
        all.lookFor(Fault.EXTRA);
        boolean everyChange = expect == Expect.EVERY_CHANGE;
        checkKeys(reference, everyChange, all);
        if (everyChange) {
            checkEveryChange(reference, all);
        }
        return all.result(changes, keys.size());
    }

    private void first(ChangeLine line) {
        if (line.seq() != 1) {
            findings.found(Fault.SEQ, () -> place(line) + " is the first, expected seq 1");
        }
        if (!line.op().equals("new") || line.before() != null) {
            findings.found(Fault.CHAIN, () -> place(line) + " is the first, expected op new and no before");
        }
    }

    private void next(int key, int partition, ChangeLine line) {
        JsonNode left = line.left();
        Fingerprint before = left == null ? null : Fingerprint.of(fields.text(left));
        if (line.seq() != seqs[key] + 1) {
            long last = seqs[key];
            findings.found(Fault.SEQ, () -> place(line) + " follows seq " + last);
        }
        if (line.eventTimeMicros() < times[key]) {
            long back = times[key] - line.eventTimeMicros();
            findings.found(Fault.TIME, () -> place(line) + " goes back by " + back + " µs");
        }
        if (line.op().equals("new") || !values[key].equals(before)) {
            findings.found(
                    Fault.CHAIN,
                    () -> place(line) + " has op " + line.op() + " and before " + line.before()
                            + ", not what the change ahead left");
        }
        if (partition != partitions[key]) {
            int other = partitions[key];
            findings.found(Fault.SPLIT, () -> place(line) + " in partition " + partition + ", others are in " + other);
        }
    }

    private void checkKeys(LastWriterWins reference, boolean everyChange, Findings all) {
        for (int expected = 0; expected < reference.keyCount(); expected++) {
            int number = expected;
            Fingerprint print = reference.key(expected);
            int key = keys.find(print);
            if (key >= 0 && !reference.mayEndWith(expected, values[key])) {
                long last = seqs[key];
                all.found(
                        Fault.FINAL, () -> reference.keyText(number) + " ends with seq " + last + " and another value");
            } else if (key < 0 && !(everyChange && !reference.isUndecided(expected))) {
                all.found(Fault.LOST, () -> "no change of key " + reference.keyText(number));
            }
        }
        for (int key = 0; key < keys.size(); key++) {
            Fingerprint print = keys.get(key);
            if (reference.find(print) < 0) {
                all.found(Fault.EXTRA, () -> "no raw record has key " + print);
            }
        }
    }

    private void checkEveryChange(LastWriterWins reference, Findings all) {
        ChangePrints expected = reference.changes();
        for (int i = 0; i < expected.size(); i++) {
            int key = expected.key(i);
            if (!reference.isUndecided(key) && !told.contains(expected.get(i))) {
                all.found(Fault.LOST, () -> "a change of key " + reference.keyText(key));
            }
        }
        for (int i = 0; i < told.size(); i++) {
            Fingerprint print = keys.get(told.key(i));
            int key = reference.find(print);
            if (key >= 0 && !reference.isUndecided(key) && !expected.contains(told.get(i))) {
                all.found(Fault.EXTRA, () -> "a change of key " + reference.keyText(key));
            }
        }
    }

    private void makeRoom(int key) {
        if (key == seqs.length) {
            seqs = Arrays.copyOf(seqs, key * 2);
            times = Arrays.copyOf(times, key * 2);
            partitions = Arrays.copyOf(partitions, key * 2);
            values = Arrays.copyOf(values, key * 2);
        }
    }

    private static String place(ChangeLine line) {
        return "key " + line.keyText() + " seq " + line.seq();
    }
}
