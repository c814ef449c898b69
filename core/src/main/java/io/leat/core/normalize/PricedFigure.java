package io.leat.core.normalize;

import io.leat.core.normalize.Marks.Mark;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure and the marks of currencies that stand beside it.
 *
 * @param figure the figure
 * @param marks the marks, empty if none stands beside it
 * @param endsRange whether a word or dash of a range stands between it and the one before
 */
record PricedFigure(Figure figure, Set<String> marks, boolean endsRange) {

    private static final int MOST_AFTER_SIGN = 3;
    private static final String WHOLE = "[0-9][0-9 ']*";
    private static final Pattern WORD = Pattern.compile(" ?([\\p{L}\u00a2]+)");

    PricedFigure {
        marks = new LinkedHashSet<>(marks);
    }

    boolean isMarked() {
        return !marks.isEmpty();
    }

    /** Whether one of the marks is nothing else. */
    boolean isSure() {
        return marks.stream().anyMatch(mark -> !Currencies.KNOWN.isWeak(mark));
    }

    /** The figures of a line that can be prices: no shares in percent, no parts of words, no quantities with a unit. */
    static List<PricedFigure> in(String line) {
        List<PricedFigure> found = new ArrayList<>();
        List<Figure> figures = Figure.in(line);
        for (int i = 0; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            int limit = i + 1 < figures.size() ? figures.get(i + 1).from() : line.length();
            List<Mark> before = withoutPriceWords(Marks.before(line, figure.from()));
            List<Mark> after = Marks.after(line, figure.to());
            if (i > 0 && !before.isEmpty() && reaches(line, before, figures.get(i - 1)) && !after.isEmpty()) {
                before = List.of();
            }
            if (!before.isEmpty() && !after.isEmpty() && leadsOn(line, after, limit, i + 1 < figures.size())) {
                after = List.of();
            }
            if (i + 1 < figures.size() && before.isEmpty() && isFraction(line, figure, after, figures.get(i + 1))) {
                Figure cents = figures.get(++i);
                figure = figure.with(cents.digits(), cents.to());
            }
            PricedFigure last = found.isEmpty() ? null : found.get(found.size() - 1);
            if (last != null && isHundredthsOf(last, line, figure)) {
                String hundredths = figure.digits().length() == 1 ? "0" + figure.digits() : figure.digits();
                Figure whole = last.figure().with(hundredths, figure.to());
                found.set(found.size() - 1, new PricedFigure(whole, last.marks(), last.endsRange()));
                continue;
            }
            boolean isGlued = before.isEmpty() && isOfWord(line, figure.from() - 1)
                    || after.isEmpty() && isOfWord(line, figure.to());
            if (isPercent(line, figure) || isGlued) {
                continue;
            }
            Set<String> marks = new LinkedHashSet<>();
            before.forEach(mark -> marks.add(mark.text()));
            after.forEach(mark -> marks.add(mark.text()));
            if (!marks.stream().allMatch(Currencies.KNOWN::isWeak)) {
                marks.removeIf(Currencies.KNOWN::isWeak);
            }
            boolean endsRange = false;
            if (last != null && PriceWords.RANGE.contains(between(line, last.figure(), figure))) {
                endsRange = true;
                if (last.marks().isEmpty()) {
                    found.set(found.size() - 1, new PricedFigure(last.figure(), marks, last.endsRange()));
                } else if (marks.isEmpty()) {
                    marks.addAll(last.marks());
                }
            }
            found.add(new PricedFigure(figure, marks, endsRange));
        }
        return found;
    }

    /** "Nu 199 kr": what can be a word of prices before a figure is one. */
    private static List<Mark> withoutPriceWords(List<Mark> before) {
        return before.stream()
                .filter(mark ->
                        !Currencies.KNOWN.isWeak(mark.text()) || !PriceWords.BESIDE.contains(Plain.fold(mark.text())))
                .toList();
    }

    /** "5 руб. 50 коп.": hundredths of the amount before them. */
    private static boolean isHundredthsOf(PricedFigure last, String line, Figure figure) {
        Matcher word = WORD.matcher(line).region(figure.to(), line.length());
        String joint = between(line, last.figure(), figure).replaceAll("[., ]", "");
        return last.isSure()
                && last.figure().digits().matches(WHOLE)
                && figure.digits().matches("[0-9]{1,2}")
                && (joint.isEmpty() || PriceWords.AND.contains(joint))
                && word.lookingAt()
                && PriceWords.HUNDREDTHS.contains(Plain.fold(word.group(1)));
    }

    /** "35€ 99": the sign of the currency stands where the point would. */
    private static boolean isFraction(String line, Figure whole, List<Mark> after, Figure next) {
        if (after.size() != 1
                || !whole.digits().matches(WHOLE)
                || !next.digits().matches("[0-9]+")) {
            return false;
        }
        Mark sign = after.get(0);
        boolean isSign = sign.from() == whole.to() && sign.to() - sign.from() == 1 && !isLetter(line, sign.from());
        int gap = next.from() - sign.to();
        int digits = next.digits().length();
        boolean isNear =
                gap == 0 && digits <= MOST_AFTER_SIGN || gap == 1 && digits == 2 && line.charAt(sign.to()) == ' ';
        return isSign && isNear && Marks.after(line, next.to()).isEmpty() && !isPercent(line, next);
    }

    /** Whether the marks before a figure stand right after the one before it, and so may be that one's. */
    private static boolean reaches(String line, List<Mark> before, Figure last) {
        return line.substring(last.to(), before.get(before.size() - 1).from()).isBlank();
    }

    /** Whether the marks after a figure stand right before the next, and so are that one's. */
    private static boolean leadsOn(String line, List<Mark> after, int limit, boolean hasNext) {
        int end = after.get(after.size() - 1).to();
        return hasNext && end <= limit && line.substring(end, limit).isBlank();
    }

    private static String between(String line, Figure left, Figure right) {
        String text = line.substring(left.to(), right.from());
        for (Mark mark : Marks.after(line, left.to())) {
            text = line.substring(Math.min(mark.to(), right.from()), right.from());
        }
        for (Mark mark : Marks.before(line, right.from())) {
            int start = right.from() - text.length();
            text = mark.from() >= start ? text.substring(0, mark.from() - start) : text;
        }
        return Plain.fold(text);
    }

    private static boolean isPercent(String line, Figure figure) {
        int at = Marks.skipBlank(line, figure.to());
        boolean follows = at < line.length() && "%٪‰".indexOf(line.charAt(at)) >= 0;
        return follows || figure.from() > 0 && line.charAt(figure.from() - 1) == '%';
    }

    /** Whether a letter makes one word with what stands beside it: some scripts put no space between words. */
    private static boolean isOfWord(String line, int at) {
        return isLetter(line, at) && !isUnspaced(line.charAt(at));
    }

    static boolean isUnspaced(char c) {
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static boolean isLetter(String line, int at) {
        return at >= 0 && at < line.length() && Character.isLetter(line.charAt(at));
    }
}
