package io.leat.app.doctor;

/**
 * What was looked at, and how it is.
 *
 * @param what a word or two
 * @param isFit whether it is as it has to be
 * @param says what was found, in a sentence
 * @param advice what to do; empty where it is fit
 */
public record Finding(String what, boolean isFit, String says, String advice) {

    static Finding fit(String what, String says) {
        return new Finding(what, true, says, "");
    }

    static Finding unfit(String what, String says, String advice) {
        return new Finding(what, false, says, advice);
    }
}
