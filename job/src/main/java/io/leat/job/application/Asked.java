package io.leat.job.application;

import io.leat.job.Refusal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FeedApplication} is asked for, in the words of {@code leat submit}.
 *
 * @param file the feed file, as the job manager finds it; its contract lies beside it
 * @param kafka bootstrap servers
 * @param flink settings by Flink's own names, which take the place of the cluster's
 * @param accepted refusals that a person has overridden
 */
record Asked(Path file, String kafka, Map<String, String> flink, Set<Refusal.Code> accepted) {

    private static final String USAGE = "FEED.yaml --kafka HOST:PORT [--parallelism N] [--checkpoints URI]"
            + " [--accept WORD]... [-D KEY=VALUE]...";
    private static final Map<String, String> BY_OPTION =
            Map.of("--parallelism", "parallelism.default", "--checkpoints", "execution.checkpointing.dir");

    Asked {
        flink = Map.copyOf(flink);
        accepted = Set.copyOf(accepted);
    }

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException with what is wrong and what there is
     */
    static Asked of(List<String> arguments) {
        Path file = null;
        String kafka = null;
        Map<String, String> flink = new LinkedHashMap<>();
        Set<Refusal.Code> accepted = EnumSet.noneOf(Refusal.Code.class);
        Iterator<String> rest = arguments.iterator();
        UnaryOperator<String> value = option -> {
            if (!rest.hasNext()) {
                throw wrong(option + " lacks its value");
            }
            return rest.next();
        };
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--kafka")) {
                kafka = value.apply(word);
            } else if (BY_OPTION.containsKey(word)) {
                flink.put(Objects.requireNonNull(BY_OPTION.get(word)), value.apply(word));
            } else if (word.equals("--accept")) {
                accepted.add(code(value.apply(word)));
            } else if (word.equals("-D")) {
                set(flink, value.apply(word));
            } else if (word.startsWith("-") || file != null) {
                throw wrong("'" + word + "' is not understood");
            } else {
                file = Path.of(word);
            }
        }
        return new Asked(given(file, "FEED.yaml"), given(kafka, "--kafka"), flink, accepted);
    }

    private static Refusal.Code code(String word) {
        return Refusal.Code.accepting(word)
                .orElseThrow(() -> wrong("there is nothing to accept under the name '" + word + "'"));
    }

    private static void set(Map<String, String> flink, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw wrong("'" + setting + "' is no KEY=VALUE");
        }
        flink.put(setting.substring(0, equals), setting.substring(equals + 1));
    }

    private static <T> T given(@Nullable T value, String name) {
        if (value == null) {
            throw wrong(name + " is not given");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; there is " + USAGE);
    }
}
