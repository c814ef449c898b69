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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Watches streams whose sites truly changed their pages. What is true is taken from the list of every field and type with its
 * first and last record, and from nothing else:
 *
 * <ul>
 *   <li>a field comes no more, or a type begins that most records have from then on: this has to be told, within
 *       {@value #WITHIN} records
 *   <li>a type begins that some records have: this may be told
 * </ul>
 *
 * <p>and nothing else may be, nor anything twice. Both for fields whose site was known by then, as the feed file defines it, and
 * that were more than hardly ever there.
 */
class RealDriftTest {

    private static final Path DATA =
            Path.of(System.getProperty("leat.shared", "../../shared")).resolve("data");
    private static final int WITHIN = 50;
    private static final int KNOWN = 300;
    private static final int KNOWN_IN_A_DAY = 10_000;
    private static final double HARDLY = 0.02;
    private static final double MOST = 0.9;

    /** A site's records: their places in the stream, and their moments, one for each crawl in most streams. */
    private record Site(List<Long> seqs, List<Long> millis) {

        int place(long seq) {
            return Collections.binarySearch(seqs, seq);
        }

        boolean isKnownAt(int place) {
            long span = millis.get(place) - millis.get(0);
            return place >= KNOWN_IN_A_DAY
                    || place >= KNOWN && span >= Duration.ofDays(1).toMillis();
        }
    }

    /** A look of a field in the list: which of the site's records were the first and last that had it, and how many did. */
    private record Row(Look look, int first, int last, long records) {

        Row and(Row other) {
            return new Row(look, Math.min(first, other.first), Math.max(last, other.last), records + other.records);
        }
    }

    /** A true drift. */
    private record Drift(Look look, int first, boolean hasToBeTold) {}

    /** What was told: after which of the site's records, and the number it gave the drift. */
    private record Told(Look look, int place, int number) {}

    @ParameterizedTest
    @ValueSource(strings = {"velib-stations", "demo-cs2-rifles", "pc-parts", "llm-api-prices"})
    void everyTrueDriftIsToldOnceWithinItsFirstRecordsAndNoOther(String name) throws IOException {
        if (!Files.isDirectory(DATA.resolve(name))) {
            System.out.println("SKIPPED drift of " + name + ": there is no " + DATA + ", set -Dleat.shared");
        }
        assumeTrue(Files.isDirectory(DATA.resolve(name)));
        Map<String, Site> sites = new HashMap<>();
        Map<String, List<Told>> told = watch(DATA.resolve(name), sites);
        Map<String, Map<Look, Row>> listed = listed(DATA.resolve(name).resolve("schema.tsv"), sites);
        assertThat(listed.keySet()).containsAll(told.keySet());
        List<String> wrong = new ArrayList<>();
        int due = 0;
        for (Map.Entry<String, Map<Look, Row>> field : listed.entrySet()) {
            List<Told> rest = new ArrayList<>(told.getOrDefault(field.getKey(), List.of()));
            for (Drift drift : drifts(field.getValue(), sites.get(site(field.getKey())))) {
                List<Told> its = rest.stream()
                        .filter(one -> one.look() == drift.look() && one.place() >= drift.first())
                        .toList();
                rest.removeAll(its);
                due += drift.hasToBeTold() ? 1 : 0;
                if (drift.hasToBeTold() && (its.isEmpty() || its.get(0).place() > drift.first() + WITHIN)) {
                    wrong.add("late or not told: " + field.getKey() + " " + drift + " " + its);
                }
                if (its.stream().map(Told::number).distinct().count() > 1) {
                    wrong.add("told twice: " + field.getKey() + " " + drift + " " + its);
                }
            }
            rest.forEach(one -> wrong.add("not true: " + field.getKey() + " " + one));
        }
        assertThat(wrong).isEmpty();
        long all = told.values().stream().mapToLong(List::size).sum();
        System.out.println(name + ": " + due + " drifts had to be told; told were " + all + ", all true");
    }

    private static Map<String, List<Told>> watch(Path folder, Map<String, Site> sites) throws IOException {
        Map<String, List<Told>> told = new HashMap<>();
        Drifts drifts = new Drifts();
        long seq = 0;
        try (BufferedReader stream = lines(folder)) {
            for (String line = stream.readLine(); line != null; line = stream.readLine(), seq++) {
                JsonNode scrape = Json.OWN.readTree(line);
                Observation seen = observation(scrape);
                long millis = Instant.parse(scrape.required("arrived_at").stringValue())
                        .toEpochMilli();
                Site site = sites.computeIfAbsent(seen.site(), fresh -> new Site(new ArrayList<>(), new ArrayList<>()));
                site.seqs().add(seq);
                site.millis().add(millis);
                for (DriftAlert alert : drifts.observe(seen, millis)) {
                    if (alert.state() == State.STARTED) {
                        told.computeIfAbsent(alert.site() + " " + alert.field(), field -> new ArrayList<>())
                                .add(new Told(alert.now(), site.seqs().size() - 1, alert.number()));
                    }
                }
            }
        }
        return told;
    }

    private static Observation observation(JsonNode scrape) {
        Map<String, Seen> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : scrape.required("record").properties()) {
            fields.put(member.getKey(), new Seen(look(member.getValue()), null));
        }
        return new Observation(scrape.required("source").stringValue(), fields);
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

    private static Map<String, Map<Look, Row>> listed(Path schema, Map<String, Site> sites) throws IOException {
        Map<String, Map<Look, Row>> listed = new TreeMap<>();
        List<String> lines = Files.readAllLines(schema);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Site site = sites.get(cells[0]);
            Look look =
                    switch (cells[2]) {
                        case "null", "empty-string" -> Look.EMPTY;
                        case "string" -> Look.TEXT;
                        case "array" -> Look.LIST;
                        default -> Look.valueOf(cells[2].toUpperCase(Locale.ROOT));
                    };
            Row row = new Row(
                    look,
                    site.place(Long.parseLong(cells[3])),
                    site.place(Long.parseLong(cells[5])),
                    Long.parseLong(cells[7]));
            listed.computeIfAbsent(cells[0] + " " + Json.OWN.readTree(cells[1]).stringValue(), field -> new HashMap<>())
                    .merge(look, row, Row::and);
        }
        return listed;
    }

    private static List<Drift> drifts(Map<Look, Row> field, Site site) {
        List<Drift> drifts = new ArrayList<>();
        int end = field.values().stream().mapToInt(Row::last).max().orElseThrow() + 1;
        if (isFollowedByACrawl(site, end) && isKnown(field, site, end)) {
            drifts.add(new Drift(Look.ABSENT, end, true));
        }
        for (Row row : field.values()) {
            if (isKnown(field, site, row.first())) {
                boolean hasMost = row.records() >= MOST * (row.last() + 1 - row.first());
                drifts.add(new Drift(row.look(), row.first(), hasMost && row.records() >= WITHIN));
            }
        }
        return drifts;
    }

    /** Whether the site was looked at once more: a crawl may list the items that have a field first. */
    private static boolean isFollowedByACrawl(Site site, int place) {
        int last = site.seqs().size() - 1;
        return place + WITHIN <= last
                && site.millis().get(place - 1) < site.millis().get(last);
    }

    /** Whether the field was known before this record, and more than hardly ever there. */
    private static boolean isKnown(Map<Look, Row> field, Site site, int place) {
        long values = field.values().stream()
                .filter(row -> row.look() != Look.EMPTY && row.first() < place)
                .mapToLong(Row::records)
                .sum();
        return site.isKnownAt(place) && values > HARDLY * place;
    }

    private static String site(String field) {
        return field.substring(0, field.indexOf(' '));
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
