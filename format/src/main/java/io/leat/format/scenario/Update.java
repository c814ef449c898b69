package io.leat.format.scenario;

import io.leat.core.Limits;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what came out as what is expected from now on. */
public final class Update {

    /** What a change is known by and what it says; ids and places follow from the records. */
    private static final List<String> OF_A_CHANGE =
            List.of("key", "seq", "op", "changed", "before", "after", "event_time");

    private static final List<String> OF_A_HELD = List.of("key", "status", "doubts");

    private Update() {}

    /**
     * Writes the files of a scenario in which something differs.
     *
     * @return the files written, or removed because nothing came
     */
    public static List<Path> write(
            Scenario scenario, Found found, Map<String, Long> counters, List<Verdict.Difference> differences)
            throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, List<String>> file : found.byFile().entrySet()) {
            Path path = scenario.folder().resolve(file.getKey());
            if (differences.stream().noneMatch(each -> each.file().equals(path))) {
                continue;
            }
            if (file.getValue().isEmpty()) {
                Files.delete(path);
            } else {
                Files.writeString(
                        path,
                        file.getValue().stream()
                                .map(each -> essence(file.getKey(), each) + "\n")
                                .collect(Collectors.joining()));
            }
            written.add(path);
        }
        Path path = scenario.folder().resolve(Scenario.COUNTERS);
        if (!Files.exists(path)
                || differences.stream().anyMatch(each -> each.file().equals(path))) {
            Files.writeString(
                    path,
                    counters.entrySet().stream()
                            .filter(each ->
                                    each.getValue() != 0 || each.getKey().equals("in"))
                            .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                            .collect(Collectors.joining(",", "{", "}\n")));
            written.add(path);
        }
        return written;
    }

    private static String essence(String file, String json) {
        List<String> members =
                file.equals("changes.jsonl") ? OF_A_CHANGE : file.equals("held.jsonl") ? OF_A_HELD : List.of();
        DocumentReader reader = new DocumentReader(Limits.WIDEST);
        if (members.isEmpty() || reader.read(json.getBytes(StandardCharsets.UTF_8)) != null) {
            return json;
        }
        Document rec = reader.document();
        return members.stream()
                .filter(name -> rec.member(Document.ROOT, Name.of(name)) != Document.NONE)
                .map(name -> "\"" + name + "\":" + rec.canonical(rec.member(Document.ROOT, Name.of(name))))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
