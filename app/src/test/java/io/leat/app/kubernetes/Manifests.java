package io.leat.app.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests of {@code deploy/kubernetes}. */
final class Manifests {

    static final Path ROOT = Path.of("../deploy/kubernetes");
    static final List<String> OVERLAYS = List.of("small", "production");
    private static final JsonMapper JSON = new JsonMapper();

    private Manifests() {}

    /** A layer and the files that its kustomization names. */
    record Layer(Path directory, JsonNode kustomization) {

        static Layer at(String name) {
            Path directory = ROOT.resolve(name);
            return new Layer(
                    directory, read(directory.resolve("kustomization.yaml")).get(0));
        }

        /** Files of whole objects. */
        List<Path> resources() {
            return kustomization
                    .path("resources")
                    .valueStream()
                    .map(JsonNode::asString)
                    .map(directory::resolve)
                    .filter(Files::isRegularFile)
                    .toList();
        }

        List<Path> patches() {
            return kustomization
                    .path("patches")
                    .valueStream()
                    .map(patch -> directory.resolve(patch.get("path").asString()))
                    .toList();
        }

        /** Files of YAML that lie there. */
        List<Path> found() {
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(file -> file.toString().endsWith(".yaml"))
                        .filter(file -> !file.endsWith("kustomization.yaml"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All layers. */
    static List<Layer> layers() {
        return Stream.concat(Stream.of("base", "kafka"), OVERLAYS.stream().map(name -> "overlays/" + name))
                .map(Layer::at)
                .toList();
    }

    /** The documents of a file. */
    static List<JsonNode> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a text. */
    static List<JsonNode> parse(String text) {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadAllFromString(text)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }
}
