package io.leat.format.contract;

import io.leat.format.json.Document;
import java.util.List;

/** Rules made of rules. Each alternative costs a step: nested ones could otherwise be tried without end. */
final class Logic {

    private Logic() {}

    /** Every one of them. */
    static Check all(List<Check> checks) {
        Check[] every = checks.stream().filter(check -> check != Check.NOTHING).toArray(Check[]::new);
        return switch (every.length) {
            case 0 -> Check.NOTHING;
            case 1 -> every[0];
            default ->
                (document, value, trial) -> {
                    for (Check check : every) {
                        if (!check.passes(document, value, trial)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }

    /** {@code anyOf}. */
    static Check any(List<Check> checks) {
        Check[] every = checks.toArray(Check[]::new);
        return (document, value, trial) -> {
            for (Check check : every) {
                trial.step();
                if (check.passes(document, value, trial)) {
                    return true;
                }
            }
            return trial.breaks(value, "anyOf", "what fits one of %s alternatives".formatted(every.length));
        };
    }

    /** {@code oneOf}. */
    static Check one(List<Check> checks) {
        Check[] every = checks.toArray(Check[]::new);
        return (document, value, trial) -> {
            int fits = count(every, document, value, trial);
            return fits == 1
                    || trial.breaks(
                            value,
                            "oneOf",
                            "what fits exactly one of %s alternatives, not %s"
                                    .formatted(every.length, fits == 0 ? "none" : "several"));
        };
    }

    private static int count(Check[] checks, Document document, int value, Trial trial) {
        int fits = 0;
        for (int i = 0; i < checks.length && fits < 2; i++) {
            trial.step();
            fits += checks[i].passes(document, value, trial) ? 1 : 0;
        }
        return fits;
    }

    /** {@code not}. */
    static Check not(Check check) {
        return (document, value, trial) -> {
            trial.step();
            return !check.passes(document, value, trial)
                    || trial.breaks(value, "not", "anything but what the schema rules out");
        };
    }

    /** {@code if}, {@code then}, {@code else}. */
    static Check when(Check condition, Check then, Check otherwise) {
        return (document, value, trial) -> {
            trial.step();
            return condition.passes(document, value, trial)
                    ? then.passes(document, value, trial)
                    : otherwise.passes(document, value, trial);
        };
    }
}
