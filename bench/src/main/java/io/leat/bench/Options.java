package io.leat.bench;

import java.util.List;

/**
 * What to run.
 *
 * @param systems as {@link io.leat.bench.process.Contestant#parse} reads them
 * @param paces records a second
 * @param rotations how often each system gets its turn
 * @param keys how many different items
 * @param warmUp scrapes before anything is measured; at least one for each key
 * @param leadInSeconds sent at the pace before each cell is counted
 * @param seconds of each cell
 * @param drain scrapes to drain, 0 for none
 * @param seed of the first rotation; each further one adds 1
 * @param label part of the results' file names; empty: nothing is written
 */
record Options(
        List<String> systems,
        List<Integer> paces,
        int rotations,
        int keys,
        long warmUp,
        int leadInSeconds,
        int seconds,
        long drain,
        long seed,
        String label) {

    private static final List<String> ALL = List.of("leat", "leat@1", "leat-alo", "flink", "streams");
    private static final Options FULL =
            new Options(ALL, List.of(10_000, 50_000), 3, 200_000, 4_000_000, 5, 20, 2_000_000, 1, "latency");

    private static final Options QUICK =
            new Options(ALL, List.of(10_000, 50_000), 1, 200_000, 400_000, 2, 8, 500_000, 1, "latency-quick");

    /** Reads {@code [--quick] [--NAME VALUE]…}; later ones win. */
    static Options parse(List<String> args) {
        Options options = args.contains("--quick") ? QUICK : FULL;
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            if (!name.equals("--quick")) {
                if (i + 1 == args.size()) {
                    throw new IllegalArgumentException(name + " needs a value");
                }
                options = options.with(name, args.get(++i));
            }
        }
        return options;
    }

    private Options with(String name, String value) {
        boolean known = List.of(
                        "--systems",
                        "--paces",
                        "--rotations",
                        "--warm-up",
                        "--lead-in",
                        "--seconds",
                        "--drain",
                        "--seed",
                        "--label")
                .contains(name);
        if (!known) {
            throw new IllegalArgumentException("unknown option " + name);
        }
        return new Options(
                name.equals("--systems") ? List.of(value.split(",")) : systems,
                name.equals("--paces")
                        ? List.of(value.split(",")).stream()
                                .map(Integer::valueOf)
                                .toList()
                        : paces,
                name.equals("--rotations") ? Integer.parseInt(value) : rotations,
                keys,
                name.equals("--warm-up") ? Math.max(keys, Long.parseLong(value)) : warmUp,
                name.equals("--lead-in") ? Integer.parseInt(value) : leadInSeconds,
                name.equals("--seconds") ? Integer.parseInt(value) : seconds,
                name.equals("--drain") ? Long.parseLong(value) : drain,
                name.equals("--seed") ? Long.parseLong(value) : seed,
                name.equals("--label") ? value : label);
    }
}
