package io.leat.bench.contract;

import com.ibm.icu.text.DecimalFormat;
import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Numbers;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A number and nothing else, read by parsers that expect just that, and by ours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class NumberParserCost {

    private static final String[] PLAIN = {"1,045.99", "1,234.56", "4.5", "12.99", "129.90", "1,980", "49.9", "99"};

    private final DecimalFormat ofIcu = icuFormat();
    private final java.text.DecimalFormat ofJdk = jdkFormat();
    private int at;

    private static DecimalFormat icuFormat() {
        DecimalFormat format = (DecimalFormat) com.ibm.icu.text.NumberFormat.getInstance(Locale.ROOT);
        format.setParseBigDecimal(true);
        return format;
    }

    private static java.text.DecimalFormat jdkFormat() {
        java.text.DecimalFormat format = (java.text.DecimalFormat) java.text.NumberFormat.getInstance(Locale.ROOT);
        format.setParseBigDecimal(true);
        return format;
    }

    private String next() {
        return PLAIN[at++ & PLAIN.length - 1];
    }

    @Benchmark
    public Object icu4j() {
        return ofIcu.parse(next(), new ParsePosition(0));
    }

    @Benchmark
    public Object jdk() {
        return ofJdk.parse(next(), new ParsePosition(0));
    }

    @Benchmark
    public Object leat() {
        return Numbers.read(next(), Locality.AUTO);
    }
}
