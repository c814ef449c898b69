package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.log.RawRange;
import io.leat.format.propose.Scrapes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records of a topic, each time up to the end as it is then. */
final class TopicScrapes implements Scrapes {

    private final Broker broker;
    private final RawRange range;
    private final StopSignal stop;
    private long total = -1;

    /**
     * The records of a topic.
     *
     * @param from only from this moment on, {@code null} for the oldest there are
     */
    TopicScrapes(Broker broker, String topic, @Nullable Instant from, StopSignal stop) {
        this.broker = broker;
        this.range = new RawRange(topic, from, null);
        this.stop = stop;
    }

    @Override
    public void read(Taker taker) {
        if (total < 0) {
            long[] counted = {0};
            range.read(broker, scrape -> counted[0]++, () -> stop.asked() != null);
            total = counted[0];
        }
        long[] taken = {0};
        boolean[] enough = {false};
        range.read(
                broker,
                scrape -> {
                    if (!enough[0] && scrape.value() != null) {
                        enough[0] = !taker.take(scrape.value(), (double) taken[0] / Math.max(1, total));
                    }
                    taken[0]++;
                },
                () -> enough[0] || stop.asked() != null);
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }
}
