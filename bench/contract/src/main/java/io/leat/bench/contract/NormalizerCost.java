package io.leat.bench.contract;

import com.ibm.icu.text.DecimalFormat;
import io.leat.core.normalize.Booleans;
import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Money;
import io.leat.core.normalize.Normalized;
import io.leat.core.normalize.Numbers;
import io.leat.core.normalize.Prices;
import io.leat.core.normalize.Remembering;
import io.leat.core.normalize.Texts;
import io.leat.core.normalize.UnitPrice;
import io.leat.core.normalize.UnitPrices;
import java.math.BigDecimal;
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

/** One text, read anew and remembered, beside number parsers that expect a number and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class NormalizerCost {

    private static final String[] PRICES = {
        "$1,045.99",
        "1.234,56 €",
        "1 234,50 zł",
        "Pack of 6 £4.50",
        "12,99 € inkl. MwSt.",
        "R$ 129,90",
        "1,980円(税込)",
        "49,90"
    };
    private static final String[] NUMBERS = {"1,234.5", "4.7", "1.2K", "16 GB", "1234567", "0.75", "3,5 %", "99"};
    private static final String[] UNIT_PRICES = {
        "1,99 € / 100 g",
        "$2.50 per lb",
        "1 kg = 19,90 €",
        "£1.20/100g",
        "2,49€/Liter",
        "3.99/kg",
        "12,50 zł/kg",
        "CHF 2.50/100g"
    };
    private static final String[] TITLES = {
        "Stainless steel bottle",
        "Kaffee 500 g",
        "Écran 27 pouces",
        "コーヒー豆",
        "USB&nbsp;cable",
        "Lamp ",
        " Tisch",
        "Schuh"
    };
    private static final String[] WORDS = {"yes", "no", "JA", "нет", "true", "false", "1", "0"};
    private static final String[] PLAIN = {"1,045.99", "1,234.56", "4.5", "12.99", "129.90", "1,980", "49.9", "99"};

    private final Remembering<Money> prices = new Remembering<>(NormalizerCost::price);
    private final Remembering<BigDecimal> numbers =
            new Remembering<>((text, beside) -> Numbers.read(text, Locality.AUTO));
    private final Remembering<UnitPrice> unitPrices =
            new Remembering<>((text, beside) -> UnitPrices.read(text, beside, Locality.AUTO));
    private final DecimalFormat icu = icu();
    private final java.text.DecimalFormat jdk = jdk();
    private int at;

    private static Normalized<Money> price(String text, String beside) {
        return Prices.read(text, beside, Locality.AUTO, Money.Several.FIRST);
    }

    private static DecimalFormat icu() {
        DecimalFormat format = (DecimalFormat) com.ibm.icu.text.NumberFormat.getInstance(Locale.ROOT);
        format.setParseBigDecimal(true);
        return format;
    }

    private static java.text.DecimalFormat jdk() {
        java.text.DecimalFormat format = (java.text.DecimalFormat) java.text.NumberFormat.getInstance(Locale.ROOT);
        format.setParseBigDecimal(true);
        return format;
    }

    private String next(String[] texts) {
        return texts[at++ & texts.length - 1];
    }

    @Benchmark
    public Object moneyRead() {
        return price(next(PRICES), "EUR");
    }

    @Benchmark
    public Object moneyRemembered() {
        return prices.read(next(PRICES), "EUR");
    }

    @Benchmark
    public Object numberRead() {
        return Numbers.read(next(NUMBERS), Locality.AUTO);
    }

    @Benchmark
    public Object numberRemembered() {
        return numbers.read(next(NUMBERS), null);
    }

    @Benchmark
    public Object unitPriceRead() {
        return UnitPrices.read(next(UNIT_PRICES), null, Locality.AUTO);
    }

    @Benchmark
    public Object unitPriceRemembered() {
        return unitPrices.read(next(UNIT_PRICES), null);
    }

    @Benchmark
    public Object textRead() {
        return Texts.read(next(TITLES));
    }

    @Benchmark
    public Object booleanRead() {
        return Booleans.read(next(WORDS));
    }

    @Benchmark
    public Object plainNumberOfIcu4j() {
        return icu.parse(next(PLAIN), new ParsePosition(0));
    }

    @Benchmark
    public Object plainNumberOfTheJdk() {
        return jdk.parse(next(PLAIN), new ParsePosition(0));
    }

    @Benchmark
    public Object plainNumberOfLeat() {
        return Numbers.read(next(PLAIN), Locality.AUTO);
    }
}
