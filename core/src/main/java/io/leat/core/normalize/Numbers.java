package io.leat.core.normalize;

import io.leat.core.normalize.Decimals.Meaning;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers: the text holds one number and nothing else but a unit or a percent sign. */
public final class Numbers {

    private static final Pattern NUMBER =
            Pattern.compile("([-+]?) ?([0-9.,' ]*[0-9])(?:[eE]([-+]?[0-9]{1,3}))? ?([^0-9]{0,20})");
    private static final int MOST_CHARACTERS = 100;

    private Numbers() {}

    /** Reads a number. Without a locality, {@code 1.299} is ambiguous. */
    public static Normalized<BigDecimal> read(String text, Locality locality) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = Plain.line(text);
        if (line.isEmpty() || PriceWords.NONE.contains(Plain.fold(line))) {
            return new Absent<>();
        }
        Matcher number = NUMBER.matcher(line);
        if (!number.matches()) {
            return new Unparsed<>("not one number");
        }
        boolean isScientific = number.group(3) != null;
        List<Meaning> meanings = Decimals.of(number.group(2));
        BigDecimal value = isScientific ? scientific(number) : chosen(meanings, locality);
        if (value == null) {
            return meanings.isEmpty() || isScientific
                    ? new Unparsed<>("a number of no known shape")
                    : new Ambiguous<>("thousands or three decimals");
        }
        return new Normal<>(number.group(1).equals("-") ? value.negate() : value);
    }

    private static @Nullable BigDecimal scientific(Matcher number) {
        String mantissa = number.group(2);
        return mantissa.matches("[0-9]*\\.?[0-9]+") ? new BigDecimal(mantissa + "e" + number.group(3)) : null;
    }

    private static @Nullable BigDecimal chosen(List<Meaning> meanings, Locality locality) {
        if (meanings.size() == 1) {
            return meanings.get(0).value();
        }
        if (meanings.isEmpty() || locality.isAuto()) {
            return null;
        }
        Meaning fraction = meanings.get(0);
        return (fraction.decimal() == locality.decimal() ? fraction : meanings.get(1)).value();
    }
}
