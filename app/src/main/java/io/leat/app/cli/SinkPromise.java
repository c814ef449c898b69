package io.leat.app.cli;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.postgres.Ddl;
import java.util.ArrayList;
import java.util.List;

/** What a sink guarantees, how late it may be and what it needs, as lines for people. */
final class SinkPromise {

    private SinkPromise() {}

    /** That of a sink; nothing for a webhook, whose terms stand in its reference. */
    static List<String> of(Subscription subscription) {
        if (subscription.sink() instanceof JsonFiles files) {
            return List.of(of(subscription.name(), files));
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
