package io.leat.delivery;

import io.leat.delivery.lane.Outcome;
import io.leat.format.ChangeJson;
import io.leat.format.webhook.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one client, in the order of the log, what was given up for it. Its lanes rest meanwhile, so that nothing comes
 * between. Waits for the broker and the client.
 */
final class Redrive {

    private final Undelivered undelivered;
    private final Newest newest;
    private final Sender sender;

    /** Sends one letter to whom it is for. */
    interface Sender {

        /** Waits for what comes of it; {@code null} if the client has it. */
        @Nullable
        Outcome send(Standing standing, Undelivered.Lying letter);
    }

    Redrive(Undelivered undelivered, Newest newest, Sender sender) {
        this.undelivered = undelivered;
        this.newest = newest;
        this.sender = sender;
    }

    /**
     * Sends; ends at the first that fails.
     *
     * @param older whether the client also wants what is older than the newest it has of a key
     * @param goOn asked before each
     */
    Redriven run(Standing standing, boolean older, BooleanSupplier goOn) {
        Set<String> kept = new HashSet<>();
        int sent = 0;
        while (true) {
            List<Undelivered.Lying> lying = new ArrayList<>(undelivered.of(standing));
            lying.removeIf(letter -> kept.contains(letter.address()));
            if (lying.isEmpty()) {
                return new Redriven(sent, kept.size(), kept.size(), null);
            }
            Set<String> unfit = unfit(standing, lying, older);
            kept.addAll(unfit);
            lying.removeIf(letter -> unfit.contains(letter.address()));
            lying.sort(
                    Comparator.comparingInt(Undelivered.Lying::partition).thenComparingLong(Undelivered.Lying::offset));
            for (Undelivered.Lying letter : lying) {
                if (!goOn.getAsBoolean()) {
                    return ended(standing, sent, kept, null);
                }
                Outcome outcome = sender.send(standing, letter);
                if (outcome != null) {
                    return ended(standing, sent, kept, outcome);
                }
                undelivered.forget(List.of(letter));
                sent++;
            }
        }
    }

    private Redriven ended(Standing standing, int sent, Set<String> kept, @Nullable Outcome outcome) {
        return new Redriven(sent, undelivered.of(standing).size(), kept.size(), outcome);
    }

    private Set<String> unfit(Standing standing, List<Undelivered.Lying> lying, boolean older) {
        Set<String> unfit = new HashSet<>(newest.awaited(standing, lying));
        if (!older) {
            unfit.addAll(newest.passed(standing, lying));
        }
        String where = standing.subscription().where();
        if (where != null) {
            Filter filter = Filter.compile(where);
            lying.stream().filter(letter -> !asksFor(filter, letter)).forEach(letter -> unfit.add(letter.address()));
        }
        return unfit;
    }

    private static boolean asksFor(Filter filter, Undelivered.Lying letter) {
        try {
            return filter.matches(ChangeJson.tree(letter.change())).orElse(false);
        } catch (RuntimeException e) {
            return true; // what cannot be judged is for the client to see
        }
    }
}
