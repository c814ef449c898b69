package io.leat.gateway.ingest;

import io.leat.core.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one record of a request. */
sealed interface Outcome {

    /** The log has it, here. */
    record Taken(int partition, long offset) implements Outcome {}

    /** It is not a record at all. What a contract says of it is judged later, and told by dead letters. */
    record Refused(Refusal.Code code) implements Outcome {}

    /** The log did not say that it has it. Sending it again is safe: a scrape that repeats tells nothing. */
    record NotTaken() implements Outcome {}

    /** As it is written. */
    default Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (this instanceof Taken taken) {
            members.put("partition", taken.partition());
            members.put("offset", taken.offset());
        } else if (this instanceof Refused refused) {
            members.put("refused", refused.code().word());
            members.put("detail", refused.code().meaning());
        } else {
            members.put("refused", "unavailable");
            members.put("detail", "The log did not take it in time. Send it again.");
        }
        return members;
    }
}
