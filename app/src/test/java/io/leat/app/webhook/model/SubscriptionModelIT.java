package io.leat.app.webhook.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Subscriptions under random orders over a real broker, judged from outside: every change that the terms of the moment ask
 * for comes, no other does, each key in order, and nothing goes to a stranger. Size: {@code -Dleat.subscriptions.sequences}
 * and {@code -Dleat.subscriptions.steps}, 6 and 20 by default, 1000 and 30 in full.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class SubscriptionModelIT {

    private static final int SEQUENCES = Integer.getInteger("leat.subscriptions.sequences", 6);
    private static final int STEPS = Integer.getInteger("leat.subscriptions.steps", 20);
    private static final int WORLDS = 3;
    /** A new feed after so many: a subscription that begins with the earliest change gets all of it. */
    private static final int OF_ONE_FEED = 5;

    @TempDir
    private Path dir;

    @Test
    void whatIsAskedForComesAndNothingElseWhateverIsOrdered() throws Exception {
        RandomSeed seed = RandomSeed.of("subscriptions");
        ExecutorService threads = Executors.newFixedThreadPool(WORLDS);
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                Broker broker = new Broker(data)) {
            List<Future<?>> worlds = new ArrayList<>();
            for (int world = 0; world < WORLDS; world++) {
                int first = world;
                worlds.add(threads.submit(() -> {
                    play(broker, seed, first);
                    return null;
                }));
            }
            for (Future<?> world : worlds) {
                world.get();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(SEQUENCES + " sequences of " + STEPS + " orders, " + seed);
    }

    private static void play(Broker broker, RandomSeed seed, int first) throws Exception {
        for (int sequence = first; sequence < SEQUENCES; ) {
            try (World world = new World(broker.bootstrap(), "model-" + sequence)) {
                for (int i = 0; i < OF_ONE_FEED && sequence < SEQUENCES; i++, sequence += WORLDS) {
                    Story story = new Story(world, seed.round(sequence).random(), broker);
                    List<String> wrong = story.play(STEPS);
                    assertThat(wrong)
                            .as("sequence %d, %s%n%s", sequence, seed, String.join("\n", story.told()))
                            .isEmpty();
                }
            }
        }
    }
}
