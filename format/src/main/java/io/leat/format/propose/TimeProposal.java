package io.leat.format.propose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells when a record was scraped.
 *
 * @param field the field
 * @param form how it is written
 * @param missing the share of records without it
 * @param standing the share of rows showing an item again for which it has not moved on
 * @param back the share of them for which it has gone back
 * @param tieBreak a whole number that grows from record to record; {@code null} if there is none
 * @param others what else would do, best first
 */
record TimeProposal(
        Column field,
        TimeForm form,
        double missing,
        double standing,
        double back,
        @Nullable Column tieBreak,
        List<TimeProposal> others) {

    TimeProposal {
        others = List.copyOf(others);
    }

    /** The share of records whose changes would be lost or told in the wrong order. */
    double loss() {
        return missing + standing + back;
    }

    /** Whether it is as good as an event time can be. */
    boolean isSure() {
        return loss() <= 0.01 && form != TimeForm.NAIVE;
    }
}
