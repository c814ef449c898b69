package io.leat.job.model;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Feeds with random rules for the one compared field. */
final class RandomRules {

    private RandomRules() {}

    /** @param mayBeGone whether keys may be told as gone: what a survey finds depends on how partitions interleave */
    static Feed of(Feed plain, RandomGenerator random, boolean mayBeGone) {
        FieldPath field = ((Feed.Comparison.Only) plain.comparison()).fields().get(0);
        boolean averages = random.nextBoolean();
        Rules rules = new Rules(
                random.nextBoolean()
                        ? Map.of(field, new Rules.Tolerance(BigDecimal.valueOf(1 + random.nextInt(3)), false))
                        : Map.of(),
                random.nextBoolean() ? Map.of(field, Duration.ofSeconds(1 + random.nextInt(4))) : Map.of(),
                Set.of(),
                random.nextBoolean() ? Map.of(field, plausible(random, averages)) : Map.of(),
                Duration.ofSeconds(1 + random.nextInt(10)),
                random.nextBoolean() ? Rules.FirstSeen.EMIT : Rules.FirstSeen.SEED,
                random.nextBoolean() ? Duration.ofSeconds(5 + random.nextInt(10)) : null,
                mayBeGone && random.nextBoolean() ? gone(random) : null,
                averages ? Map.of(field, Duration.ofSeconds(1 + random.nextInt(10))) : Map.of());
        return new Feed(
                plain.name(),
                plain.source(),
                plain.contracts(),
                plain.key(),
                plain.time(),
                plain.comparison(),
                rules,
                plain.log());
    }

    private static Rules.Gone gone(RandomGenerator random) {
        return new Rules.Gone(
                Duration.ofSeconds(2 + random.nextInt(10)),
                -1,
                random.nextBoolean() ? BigDecimal.ZERO : Rules.Gone.DEFAULT_COVERAGE,
                null);
    }

    private static Rules.Plausible plausible(RandomGenerator random, boolean averages) {
        return new Rules.Plausible(
                new BigDecimal("0.5"),
                BigDecimal.valueOf(1 + random.nextInt(3)),
                bound(random, 1),
                bound(random, 7),
                random.nextBoolean(),
                averages ? Rules.Measure.AVERAGE : Rules.Measure.LAST);
    }

    private static @Nullable BigDecimal bound(RandomGenerator random, long value) {
        return random.nextBoolean() ? BigDecimal.valueOf(value) : null;
    }
}
