package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.format.Quote;
import io.leat.format.contract.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code contract}: the schema files beside the feed file. */
final class ContractFiles {

    private static final int MOST_BYTES = 1 << 20;

    private final Path directory;
    private final Values values;
    private final Problems problems;

    ContractFiles(Path directory, Values values, Problems problems) {
        this.directory = directory;
        this.values = values;
        this.problems = problems;
    }

    List<Feed.ContractSource> read(@Nullable Node node, Node root) {
        if (node == null) {
            problems.add(
                    root,
                    ProblemCode.NO_CONTRACT,
                    "The feed has no contract: every JSON object with key and time is let in.",
                    "Add a JSON Schema: contract: item.schema.json");
            return List.of();
        }
        List<Feed.ContractSource> contracts = new ArrayList<>();
        Set<String> versions = new HashSet<>();
        for (Node entry : values.list(node)) {
            Text name = values.text(entry);
            Feed.ContractSource contract = name == null ? null : contract(name);
            if (contract != null && values.unseen(versions, contract.version(), entry)) {
                contracts.add(contract);
            }
        }
        return contracts;
    }

    private Feed.@Nullable ContractSource contract(Text name) {
        String schema = schema(name);
        if (schema == null) {
            return null;
        }
        Feed.ContractSource contract = new Feed.ContractSource(version(name.value()), schema);
        try {
            Contract.compile(contract);
            SchemaWords.unknown(schema)
                    .forEach(word -> problems.add(
                            name.node(),
                            ProblemCode.CONTRACT_WORD,
                            "The contract %s has '%s'%s, which is no keyword of JSON Schema."
                                    .formatted(
                                            name.shown(),
                                            word.word(),
                                            word.where().isEmpty() ? "" : " at " + word.where()),
                            word.hint()));
            return contract;
        } catch (IllegalArgumentException e) {
            problems.add(
                    name.node(),
                    ProblemCode.CONTRACT_UNUSABLE,
                    "The contract " + name.shown() + " cannot be used. "
                            + Quote.sentence(String.valueOf(e.getMessage())),
                    "");
            return null;
        }
    }

    private @Nullable String schema(Text name) {
        try {
            Path file = directory.resolve(name.value()).toRealPath();
            if (!file.startsWith(directory)) {
                problems.add(
                        name.node(),
                        ProblemCode.CONTRACT_OUTSIDE,
                        "The contract " + name.shown() + " is outside the directory of the feed file.",
                        "Put it beside the feed file.");
                return null;
            }
            if (!Files.isRegularFile(file)) {
                return unreadable(name, "is not a file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                return bytes.length > MOST_BYTES
                        ? unreadable(name, "is longer than 1048576 bytes")
                        : new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return unreadable(name, "does not exist");
        } catch (IOException | InvalidPathException e) {
            return unreadable(name, "cannot be read");
        }
    }

    private @Nullable String unreadable(Text name, String reason) {
        problems.add(
                name.node(),
                ProblemCode.CONTRACT_UNREADABLE,
                "The contract " + name.shown() + " " + reason + ".",
                "Paths are relative to the feed file.");
        return null;
    }

    /** The file's name without its ending. */
    private static String version(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (String ending : List.of(".schema.json", ".json")) {
            if (name.endsWith(ending) && name.length() > ending.length()) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }
}
