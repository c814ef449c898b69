package io.leat.bench.contract;

import io.leat.core.normalize.Availabilities;
import io.leat.core.normalize.Booleans;
import io.leat.core.normalize.DateCalendar;
import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Money;
import io.leat.core.normalize.Normalized;
import io.leat.core.normalize.Normalizer;
import io.leat.core.normalize.Numbers;
import io.leat.core.normalize.Prices;
import io.leat.core.normalize.Remembering;
import io.leat.core.normalize.Texts;
import io.leat.core.normalize.Timestamps;
import io.leat.core.normalize.UnitPrices;
import io.leat.core.normalize.Urls;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One text in its normal form: a new one, which passes the memory and is read, and one that is remembered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class NormalizerCost {

    private static final int POOL = 1 << 14;
    private static final int REPEATED = 64;
    private static final long SEED = 20_260_207L;

    /** The normalizer. */
    @Param({"money", "unit_price", "number", "availability", "timestamp", "url", "text", "boolean"})
    public String as;

    /** A directory of JSON lines with {@code as} and {@code value}; typical texts if it is empty. */
    @Param("")
    public String texts;

    private final String[] drawn = new String[POOL];
    private final String[] names = new String[POOL];
    private Remembering<Object> memory;
    private long asked;
    private long read;
    private int at;

    /**
     * Draws the texts. Beside each stands a name that comes again only when the memory has long lost it, so that the same text is
     * new every time; the readers do not look at it.
     */
    @Setup
    public void draw() throws IOException {
        List<String> typical = TypicalTexts.of(as, texts);
        Random random = new Random(SEED);
        for (int i = 0; i < POOL; i++) {
            drawn[i] = typical.get(random.nextInt(typical.size()));
            names[i] = "n" + i;
        }
        Function<String, Normalized<?>> reader = reader(as);
        memory = new Remembering<>((text, beside) -> {
            read++;
            return of(reader.apply(text));
        });
    }

    @SuppressWarnings("unchecked") // what is told is only handed on
    private static Normalized<Object> of(Normalized<?> read) {
        return (Normalized<Object>) read;
    }

    private static Function<String, Normalized<?>> reader(String as) {
        return switch (as) {
            case "money" -> text -> Prices.read(text, null, Locality.AUTO, Money.Several.FIRST);
            case "unit_price" -> text -> UnitPrices.read(text, null, Locality.AUTO);
            case "number" -> text -> Numbers.read(text, Locality.AUTO);
            case "availability" -> Availabilities.with(Map.of())::read;
            case "timestamp" ->
                Timestamps.of(new Normalizer.OfTimestamp(
                        ZoneOffset.UTC, Timestamps.Order.AUTO, List.of(), DateCalendar.GREGORIAN))::read;
            case "url" -> Urls.usual()::read;
            case "text" -> Texts::read;
            case "boolean" -> Booleans::read;
            default -> throw new IllegalArgumentException(as);
        };
    }

    @Setup(Level.Iteration)
    public void forget() {
        asked = 0;
        read = 0;
    }

    /** A text that is not remembered. */
    @Benchmark
    public Object fresh() {
        int next = at++ & POOL - 1;
        asked++;
        return memory.read(drawn[next], names[next]);
    }

    /** One of a few texts that come again and again. */
    @Benchmark
    public Object remembered() {
        int next = at++ & REPEATED - 1;
        return memory.read(drawn[next], null);
    }

    /** Makes sure that new texts were read. */
    @TearDown(Level.Iteration)
    public void check() {
        if (asked > 0 && read < asked - asked / 1_000) {
            throw new IllegalStateException("of " + asked + " new texts only " + read + " were read");
        }
    }
}
