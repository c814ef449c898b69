package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.ChangeLog;
import io.leat.core.Feed;
import io.leat.format.Topics;
import io.leat.job.CheckpointShape;
import io.leat.job.LogForecast;
import io.leat.job.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks in the change log of a feed whether a start would take over what is known. */
final class KnownKeysLook {

    private static final String NO_LOG = "LEAT-409";
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Feed feed;
    private final Surroundings around;
    private final Speech speech;
    private final boolean json;

    KnownKeysLook(Feed feed, Surroundings around, Speech speech, boolean json) {
        this.feed = feed;
        this.around = around;
        this.speech = speech;
        this.json = json;
    }

    /** Whether a directory has a change log of the feed, so far as its files tell. */
    boolean isIn(Path data) {
        return Files.isDirectory(
                DataDirectory.kafka(data).resolve(Topics.of(feed).changes() + "-0"));
    }

    /**
     * Says what it found; nothing if there is no change log.
     *
     * @param data the directory of the run, which may have checkpoints
     * @param mayBeElsewhere whether there may be checkpoints elsewhere, as on a cluster
     */
    Exit at(Broker broker, Path data, boolean mayBeElsewhere) {
        LogForecast forecast = read(broker);
        if (forecast == null) {
            return Exit.OK;
        }
        Refusal refusal = forecast.refusal(checkpoint(data), mayBeElsewhere);
        if (refusal != null) {
            speech.failure(
                    Failure.runtime(refusal.code().label(), String.valueOf(refusal.getMessage()), refusal.hint()));
            return Exit.RUNTIME;
        }
        if (!json) {
            long again = forecast.otherwiseRead();
            around.out()
                    .println(
                            again == 0
                                    ? "change log: what is known is carried over."
                                    : "change log: %s keys were told last under another feed file. Each is read again with its next scrape; nothing is told of it."
                                            .formatted(again));
        }
        return Exit.OK;
    }

    /** What a start would go on from, {@code null} if there is nothing. */
    private @Nullable CheckpointShape checkpoint(Path data) {
        Path newest = DataDirectory.newestCheckpoint(data, feed.name()).orElse(null);
        try {
            return newest == null ? null : CheckpointShape.read(newest);
        } catch (IOException e) {
            throw Failure.runtime(
                            "LEAT-481",
                            "The checkpoint '%s' cannot be read: %s.".formatted(newest, e.getMessage()),
                            "A run that is at work replaces its checkpoints: try again. If it stays, 'leat run' says more.")
                    .because(e);
        }
    }

    /** {@code null} if there is no log. */
    private @Nullable LogForecast read(Broker broker) {
        LogForecast forecast = new LogForecast(feed);
        try (ChangeLog log = ChangeLog.open(broker, Topics.of(feed).changes(), new ChangeLog.Start.Earliest())) {
            while (!log.isAtEnd() && around.stop().asked() == null) {
                log.records(PATIENCE).forEach(forecast::take);
            }
            return forecast;
        } catch (Failure e) {
            if (e.code().equals(NO_LOG)) {
                return null;
            }
            throw e;
        }
    }
}
