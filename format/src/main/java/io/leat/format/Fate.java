package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Decision;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Refusal;
import io.leat.core.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a record of the raw topic. */
public sealed interface Fate {

    /**
     * In one word: {@code told}, {@code unchanged}, {@code stale}, {@code seeded}, {@code unsettled}, {@code held}, {@code
     * refused}, {@code late}, {@code waits}, {@code gone}, or {@code unknown}.
     */
    String word();

    /** It is no item. */
    record Refused(Refusal refusal) implements Fate {
        @Override
        public String word() {
            return "refused";
        }
    }

    /**
     * It came after a newer one of its key had been let go.
     *
     * @param isKept whether it is in the topic of late items
     */
    record Late(Item item, boolean isKept) implements Fate {
        @Override
        public String word() {
            return "late";
        }
    }

    /** It waits for older ones of its key. */
    record Waits(Item item) implements Fate {
        @Override
        public String word() {
            return "waits";
        }
    }

    /**
     * It was decided.
     *
     * @param before what was known of its key, {@code null} if nothing
     * @param notes what is said of held items beside the decision
     */
    record Decided(Item item, @Nullable Known before, Decision decision, Why why, List<HeldNote> notes)
            implements Fate {
        public Decided {
            notes = List.copyOf(notes);
        }

        @Override
        public String word() {
            if (decision instanceof Decision.Told) {
                return "told";
            }
            if (decision instanceof Decision.Unchanged) {
                return "unchanged";
            }
            if (decision instanceof Decision.Seeded) {
                return "seeded";
            }
            if (decision instanceof Decision.Unsettled) {
                return "unsettled";
            }
            return decision instanceof Decision.OnHold ? "held" : "stale";
        }
    }

    /**
     * It is an item, and how it was decided cannot be known: what was known of its key stood in records that the raw topic
     * no longer has, and the change log does not say it.
     */
    record Unknowable(Item item) implements Fate {
        @Override
        public String word() {
            return "unknown";
        }
    }

    /**
     * It gave the occasion to tell the key as gone; the record itself may be of another key. That depends on all keys of a
     * site and is not decided again: the change log says it.
     */
    record Gone(@Nullable Known before, Change change) implements Fate {
        @Override
        public String word() {
            return "gone";
        }
    }
}
