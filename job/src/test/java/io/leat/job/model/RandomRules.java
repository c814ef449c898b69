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

    static Feed of(Feed plain, RandomGenerator random) {
        FieldPath field = ((Feed.Comparison.Only) plain.comparison()).fields().get(0);
        Rules rules = new Rules(
                random.nextBoolean()
                        ? Map.of(field, new Rules.Tolerance(BigDecimal.valueOf(1 + random.nextInt(3)), false))
                        : Map.of(),
                random.nextBoolean() ? Map.of(field, Duration.ofSeconds(1 + random.nextInt(4))) : Map.of(),
                Set.of(),
                random.nextBoolean() ? Map.of(field, plausible(random)) : Map.of(),
                Duration.ofSeconds(1 + random.nextInt(10)),
                random.nextBoolean() ? Rules.FirstSeen.EMIT : Rules.FirstSeen.SEED,
                random.nextBoolean() ? Duration.ofSeconds(5 + random.nextInt(10)) : null);
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

    private static Rules.Plausible plausible(RandomGenerator random) {
        return new Rules.Plausible(
                new BigDecimal("0.5"),
                BigDecimal.valueOf(1 + random.nextInt(3)),
                bound(random, 1),
                bound(random, 7),
                random.nextBoolean());
    }

    private static @Nullable BigDecimal bound(RandomGenerator random, long value) {
        return random.nextBoolean() ? BigDecimal.valueOf(value) : null;
    }
}
