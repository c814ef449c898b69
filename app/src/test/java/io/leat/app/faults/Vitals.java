package io.leat.app.faults;

import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes hold, looked at again and again: heap after a collection, threads and descriptors of each, and what is on the disk. */
final class Vitals {

    private static final Pattern USED = Pattern.compile("generation.* used (\\d+)K");
    private static final int JCMD_SECONDS = 60;
    private static final int FEWEST = 6;
    private static final long MEGABYTE = 1 << 20;

    /** How much more the last third of the looks may show than the middle one: a quarter, and so much. */
    private enum Figure {
        HEAP_MB(24),
        THREADS(12),
        DESCRIPTORS(40),
        DISK_MB(32);

        private final long slack;

        Figure(long slack) {
            this.slack = slack;
        }
    }

    private final Map<String, Map<Figure, List<Long>>> seen = new TreeMap<>();

    /** Looks at processes by their names, and at what lies below directories. */
    void look(Map<String, OsProcess> processes, List<Path> directories) throws IOException, InterruptedException {
        for (Map.Entry<String, OsProcess> each : processes.entrySet()) {
            long pid = each.getValue().pid();
            note(each.getKey(), Figure.THREADS, count(Path.of("/proc/" + pid + "/task")));
            note(each.getKey(), Figure.DESCRIPTORS, count(Path.of("/proc/" + pid + "/fd")));
            note(each.getKey(), Figure.HEAP_MB, heap(pid));
        }
        long bytes = 0;
        for (Path directory : directories) {
            bytes += bytes(directory);
        }
        note("all", Figure.DISK_MB, bytes / MEGABYTE);
    }

    private void note(String name, Figure figure, long amount) {
        seen.computeIfAbsent(name, same -> new TreeMap<>())
                .computeIfAbsent(figure, same -> new ArrayList<>())
                .add(amount);
    }

    private static long count(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.count();
        }
    }

    private static long bytes(Path dir) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(dir)) {
            all = found.toList();
        } catch (java.io.UncheckedIOException e) {
            return bytes(dir); // one went away meanwhile
        }
        long bytes = 0;
        for (Path each : all) {
            try {
                bytes += Files.isRegularFile(each) ? Files.size(each) : 0;
            } catch (NoSuchFileException e) {
                continue; // it went away meanwhile
            }
        }
        return bytes;
    }

    private static long heap(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes / 1024;
    }

    private static String jcmd(long pid, String what) throws IOException, InterruptedException {
        Path out = Files.createTempFile("jcmd", ".out");
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            what)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!jcmd.waitFor(JCMD_SECONDS, TimeUnit.SECONDS)) {
                jcmd.destroyForcibly();
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
        }
    }

    /** What has grown from the middle third of the looks to the last; nothing can be said of few looks. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        seen.forEach((name, figures) -> figures.forEach((figure, all) -> {
            long middle = median(all, 1);
            long last = median(all, 2);
            if (all.size() >= FEWEST && last > middle + middle / 4 + figure.slack) {
                grown.add("%s %s: from %d to %d".formatted(name, word(figure), middle, last));
            }
        }));
        return grown;
    }

    /** A table in Markdown: the medians of the first, the middle and the last third. */
    String table() {
        StringBuilder table = new StringBuilder(
                "| process | what | looks | first third | middle | last |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
        seen.forEach(
                (name, figures) -> figures.forEach((figure, all) -> table.append("| %s | %s | %d | %d | %d | %d |%n"
                        .formatted(name, word(figure), all.size(), median(all, 0), median(all, 1), median(all, 2)))));
        return table.toString();
    }

    private static String word(Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT).replace("_mb", ", MB");
    }

    private static long median(List<Long> all, int third) {
        List<Long> part = all
                .subList(all.size() * third / 3, Math.max(all.size() * third / 3 + 1, all.size() * (third + 1) / 3))
                .stream()
                .sorted()
                .toList();
        return part.get(part.size() / 2);
    }
}
