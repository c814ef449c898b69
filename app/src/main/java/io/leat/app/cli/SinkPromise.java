package io.leat.app.cli;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.kafka.KafkaSink;
import io.leat.delivery.postgres.Ddl;
import java.util.ArrayList;
import java.util.List;

/** What a sink guarantees, how late it may be and what it needs, as lines for people. */
final class SinkPromise {

    private SinkPromise() {}

    /** That of a sink; nothing for a webhook, whose terms stand in its reference. */
    static List<String> of(String feed, Subscription subscription) {
        if (subscription.sink() instanceof JsonFiles files) {
            return List.of(of(subscription.name(), files));
        }
        if (subscription.sink() instanceof KafkaTopic topic) {
            return List.of(of(feed, subscription.name(), topic));
        }
        return subscription.sink() instanceof Postgres postgres ? of(subscription.name(), postgres) : List.of();
    }

    private static String of(String name, JsonFiles files) {
        return "sink '%s': each change in exactly one file, at most %s s and a second after it is told; needs %s"
                .formatted(
                        name,
                        files.every().toSeconds(),
                        files.store() == null
                                ? "a file system with hard links at %s.".formatted(files.path())
                                : "the rights to put, get and head objects below %s.".formatted(files.path()));
    }

    private static String of(String feed, String name, KafkaTopic topic) {
        boolean once = topic.guarantee() == KafkaTopic.Guarantee.EXACTLY_ONCE;
        return "sink '%s': each change %s in topic %s, written as soon as it is told; needs brokers of Kafka 2.1 or later at"
                        .formatted(
                                name, once ? "once, for readers of committed records," : "at least once", topic.topic())
                + " addresses that are public or opened, and the rights to describe and write the topic"
                + (once
                        ? ", to read it, and to write transactional ids and read groups that begin with %s-."
                                .formatted(KafkaSink.name(feed, name))
                        : ".");
    }

    private static List<String> of(String name, Postgres postgres) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "sink '%s': the last change of each key in %s%s, written as soon as it is told; %s needs the rights to %s."
                        .formatted(
                                name,
                                postgres.table(),
                                postgres.history() == null ? "" : ", each change once in " + postgres.history(),
                                postgres.login().user(),
                                "select, insert, update"
                                        + (postgres.gone() == Postgres.Gone.DELETE ? ", delete" : "")
                                        + (postgres.create() ? " and create tables" : "")));
        lines.add(postgres.create() ? "What is missing of this is made:" : "It needs these tables:");
        new Ddl(postgres).statements().forEach(statement -> lines.add("  " + statement + ";"));
        return lines;
    }
}
