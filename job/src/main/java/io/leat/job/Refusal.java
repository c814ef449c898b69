package io.leat.job;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leat will not go on, because it would have to guess, lose or repeat something. Carries everything a person needs: a
 * stable code, a sentence and what to do.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param code what is wrong
     * @param message one sentence with the particulars
     */
    public Refusal(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** What is wrong. */
    public Code code() {
        return code;
    }

    /** What to do; names the flag that overrides, where one is sane. */
    public String hint() {
        return code.hint;
    }

    /** The refusal within a failure's causes, {@code null} if there is none. */
    public static @Nullable Refusal in(@Nullable Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 32; depth++) {
            if (at instanceof Refusal refusal) {
                return refusal;
            }
            at = at.getCause();
        }
        return null;
    }

    /** The reasons. Numbers and {@code --accept} words are public. */
    public enum Code {
        ANOTHER_JOB(
                301,
                "",
                "Another job has taken this feed over.",
                "Only one job may write a feed's change log: stop one of the two."),
        BROKER_TOO_OLD(
                302,
                "",
                "The Kafka cluster does not have transaction.version 2.",
                "Leat needs Kafka 4.2 or newer with the feature transaction.version at 2: "
                        + "kafka-features.sh upgrade --feature transaction.version=2"),
        UNSAFE_TOPIC(
                303,
                "",
                "A topic that exists has settings under which changes can be lost.",
                "Change the named setting with kafka-configs.sh --alter, or use another feed name."),
        NO_RIGHTS(304, "", "Kafka does not allow what Leat needs.", "Grant the named right to Leat's principal."),
        TAIL_DELETED(
                310,
                "tail-deleted",
                "The change log's records after the last checkpoint have been deleted.",
                "Without them changes could be told twice. To go on all the same: --accept tail-deleted"),
        LOG_BEHIND(
                311,
                "log-behind",
                "The change log ends before the last checkpoint: committed changes were lost, as after a power loss.",
                "Readers will find a gap in seq. To go on all the same: --accept log-behind"),
        SEQ_GAP(
                312,
                "seq-gap",
                "The change log does not continue what the checkpoint knows.",
                "Something else wrote to the log, or compaction ran while the job was away. "
                        + "To go on from the log's last values: --accept seq-gap"),
        FOREIGN_RECORD(
                313,
                "",
                "The change log holds a record that Leat did not write.",
                "Only the job may write to the log: remove the record's writer and use another feed name."),
        OPEN_TRANSACTION(
                314,
                "",
                "Something else has a transaction open on the change log.",
                "Only the job may write to the log: stop the other writer and start again."),
        RAW_GONE(
                315,
                "raw-gone",
                "Scrapes that were not read yet have been deleted from the raw topic.",
                "Raise the topic's retention. To go on with what is left: --accept raw-gone"),
        RAW_RECREATED(
                316,
                "raw-recreated",
                "The raw topic is not the one that the checkpoint was reading.",
                "It was deleted and made again. To read the new one from its start: --accept raw-recreated"),
        KEY_CHANGED(
                317,
                "retell",
                "The feed's key is not the one that the checkpoint was keyed by.",
                "What is known cannot be carried over to another key: use another feed name. To go on in the same change log, "
                        + "with every key of the new kind told as new: --accept retell. Or with those remembered silently "
                        + "whose former key was known: --accept adopt"),
        PARALLELISM(
                318,
                "",
                "The job's parallelism does not divide the change log's partitions.",
                "Each partition has exactly one writer: choose a parallelism that divides them."),
        IN_FLIGHT(
                319,
                "",
                "The last checkpoint is an unaligned one, with scrapes on their way that this job could not take over.",
                "Start as before, with -D execution.checkpointing.unaligned.enabled=true."),
        LOG_PARTITIONS(
                320,
                "",
                "The change log has another number of partitions than it was written with.",
                "Which keys share a partition follows from the number: readers of a key would find its changes in two. "
                        + "Use another feed name, with log.partitions as you want them."),
        ORDER_REMOVED(
                321,
                "order-removed",
                "The feed file lets no scrape wait for older ones any more, and some may still wait in the last checkpoint.",
                "Put time.out_of_orderness and time.late back and run once with --until-end: then whoever waits goes. "
                        + "To start without them after that: --accept order-removed"),
        RULES_UNKNOWN(
                322,
                "adopt",
                "Keys were told last under another feed file, which no checkpoint holds.",
                "Start once with the feed file of then; it may be changed once a checkpoint was made. Or remember silently what "
                        + "their next scrapes show: --accept adopt. Or tell whatever differs from what was told: --accept retell"),
        FORMER_KEY_UNKNOWN(
                323,
                "",
                "The feed's key was changed, and no checkpoint says what it was: whose key was known cannot be found out.",
                "Start once with the feed file of then; the key may be changed once a checkpoint was made. Or tell every key of "
                        + "the new kind as new: --accept retell");

        private final int number;
        private final String accept;
        private final String meaning;
        private final String hint;

        Code(int number, String accept, String meaning, String hint) {
            this.number = number;
            this.accept = accept;
            this.meaning = meaning;
            this.hint = hint;
        }

        /** {@code LEAT-301}. */
        public String label() {
            return "LEAT-" + number;
        }

        /** The reason that this word of {@code --accept} overrides. */
        public static Optional<Code> accepting(String word) {
            return Arrays.stream(values())
                    .filter(code -> !word.isEmpty() && code.accept.equals(word))
                    .findFirst();
        }

        /** The word that {@code --accept} takes to go on all the same; empty if that would not be sane. */
        public String accept() {
            return accept;
        }

        /** What it says in general. */
        public String meaning() {
            return meaning;
        }

        /** What to do. */
        public String hint() {
            return hint;
        }
    }
}
