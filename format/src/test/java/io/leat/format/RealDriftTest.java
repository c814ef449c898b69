package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.core.drift.DriftAlert;
import io.leat.core.drift.DriftAlert.State;
import io.leat.core.drift.Drifts;
import io.leat.core.drift.Look;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Observation.Seen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Watches streams whose sites truly changed their pages. A true drift is told by the list of every field and type with its
 * first and last record: a field that was there and comes no more, and one that is empty where it never was.
 */
class RealDriftTest {

    private static final Path DATA =
            Path.of(System.getProperty("leat.shared", "../../shared")).resolve("data");
    private static final int WITHIN = 50;

    /** A field's type in the list: where it was first and last seen. */
    private record Row(String type, long first, long last, long records) {}

    @ParameterizedTest
    @ValueSource(strings = {"velib-stations", "demo-cs2-rifles"})
    void everyTrueDriftIsToldOnceWithinItsFirstRecordsAndNoOther(String name) throws IOException {
        if (!Files.isDirectory(DATA.resolve(name))) {
            System.out.println("SKIPPED drift of " + name + ": there is no " + DATA + ", set -Dleat.shared");
        }
        assumeTrue(Files.isDirectory(DATA.resolve(name)));

        TreeMap<String, Long> told = new TreeMap<>();
        TreeSet<String> twice = new TreeSet<>();
        Drifts drifts = new Drifts();
        long seq = 0;
        Map<String, Long> lastRecord = new HashMap<>();
        try (BufferedReader stream = lines(DATA.resolve(name))) {
            for (String line = stream.readLine(); line != null; line = stream.readLine(), seq++) {
                JsonNode scrape = Json.OWN.readTree(line);
                lastRecord.put(scrape.required("source").stringValue(), seq);
                for (DriftAlert alert : drifts.observe(observation(scrape))) {
                    if (alert.state() == State.STARTED) {
                        String drift = alert.site() + " " + alert.field() + " "
                                + alert.now().word();
                        if (told.put(drift, seq) != null) {
                            twice.add(drift);
                        }
                    }
                }
            }
        }
        TreeMap<String, Long> due = due(DATA.resolve(name).resolve("schema.tsv"), lastRecord);
        assertThat(told.keySet()).isEqualTo(due.keySet());
        assertThat(twice).isEmpty();
        due.forEach((drift, first) -> assertThat(told.get(drift)).as(drift).isBetween(first, first + WITHIN));
        System.out.println(name + ": " + due.size() + " drifts told, each once");
    }

    private static Observation observation(JsonNode scrape) {
        Map<String, Seen> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : scrape.required("record").properties()) {
            fields.put(member.getKey(), new Seen(look(member.getValue()), null));
        }
        return new Observation(
                scrape.required("source").stringValue(),
                Instant.parse(scrape.required("arrived_at").stringValue()).toEpochMilli(),
                fields);
    }

    private static Look look(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue().isEmpty() ? Look.EMPTY : Look.TEXT;
            case NUMBER -> Look.NUMBER;
            case BOOLEAN -> Look.BOOLEAN;
            case ARRAY -> Look.LIST;
            case OBJECT -> Look.OBJECT;
            default -> Look.EMPTY;
        };
    }

    /** The first record of every drift of the list. */
    private static TreeMap<String, Long> due(Path schema, Map<String, Long> lastRecord) throws IOException {
        Map<String, List<Row>> rows = new HashMap<>();
        for (String line :
                Files.readAllLines(schema).subList(1, Files.readAllLines(schema).size())) {
            String[] cells = line.split("\t", -1);
            String field = cells[0] + " " + Json.OWN.readTree(cells[1]).stringValue();
            rows.computeIfAbsent(field, f -> new ArrayList<>())
                    .add(new Row(
                            cells[2], Long.parseLong(cells[3]), Long.parseLong(cells[5]), Long.parseLong(cells[7])));
        }
        TreeMap<String, Long> due = new TreeMap<>();
        rows.forEach((field, types) -> {
            long last = types.stream().mapToLong(Row::last).max().orElseThrow();
            if (last + WITHIN < lastRecord.getOrDefault(field.substring(0, field.indexOf(' ')), 0L)) {
                due.put(field + " empty", last + 1);
            }
            types.stream()
                    .filter(row -> row.type().equals("empty-string")
                            && row.first() > types.get(0).first() + 10_000)
                    .forEach(row -> due.put(field + " empty", row.first()));
        });
        return due;
    }

    private static BufferedReader lines(Path folder) throws IOException {
        Path zstd = folder.resolve("stream.jsonl.zst");
        return new BufferedReader(new InputStreamReader(
                Files.exists(zstd)
                        ? new ZstdInputStream(Files.newInputStream(zstd))
                        : new java.util.zip.GZIPInputStream(Files.newInputStream(folder.resolve("stream.jsonl.gz"))),
                StandardCharsets.UTF_8));
    }
}
