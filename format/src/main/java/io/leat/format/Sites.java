package io.leat.format;

import io.leat.core.Rules;

/** Which site a key belongs to. Thread-safe. */
public final class Sites {

    private final Rules.Gone rule;

    public Sites(Rules.Gone rule) {
        this.rule = rule;
    }

    /** The canonical text of the part that names a key's site; empty if all keys are of one. */
    public String of(String key) {
        return rule.sitePart() < 0
                ? ""
                : CanonicalJson.of(Json.OWN.readTree(key).path(rule.sitePart()));
    }
}
