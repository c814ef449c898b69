package io.leat.core.normalize;

import java.util.List;

/** Settles whose the marks are that stand between two figures: those of the one they are glued to. */
final class Owners {

    private final List<Token> tokens;

    private Owners(List<Token> tokens) {
        this.tokens = tokens;
    }

    static void settle(List<Token> tokens, List<Candidate> found) {
        Owners owners = new Owners(tokens);
        for (int i = 1; i < found.size(); i++) {
            Candidate left = found.get(i - 1);
            Candidate right = found.get(i);
            if (!left.after.isEmpty() && !right.before.isEmpty() && right.first < left.end) {
                owners.settle(left, right);
            }
        }
    }

    private void settle(Candidate left, Candidate right) {
        for (int at = right.first; at < left.end; at++) {
            if (tokens.get(at).is('-')) {
                return;
            }
        }
        int first = right.first;
        boolean isGluedLeft = tokens.get(first - 1).to() == tokens.get(first).from();
        boolean isGluedRight =
                tokens.get(right.at - 1).to() == tokens.get(right.at).from();
        if (left.end < right.at) {
            give(left, right, true);
        } else if (!right.after.isEmpty() && left.before.isEmpty()) {
            give(left, right, isGluedLeft || !isGluedRight || left.figure.hasCents());
        } else if (!left.before.isEmpty() && right.after.isEmpty()) {
            give(left, right, false);
        } else if (isGluedLeft != isGluedRight) {
            give(left, right, isGluedLeft);
        } else if (left.figure.hasCents() != right.figure.hasCents()) {
            give(left, right, left.figure.hasCents());
        } else if (!left.before.isEmpty()) {
            give(left, right, true);
        } else {
            left.doubt = "two numbers, and the currency between them may be either's";
            give(left, right, true);
        }
    }

    private static void give(Candidate left, Candidate right, boolean isLeft) {
        if (isLeft) {
            right.before = List.of();
            right.first = right.at;
        } else {
            left.after = List.of();
            left.end = right.first;
        }
    }
}
