package io.leat.format.contract;

import io.leat.core.FieldPath;
import io.leat.core.Refusal.Code;
import io.leat.format.json.Document;
import java.util.ArrayList;
import java.util.List;

/** One record held against one contract: what was broken last, and how many steps are left. */
final class Trial {

    private final Steps steps;
    private int value;
    private String member = "";
    private String rule = "";
    private String expected = "";

    Trial(Steps steps) {
        this.steps = steps;
    }

    /** Notes that a value breaks a rule. */
    boolean breaks(int brokenValue, String brokenRule, String expects) {
        value = brokenValue;
        member = "";
        rule = brokenRule;
        expected = expects;
        return false;
    }

    /** Notes that an object lacks a member. */
    boolean lacks(int object, String brokenRule, String name) {
        breaks(object, brokenRule, "to be there");
        member = name;
        return false;
    }

    /** Spends a step of those that a record may take. */
    void step() {
        steps.spend(1);
    }

    Breach breach(Document document) {
        List<String> names = new ArrayList<>(document.pathTo(value));
        boolean isAbsent = !member.isEmpty();
        if (isAbsent) {
            names.add(member);
        }
        String field = names.isEmpty() ? "" : new FieldPath(names).toString();
        return new Breach(
                Code.CONTRACT_BROKEN, field, rule, expected, isAbsent ? "nothing" : document.canonical(value));
    }

    static Breach tooCostly() {
        return new Breach(
                Code.CONTRACT_TOO_COSTLY,
                "",
                "pattern",
                "a pattern or alternative that is soon decided",
                "too many steps");
    }
}
