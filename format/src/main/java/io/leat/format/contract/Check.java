package io.leat.format.contract;

import io.leat.format.json.Document;

/** A rule that a value keeps or breaks. */
interface Check {

    /** Keeps everything: the schema {@code true}. */
    Check NOTHING = (document, value, trial) -> true;

    /** Whether the value keeps the rule; if not, the trial has been told why. */
    boolean passes(Document document, int value, Trial trial);
}
