package io.leat.app.webhook.model;

import java.util.function.Predicate;

/**
 * A change that was told.
 *
 * @param toldFrom when it was handed to the log, as {@link System#nanoTime}
 * @param toldBy when the log had it
 * @param timestamp the log's, milliseconds since 1970
 */
record Fact(
        String id,
        String key,
        long seq,
        int price,
        boolean isNew,
        int partition,
        long offset,
        long timestamp,
        long toldFrom,
        long toldBy) {

    /** A condition on changes as a client writes it, and what it means. */
    enum Where {
        ALL(null, fact -> true),
        CHEAP("after.price < 50", fact -> fact.price() < 50),
        DEAR("after.price >= 50", fact -> fact.price() >= 50),
        UPDATES("op == 'update'", fact -> !fact.isNew());

        final String text;
        private final Predicate<Fact> meaning;

        Where(String text, Predicate<Fact> meaning) {
            this.text = text;
            this.meaning = meaning;
        }

        boolean asksFor(Fact fact) {
            return meaning.test(fact);
        }
    }
}
