package io.leat.core.normalize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an amount is in.
 *
 * @param codes ISO 4217 codes the text can mean: none if it names none, one if it is clear, several if its mark is shared
 * @param mark the mark that says it, {@code null} if there is none; it may be one that ISO 4217 has no code for
 * @param isHundredths whether the amount counts hundredths of a currency, pence or cents
 */
public record Denomination(List<String> codes, @Nullable String mark, boolean isHundredths) {

    /** Nothing says what the amount is in. */
    public static final Denomination UNTOLD = new Denomination(List.of(), null, false);

    public Denomination {
        codes = List.copyOf(codes);
    }

    /**
     * In one word: the code if it is clear; else the mark, which is nobody's guess and never a code; {@code null} if nothing is
     * told.
     */
    public @Nullable String word() {
        return codes.size() == 1 ? codes.get(0) : mark;
    }
}
