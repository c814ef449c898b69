package io.leat.format.scenario;

import io.leat.core.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that shows one rule: records in, what must come out.
 *
 * <p>{@code records.jsonl} holds the scrapes; the feed is declared by the {@code feed.yaml} of the folder, or of the nearest
 * folder above it. {@code @} and a moment before a record say when the broker took it; a line that starts with {@code
 * release } or {@code reject } is what a person says of the scrape that follows on it, after {@code reset } comes which key.
 *
 * <p>{@code changes.jsonl}, {@code held.jsonl}, {@code dead.jsonl}, {@code late.jsonl} and {@code windows.jsonl} hold what
 * must come out, for each key in order, one JSON object a line; an absent file means nothing. What comes out may say more
 * than is expected of it. {@code counters.json} says where the scrapes went, {@code waiting} how many still wait in the end;
 * where that is absent the end is waited for.
 *
 * @param folder where it is
 */
public record Scenario(Path folder) {

    /** The time of a record that the broker may take at any time. */
    public static final long ANY_TIME = -1;

    /** The counter of records that wait in the end. */
    public static final String WAITING = "waiting";

    /** What a folder must hold to be one. */
    public static final String RECORDS = "records.jsonl";

    static final String COUNTERS = "counters.json";

    private static final String FEED = "feed.yaml";
    private static final int MOST_ABOVE = 4;
    private static final int DEEPEST = 4;
    private static final Pattern LINE = Pattern.compile("(?:@(\\S+) )?(?:(release|reject|reset) )?(.*)");

    /**
     * A line of the records.
     *
     * @param takenMillis when the broker took it, milliseconds since 1970, or {@link #ANY_TIME}
     * @param ruling what a person says of the scrape; {@link Ruling#NONE} for the scrape itself
     * @param value the scrape
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Line(long takenMillis, Ruling ruling, byte[] value) {}

    /**
     * A line of what is expected.
     *
     * @param number from 1; blank lines count
     */
    record Expected(int number, String json) {}

    /** A folder cannot be run as it is. The message says where and why. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** All of a folder: itself, or those in and below it, by name. */
    public static List<Scenario> in(Path folder) {
        try (Stream<Path> files =
                Files.find(folder, DEEPEST, (file, kind) -> kind.isRegularFile() && file.endsWith(RECORDS))) {
            return files.map(Path::getParent)
                    .sorted()
                    .map(Scenario::new)
                    .filter(each -> each.isMeant(folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with records alone, such as that of {@code leat init}, says nothing of what must come out. */
    private boolean isMeant(Path asked) {
        return folder.equals(asked)
                || Files.exists(folder.resolve(COUNTERS))
                || Stream.of(Found.FILES).anyMatch(file -> Files.exists(folder.resolve(file)));
    }

    /** The folder's name. */
    public String name() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }

    /**
     * What declares its feed.
     *
     * @throws Unusable if there is none
     */
    public Path feedFile() {
        Path at = folder;
        for (int above = 0; above < MOST_ABOVE && at != null; above++) {
            if (Files.isRegularFile(at.resolve(FEED))) {
                return at.resolve(FEED);
            }
            at = at.getParent() == null ? at.toAbsolutePath().getParent() : at.getParent();
        }
        throw new Unusable("%s: there is no feed.yaml in it, nor in the folders above it.".formatted(folder));
    }

    /**
     * The records in order.
     *
     * @throws Unusable if a moment is none
     */
    public List<Line> records() {
        List<Line> records = new ArrayList<>();
        for (Expected line : lines(RECORDS)) {
            Matcher parts = LINE.matcher(line.json());
            boolean unused = parts.matches(); // any line does
            String ruling = parts.group(2);
            records.add(new Line(
                    moment(parts.group(1), line.number()),
                    ruling == null ? Ruling.NONE : Ruling.valueOf(ruling.toUpperCase(Locale.ROOT)),
                    parts.group(3).getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private long moment(@Nullable String text, int number) {
        try {
            return text == null ? ANY_TIME : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new Unusable("%s:%s: '%s' is not a moment; write @2026-02-07T17:22:01Z."
                    .formatted(folder.resolve(RECORDS), number, text));
        }
    }

    /** How many records still wait in the end. */
    public long waiting() {
        return counters().getOrDefault(WAITING, 0L);
    }

    /**
     * Where the scrapes must go; a counter that is not named is 0. Empty if nothing is said of it.
     *
     * @throws Unusable if the file does not hold whole numbers by name
     */
    public Map<String, Long> counters() {
        StringBuilder whole = new StringBuilder();
        lines(COUNTERS).forEach(line -> whole.append(line.json()));
        Map<String, Long> counters = new LinkedHashMap<>();
        if (whole.isEmpty()) {
            return counters;
        }
        String flat = whole.toString().strip();
        boolean isObject = flat.startsWith("{") && flat.endsWith("}");
        String inner = isObject ? flat.substring(1, flat.length() - 1) : "";
        for (String member : inner.split(",")) {
            Matcher counter = COUNTER.matcher(member.strip());
            if (!counter.matches()) {
                throw new Unusable("%s: write {\"in\": 3, \"changed\": 1}.".formatted(folder.resolve(COUNTERS)));
            }
            counters.put(counter.group(1), Long.parseLong(counter.group(2)));
        }
        return counters;
    }

    private static final Pattern COUNTER = Pattern.compile("\"([a-z_]+)\"\\s*:\\s*(\\d{1,15})");

    /** The lines of a file that are not blank; none if it is absent. */
    List<Expected> lines(String file) {
        Path path = folder.resolve(file);
        try {
            List<Expected> lines = new ArrayList<>();
            if (Files.exists(path)) {
                String[] all = Files.readString(path).split("\n", -1);
                for (int i = 0; i < all.length; i++) {
                    if (!all[i].isBlank()) {
                        lines.add(new Expected(i + 1, all[i].strip()));
                    }
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
