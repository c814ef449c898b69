package io.leat.delivery;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of one change on its way to one client.
 *
 * @param subscription the client's
 * @param where its condition, {@code null} if it wants every change
 * @param outcome where the change is
 * @param detail why, or what it waits for, as a person reads it; empty if there is nothing to say
 * @param attempts as they were written down, oldest first
 */
public record TracedDelivery(
        String subscription, @Nullable String where, Outcome outcome, String detail, List<JsonNode> attempts) {

    public TracedDelivery {
        attempts = List.copyOf(attempts);
    }

    /** Where a change is. */
    public enum Outcome {
        /** The client has it. */
        DELIVERED,
        /** It was given up, and lies among the undelivered. */
        UNDELIVERED,
        /** It was given up, and sent again later. */
        SENT_AGAIN,
        /** It has not been delivered yet. */
        WAITING,
        /** The client's condition says no. */
        FILTERED_OUT,
        /** The client's condition has no answer for it, so it is not told. */
        UNANSWERED,
        /** It was told before the place at which the client begins. */
        BEFORE_START,
        /** The client was behind and got a newer change of the key instead. */
        FOLDED,
        /** The client is past it, and no attempt is kept. */
        NOT_KEPT;

        /** The word in JSON: {@code filtered_out}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
