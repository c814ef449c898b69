package io.leat.app.cli;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Subscription;
import java.util.Optional;

/** What a sink guarantees, how late it may be and what it needs, as a line for people. */
final class SinkPromise {

    private SinkPromise() {}

    /** That of a sink of files; empty for a webhook, whose terms stand in its reference. */
    static Optional<String> of(Subscription subscription) {
        if (!(subscription.sink() instanceof JsonFiles files)) {
            return Optional.empty();
        }
        return Optional.of(
                "sink '%s': each change in exactly one file, at most %s s and a second after it is told; needs %s"
                        .formatted(
                                subscription.name(),
                                files.every().toSeconds(),
                                files.store() == null
                                        ? "a file system with hard links at %s.".formatted(files.path())
                                        : "the rights to put, get and head objects below %s.".formatted(files.path())));
    }
}
