package io.leat.app.sinks;

import io.leat.testkit.FilesJudge;
import io.leat.testkit.PlainJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** The changes of a prefix, and since when a reader sees them: since their manifest is there. */
public final class VisibleChanges {

    private VisibleChanges() {}

    /** Tells each change that manifests name, with the moment its manifest came. */
    public static void forEach(Path root, BiConsumer<Instant, JsonNode> change) throws IOException {
        for (Path manifest : FilesJudge.files(root.resolve("_manifests"))) {
            if (!manifest.getFileName().toString().startsWith(".")) {
                read(root, manifest, change);
            }
        }
    }

    private static void read(Path root, Path manifest, BiConsumer<Instant, JsonNode> change) throws IOException {
        Instant since = Files.getLastModifiedTime(manifest).toInstant();
        JsonNode told = PlainJson.parse(Files.readAllBytes(manifest));
        for (JsonNode file : told.get("files")) {
            read(root.resolve(file.get("name").stringValue()), line -> change.accept(since, line));
        }
    }

    private static void read(Path file, Consumer<JsonNode> change) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                change.accept(PlainJson.parse(line));
            }
        }
    }
}
