package io.leat.app.guarantee;

import io.leat.core.Change;
import io.leat.format.Topics;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.KafkaChangeLog;
import io.leat.job.log.LogSettings;
import io.leat.job.log.LogWatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Partition 0 of a small feed's change log, without a job that owns it. */
final class LoneLog {

    /** For those who expect none. */
    static final Consumer<Throwable> NO_FAILURE = cause -> {
        throw new IllegalStateException(cause);
    };

    private LoneLog() {}

    static LogSettings settings(SmallFeed feed, String bootstrap, LogWatch watch) {
        return LogSettings.of(feed.feed, Topics.of(feed.feed), bootstrap, Map.of(), Set.of(), watch);
    }

    static ChangeLog open(LogSettings settings, Consumer<Throwable> failed) {
        return KafkaChangeLog.opener(settings).open(List.of(0), new ChangeLog.Owner() {
            @Override
            public void failed(Throwable cause) {
                failed.accept(cause);
            }

            @Override
            public void waits(boolean isWaiting) {}

            @Override
            public void committed(Change change, long takenMillis) {}
        });
    }
}
