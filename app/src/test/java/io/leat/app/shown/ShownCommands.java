package io.leat.app.shown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the documents show: on lines of their own, as a person would copy them, and within sentences. */
final class ShownCommands {

    private static final Set<String> PROGRAMS =
            Set.of("./leat", "leat", "curl", "mvn", "make", "npm", "java", "docker");
    private static final Set<String> SHELL = Set.of("```sh", "```bash", "```console");
    private static final Pattern WITHIN = Pattern.compile("`(?:\\./)?(leat [^`]+)`");
    private static final Pattern COMMENT = Pattern.compile("\\s{2,}#.*$");

    private ShownCommands() {}

    /** A command and the document that shows it. */
    record Shown(String document, String command) {}

    /** README, and all that is written for readers under docs. */
    static List<Path> documents() {
        try (Stream<Path> docs = Files.list(Product.ROOT.resolve("docs"));
                Stream<Path> tutorials = Files.list(Product.ROOT.resolve("docs/tutorials"));
                Stream<Path> references = Files.list(Product.ROOT.resolve("docs/reference"))) {
            return Stream.of(Stream.of(Product.ROOT.resolve("README.md")), docs, tutorials, references)
                    .flatMap(all -> all)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those on lines of their own, in the order of the document. */
    static List<Shown> copied(Path document) {
        List<Shown> found = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        String fence = "";
        for (String line : lines(document)) {
            if (line.startsWith("```")) {
                fence = fence.isEmpty() ? line : "";
            }
            boolean block = fence.isEmpty() ? line.startsWith("    ") : SHELL.contains(fence);
            String text = COMMENT.matcher(line.strip()).replaceFirst("");
            if (!command.isEmpty()) {
                command.append(' ').append(text);
            } else if (block && PROGRAMS.contains(text.split(" ")[0])) {
                command.append(text);
            }
            if (!command.isEmpty() && command.charAt(command.length() - 1) == '\\') {
                command.setLength(command.length() - 1);
            } else if (!command.isEmpty()) {
                found.add(new Shown(
                        Product.ROOT.relativize(document).toString(),
                        command.toString().replaceAll(" +", " ")));
                command.setLength(0);
            }
        }
        return found;
    }

    /** The first output that a document shows. */
    static String output(Path document) {
        String text = String.join("\n", lines(document));
        int begin = text.indexOf("```text\n") + "```text\n".length();
        return text.substring(begin, text.indexOf("\n```", begin));
    }

    /** Those of ours within sentences and tables. */
    static List<String> mentioned(Path document) {
        return WITHIN.matcher(String.join("\n", lines(document)))
                .results()
                .map((MatchResult found) -> found.group(1).replace("\\|", "|"))
                .toList();
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
