package io.leat.format.scenario;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds what came out against what a scenario expects. For one thread. */
public final class Verdict {

    private static final Name KEY = Name.of("key");
    private static final int LONGEST = 400;

    private final Scenario scenario;
    private final DocumentReader expectedReader = new DocumentReader(Limits.WIDEST);
    private final DocumentReader foundReader = new DocumentReader(Limits.WIDEST);
    private final List<Difference> differences = new ArrayList<>();

    private Verdict(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Where the two differ.
     *
     * @param file of the scenario, as its folder was named
     * @param line of the file, 0 for something that it does not have
     * @param what what was expected there and what came, in a sentence of one or several lines
     */
    public record Difference(Path file, int line, String what) {
        @Override
        public String toString() {
            return line == 0 ? file + ": " + what : file + ":" + line + ": " + what;
        }
    }

    /**
     * All differences; empty if the scenario holds.
     *
     * @param counters where the scrapes went; empty to leave them out
     */
    public static List<Difference> of(Scenario scenario, Found found, Map<String, Long> counters) {
        Verdict verdict = new Verdict(scenario);
        found.byFile().forEach(verdict::compare);
        if (!counters.isEmpty()) {
            verdict.compare(counters);
        }
        return List.copyOf(verdict.differences);
    }

    private void compare(Map<String, Long> counters) {
        Map<String, Long> expected = scenario.counters();
        long sum = 0;
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            long wanted = expected.getOrDefault(counter.getKey(), 0L);
            if (!expected.isEmpty() && wanted != counter.getValue()) {
                add(
                        Scenario.COUNTERS,
                        1,
                        "%s: expected %s, found %s".formatted(counter.getKey(), wanted, counter.getValue()));
            }
            sum += counter.getKey().equals("in") ? 0 : counter.getValue();
        }
        expected.keySet().stream()
                .filter(name -> !counters.containsKey(name))
                .forEach(name -> add(
                        Scenario.COUNTERS,
                        1,
                        "there is no counter '%s'; there are %s".formatted(name, counters.keySet())));
        if (sum != counters.getOrDefault("in", 0L)) {
            add(Scenario.COUNTERS, 0, "the counters do not balance: " + counters);
        }
    }

    private void add(String file, int line, String what) {
        differences.add(new Difference(scenario.folder().resolve(file), line, what));
    }

    private void compare(String file, List<String> found) {
        Map<String, List<Scenario.Expected>> expected = new LinkedHashMap<>();
        for (Scenario.Expected line : scenario.lines(file)) {
            Refusal refusal = expectedReader.read(line.json().getBytes(StandardCharsets.UTF_8));
            if (refusal != null || expectedReader.document().kind(Document.ROOT) != JsonKind.OBJECT) {
                add(file, line.number(), "this is not a JSON object");
                continue;
            }
            expected.computeIfAbsent(key(expectedReader.document()), key -> new ArrayList<>())
                    .add(line);
        }
        Map<String, List<String>> actual = new LinkedHashMap<>();
        for (String one : found) {
            read(foundReader, one);
            actual.computeIfAbsent(key(foundReader.document()), key -> new ArrayList<>())
                    .add(one);
        }
        expected.forEach((key, wanted) -> compare(file, wanted, actual.getOrDefault(key, List.of())));
        actual.forEach((key, got) -> {
            if (!expected.containsKey(key)) {
                got.forEach(each -> add(file, 0, "not expected: " + shortened(each)));
            }
        });
    }

    private void compare(String file, List<Scenario.Expected> wanted, List<String> got) {
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            if (i >= wanted.size()) {
                add(file, 0, "not expected: " + shortened(got.get(i)));
            } else if (i >= got.size()) {
                add(
                        file,
                        wanted.get(i).number(),
                        "missing: " + shortened(wanted.get(i).json()));
            } else {
                read(expectedReader, wanted.get(i).json());
                read(foundReader, got.get(i));
                List<String> unlike = new ArrayList<>();
                unlike(Document.ROOT, Document.ROOT, "", unlike);
                if (!unlike.isEmpty()) {
                    add(file, wanted.get(i).number(), String.join("; ", unlike));
                }
            }
        }
    }

    private static void read(DocumentReader reader, String json) {
        Refusal refusal = reader.read(json.getBytes(StandardCharsets.UTF_8));
        if (refusal != null) {
            throw new IllegalArgumentException("not JSON: " + refusal);
        }
    }

    private static String key(Document rec) {
        int key = rec.member(Document.ROOT, KEY);
        return key == Document.NONE ? "" : rec.canonical(key);
    }

    /** Collects where what was found does not say what is expected of it. */
    private void unlike(int expected, int found, String path, List<String> unlike) {
        Document wanted = expectedReader.document();
        Document got = foundReader.document();
        if (wanted.kind(expected) == JsonKind.OBJECT && got.kind(found) == JsonKind.OBJECT) {
            for (int member = expected + 1; member < wanted.after(expected); member = wanted.after(member)) {
                String name = wanted.name(member);
                String below = path.isEmpty() ? name : path + "." + name;
                unlike(member, got.member(found, Name.of(name)), below, unlike);
            }
        } else if (found == Document.NONE
                ? wanted.kind(expected) != JsonKind.NULL
                : !wanted.same(expected, got, found)) {
            unlike.add("%s: expected %s, found %s"
                    .formatted(
                            path,
                            shortened(wanted.canonical(expected)),
                            found == Document.NONE ? "nothing" : shortened(got.canonical(found))));
        }
    }

    private static String shortened(String json) {
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
    }
}
