package io.leat.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * Judges a directory of files and manifests from outside: it knows nothing of how they were written, only what a reader is
 * promised. Uses the caller's thread.
 */
public final class FilesJudge {

    /** What a store that keeps its objects as files has not taken wholly yet: no object, and no reader of the store sees it. */
    private static final Pattern HALF_TAKEN = Pattern.compile(".*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path root;
    private final List<String> faults = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final Map<String, Instant> completeUntil = new TreeMap<>();
    private int manifests;
    private int files;

    private FilesJudge(Path root) {
        this.root = root;
    }

    /**
     * What was found.
     *
     * @param lines every change by the manifests, in the order of each chain
     * @param manifests how many manifests there are
     * @param files how many files they name
     * @param orphans files that no manifest names: no reader sees them
     * @param completeUntil by partition of a chain, until when it is complete
     * @param faults what breaks the promise, at best nothing
     */
    public record Verdict(
            List<String> lines,
            int manifests,
            int files,
            int orphans,
            Map<String, Instant> completeUntil,
            List<String> faults) {}

    /** Looks at a directory as it is now. */
    public static Verdict judge(Path root) throws IOException {
        return new FilesJudge(root).look();
    }

    /** Until when each partition of a chain is complete, by the newest manifests alone: cheap, and no judgement. */
    public static Map<String, Instant> completeUntil(Path root) throws IOException {
        FilesJudge judge = new FilesJudge(root);
        Map<Path, Path> newest = new TreeMap<>();
        for (Path manifest : judge.below("_manifests")) {
            if (!manifest.getFileName().toString().startsWith(".")) {
                newest.put(manifest.getParent(), manifest);
            }
        }
        Map<String, Instant> until = new TreeMap<>();
        for (Path manifest : newest.values()) {
            JsonNode told = PlainJson.parse(Files.readAllBytes(manifest)).path("complete_until");
            if (told.isString()) {
                until.put(root.relativize(manifest.getParent()).toString(), Instant.parse(told.stringValue()));
            }
        }
        return until;
    }

    private Verdict look() throws IOException {
        Map<Path, List<Path>> chains = new TreeMap<>();
        for (Path manifest : below("_manifests")) {
            if (!manifest.getFileName().toString().startsWith(".")) {
                chains.computeIfAbsent(manifest.getParent(), chain -> new ArrayList<>())
                        .add(manifest);
            }
        }
        for (Map.Entry<Path, List<Path>> chain : chains.entrySet()) {
            chain(root.relativize(chain.getKey()).toString(), chain.getValue());
        }
        int orphans = 0;
        for (Path file : below("data")) {
            String name = root.relativize(file).toString();
            if (!told.contains(name)) {
                orphans++;
                if (!name.contains(sha256(Files.readAllBytes(file)).substring(0, 16))) {
                    faults.add(name + " is not whole");
                }
            }
        }
        return new Verdict(
                List.copyOf(lines), manifests, files, orphans, Map.copyOf(completeUntil), List.copyOf(faults));
    }

    private List<Path> below(String directory) throws IOException {
        return files(root.resolve(directory));
    }

    /** The files below a directory that are whole, by name, while others may come; none if it is not there. */
    public static List<Path> files(Path start) throws IOException {
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!HALF_TAKEN.matcher(file.toString()).matches()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                if (gone instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // what was half taken has got its name meanwhile
                }
                throw gone;
            }
        });
        Collections.sort(found);
        return found;
    }

    private void chain(String name, List<Path> chain) throws IOException {
        long next = -1;
        for (Path path : chain) {
            manifests++;
            JsonNode manifest = PlainJson.parse(Files.readAllBytes(path));
            if (manifest.has("complete_until")) {
                completeUntil.merge(
                        name,
                        Instant.parse(manifest.get("complete_until").stringValue()),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
            if (!manifest.has("first_offset")) {
                expect(manifest.get("files").isEmpty(), path, "names files of no span");
                continue;
            }
            long first = manifest.get("first_offset").longValue();
            long last = manifest.get("last_offset").longValue();
            expect(first > next && last >= first, path, "speaks of what another has spoken of");
            next = last;
            long changes = 0;
            for (JsonNode file : manifest.get("files")) {
                changes += file(path, file, first, last);
            }
            expect(changes == manifest.get("changes").longValue(), path, "does not add up");
        }
    }

    private long file(Path manifest, JsonNode told, long first, long last) throws IOException {
        files++;
        String name = told.get("name").stringValue();
        expect(this.told.add(name), manifest, "names a file that another has named");
        Path path = root.resolve(name);
        if (!Files.exists(path)) {
            faults.add(name + " is not there");
            return 0;
        }
        byte[] bytes = Files.readAllBytes(path);
        expect(bytes.length == told.get("bytes").longValue(), path, "has another length");
        expect(sha256(bytes).equals(told.get("sha256").stringValue()), path, "has another fingerprint");
        String text = new String(plain(name, bytes), StandardCharsets.UTF_8);
        expect(text.endsWith("\n"), path, "does not end with a line");
        List<String> mine = text.lines().toList();
        expect(mine.size() == told.get("changes").longValue(), path, "has another number of changes");
        for (String line : mine) {
            String id = PlainJson.parse(line).get("id").stringValue();
            expect(ids.add(id), path, "tells again " + id);
        }
        lines.addAll(mine);
        expect(
                id(mine.get(0)).equals(told.get("first").get("id").stringValue())
                        && id(mine.get(mine.size() - 1))
                                .equals(told.get("last").get("id").stringValue()),
                path,
                "begins or ends with another change");
        expect(
                told.get("first").get("offset").longValue() >= first
                        && told.get("last").get("offset").longValue() <= last,
                path,
                "goes beyond its manifest");
        return mine.size();
    }

    private static String id(String line) {
        return PlainJson.parse(line).get("id").stringValue();
    }

    private static byte[] plain(String name, byte[] bytes) throws IOException {
        if (!name.endsWith(".gz")) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private void expect(boolean holds, Path where, String fault) {
        if (!holds) {
            faults.add(root.relativize(where) + " " + fault);
        }
    }
}
