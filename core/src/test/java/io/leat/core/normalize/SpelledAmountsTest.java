package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Normal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Amounts made at random, spelled by CLDR for every locale, and read again. */
class SpelledAmountsTest {

    private static final long SEED = Long.getLong("leat.seed", 20_260_207L);
    private static final String[] CODES = {"EUR", "USD", "GBP", "JPY", "CHF", "INR", "PLN", "SEK", "BRL", "ZAR", "KWD"};
    private static final List<String> IDLE = List.of("only", "inkl. MwSt.", "TTC", "*", "now", "с НДС", "(incl. VAT)");

    private final Random random = new Random(SEED);

    @Test
    void signScaleAndCurrencySurviveTheSpellingOfEveryLocale() {
        List<String> wrong = new ArrayList<>();
        int told = 0;
        int spelled = 0;
        for (ULocale locale : ULocale.getAvailableLocales()) {
            if (!locale.getVariant().isEmpty()) {
                continue;
            }
            for (int i = 0; i < 6; i++) {
                String code = CODES[random.nextInt(CODES.length)];
                BigDecimal amount = amount(Currency.getInstance(code).getDefaultFractionDigits());
                NumberFormat format = NumberFormat.getInstance(locale, NumberFormat.ISOCURRENCYSTYLE);
                format.setCurrency(Currency.getInstance(code));
                String text = format.format(amount);
                Normalized<Money> read = Prices.read(text, null, Locality.parse(locale.toLanguageTag()), Several.FIRST);
                spelled++;
                if (read instanceof Normal<Money> normal) {
                    told++;
                    boolean isRight = normal.value().amount().compareTo(amount) == 0
                            && normal.value().in().codes().equals(List.of(code));
                    if (!isRight) {
                        wrong.add(locale + " " + text + " " + amount + " " + read);
                    }
                }
            }
        }
        System.out.printf("spelled amounts: seed %d, %d spelled, %d told%n", SEED, spelled, told);
        assertThat(wrong).as("seed " + SEED).isEmpty();
        assertThat(told).as("seed " + SEED).isGreaterThan(spelled * 95 / 100);
    }

    @Test
    void wordsWithoutFiguresChangeNoAmount() {
        for (int i = 0; i < 2_000; i++) {
            BigDecimal amount = amount(2);
            String word = IDLE.get(random.nextInt(IDLE.size()));
            String price = "€" + amount.abs().toPlainString();
            String text = random.nextBoolean() ? word + " " + price : price + " " + word;
            assertThat(Prices.read(text, null, Locality.AUTO, Several.FIRST))
                    .as(text)
                    .isInstanceOfSatisfying(Normal.class, normal -> assertThat(((Money) normal.value()).amount())
                            .isEqualByComparingTo(amount.abs()));
        }
    }

    @Test
    void textAddedAtRandomThatHoldsNoFigureNeverMakesAnotherAmount() {
        for (int i = 0; i < 20_000; i++) {
            String noise = noise(1 + random.nextInt(12));
            String text = random.nextBoolean() ? noise + " 12.34 EUR" : "EUR 12.34 " + noise;
            Normalized<Money> read = Prices.read(text, null, Locality.AUTO, Several.FIRST);
            if (read instanceof Normal<Money> normal) {
                assertThat(normal.value().amount().abs()).as(text).isIn(new BigDecimal("12.34"), thousands(normal));
            }
        }
    }

    /** A letter such as k that the noise put behind the figure multiplies it rightly. */
    private static BigDecimal thousands(Normal<Money> normal) {
        BigDecimal amount = normal.value().amount().abs();
        BigDecimal ratio = amount.divide(new BigDecimal("12.34"), 20, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return ratio.unscaledValue().equals(BigInteger.ONE) && ratio.signum() > 0 && ratio.scale() < 0
                ? amount
                : new BigDecimal("12.34");
    }

    private BigDecimal amount(int decimals) {
        long digits = (long) Math.pow(10, 2 + random.nextInt(7));
        BigDecimal amount = BigDecimal.valueOf(1 + (long) (random.nextDouble() * digits), decimals);
        return random.nextInt(4) == 0 ? amount.negate() : amount;
    }

    private String noise(int length) {
        StringBuilder noise = new StringBuilder();
        while (noise.length() < length) {
            char c = (char) (random.nextInt(3) > 0 ? ' ' + random.nextInt(95) : 0xa0 + random.nextInt(0x2f00));
            if (!Character.isDigit(c) && Character.getType(c) != Character.OTHER_NUMBER) {
                noise.append(c);
            }
        }
        return noise.toString();
    }
}
