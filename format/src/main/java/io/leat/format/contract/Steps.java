package io.leat.format.contract;

/** How many steps may still be taken for a record, in patterns and in alternatives: neither may stall the rest. */
final class Steps {

    /** For any record: more than one of a kilobyte takes under a sensible contract. */
    private static final int LEAST = 100_000;
    /** For each byte on top of it: long texts may be looked at a few times over. */
    private static final int PER_BYTE = 4;

    private int left;

    /** What one record may take. */
    void refill(int bytes) {
        left = LEAST + PER_BYTE * bytes;
    }

    void spend(int count) {
        left -= count;
        if (left < 0) {
            throw new Spent();
        }
    }

    /** There are none left. Without a trace, as there can be one for each record. */
    static final class Spent extends RuntimeException {

        private static final long serialVersionUID = 1;

        Spent() {
            super("no steps left", null, false, false);
        }
    }
}
