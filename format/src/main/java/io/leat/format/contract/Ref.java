package io.leat.format.contract;

import io.leat.format.json.Document;

/** {@code $ref}: a schema that may not have been compiled yet, as it may refer to itself. */
final class Ref implements Check {

    private Check target = Check.NOTHING;

    void leadTo(Check check) {
        target = check;
    }

    @Override
    public boolean passes(Document document, int value, Trial trial) {
        trial.step();
        return target.passes(document, value, trial);
    }
}
